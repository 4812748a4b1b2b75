// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/labelmatch.h"

#include "core/base/boundedpattern.h"

namespace Headroom {

Result<LabelMatch> LabelMatch::make(const QString &wanted)
{
    LabelMatch match;
    match.m_text = wanted.toUtf8();
    if (wanted.isEmpty())
        return match; // only an empty value is equal to it
    auto pattern = boundedPattern(QStringLiteral("\\A(?:%1)\\z").arg(wanted));
    if (!pattern)
        return std::unexpected(pattern.error());
    match.m_pattern = std::move(*pattern);
    return match;
}

bool LabelMatch::matches(const QByteArray &value) const
{
    if (value == m_text)
        return true;
    constexpr qsizetype kLongest = 4096;
    return !m_text.isEmpty() && value.size() <= kLongest && m_pattern.match(QString::fromUtf8(value)).hasMatch();
}

} // namespace Headroom
