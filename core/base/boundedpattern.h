// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QRegularExpression>

namespace Headroom {

/// A regular expression from outside, made so that no text keeps it busy: a search that goes back and forth too often
/// is given up, and then there is no match. Its work still grows with the square of the text, at worst; who searches
/// bounds that with kMostPatternBytes. Range: at most 1000 characters. Errors: InvalidInput with what is wrong; the
/// expression is the subject.
Result<QRegularExpression> boundedPattern(const QString &pattern);
/// So much of a text from outside is searched, from its beginning: the worst expression takes seconds for it.
inline constexpr qsizetype kMostPatternBytes = 32 * 1024;

} // namespace Headroom
