// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Headroom {

/// The known word nearest to a misspelt one, or an empty text when none is near.
QString nearestWord(const QString &word, const QStringList &known);

/// " (did you mean 'x'?)", or an empty text: to be put behind a message about an unknown word.
QString didYouMean(const QString &word, const QStringList &known);

} // namespace Headroom
