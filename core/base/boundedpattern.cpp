// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boundedpattern.h"

namespace Headroom {

Result<QRegularExpression> boundedPattern(const QString &pattern)
{
    constexpr qsizetype kMaxLength = 1000;
    // PCRE2 takes the lowest of several limits, so that the pattern cannot raise it: a few ms for each place of a text.
    constexpr QLatin1StringView kLimits("(*LIMIT_MATCH=100000)");
    const auto refused = [&pattern](const QString &problem) {
        return failure(Error::Code::InvalidInput, problem, pattern.left(kMaxLength));
    };
    if (pattern.isEmpty())
        return refused(QStringLiteral("a regular expression must not be empty; write one as /code=(\\d+)/"));
    if (pattern.size() > kMaxLength)
        return refused(QStringLiteral("a regular expression has at most %1 characters").arg(kMaxLength));
    QRegularExpression expression(kLimits + pattern);
    if (expression.isValid())
        return expression;
    const qsizetype place = expression.patternErrorOffset() - kLimits.size();
    return refused(QStringLiteral("not a regular expression (%1 at character %2)")
                       .arg(expression.errorString())
                       .arg(std::max<qsizetype>(0, place) + 1));
}

} // namespace Headroom
