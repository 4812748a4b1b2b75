// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextCursor>

namespace Headroom {

/// What an editor of indented text does with whole lines. Each call is one step of undo.
/// Where "the lines" are meant, they are those that the selection touches, else the cursor's.

/// A new line, indented as the one left; two blanks more behind a colon, and below the text behind a dash's key.
void breakLine(QTextCursor cursor);
/// Two blanks in the cursor's place, or before the lines when several are selected.
void indent(QTextCursor cursor);
/// Takes up to two blanks from the front of the lines.
void unindent(QTextCursor cursor);
/// Makes comments of the lines, or text again when all of them are comments already. Empty lines stay.
void toggleComment(QTextCursor cursor);

} // namespace Headroom
