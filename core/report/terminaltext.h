// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

/// Hostile text made fit for a terminal: control, format and separator characters, escape sequences and unpaired
/// surrogates included, become U+FFFD; runs of blanks stay.
QString cleaned(const QString &text);
/// How many columns a cleaned text takes; wide characters (CJK, emoji) take two.
int columnsOf(QStringView text);
/// At most `columns` columns of it; "…" stands for what was cut.
QString shortened(const QString &text, int columns);
/// Filled up with blanks to `columns`, cut when longer.
QString leftAligned(const QString &text, int columns);
QString rightAligned(const QString &text, int columns);
/// Broken at blanks into lines of at most `columns`; each but the first starts with `indent` blanks.
QString wrapped(const QString &text, int columns, int indent);

} // namespace Headroom
