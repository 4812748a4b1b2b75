// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/textrange.h"

#include <QTextCursor>

class QTextDocument;

namespace Headroom {

/// Between the places of diagnostics (lines and columns from 1, columns in characters) and those of a document
/// (UTF-16). Places outside the text become the nearest one inside.

int documentPosition(const QTextDocument &document, const TextPosition &place);
TextPosition textPosition(const QTextDocument &document, int position);

/// What to underline: at most the rest of the range's first line, at least one character where the line has any.
QTextCursor cursorFor(QTextDocument &document, const TextRange &range);

/// The whole text with line feeds, faithful where QTextDocument::toPlainText() is not (no-break spaces stay).
QString plainText(const QTextDocument &document);

} // namespace Headroom
