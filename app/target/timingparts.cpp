// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/timingparts.h"

#include "core/base/quantity.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

constexpr std::size_t kMostParts = 20; // keeps the header short
constexpr qsizetype kLongestName = 40;
constexpr std::array<QStringView, 4> kOwnNames{u"total", u"queue", u"work", u"cache"};

std::unexpected<Error> invalid(const QString &message) { return failure(Error::Code::InvalidInput, message); }

/// A token of HTTP (RFC 9110, 5.6.2) without its rarer characters.
bool isName(QStringView text)
{
    return !text.isEmpty() && text.size() <= kLongestName && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'
            || c == u'-';
    });
}

} // namespace

TimingParts::TimingParts()
    : m_parts{{"model", 0.60}, {"db", 0.25}, {"render", 0.10}}
{
}

Result<TimingParts> TimingParts::parse(QStringView list)
{
    TimingParts parts;
    parts.m_parts.clear();
    double sum = 0.0;
    for (const QStringView entry : list.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = entry.indexOf(u'=');
        const QStringView name = entry.first(std::max<qsizetype>(0, equals)).trimmed();
        const auto share = parsePercent(entry.sliced(equals + 1));
        if (!isName(name) || !share || *share < 0.0)
            return invalid(QStringLiteral("'%1' is not a part; write name=share, as in db=60%").arg(entry.trimmed()));
        const auto isSame = [name](const Part &part) { return part.name == name.toLatin1(); };
        if (std::ranges::any_of(parts.m_parts, isSame) || std::ranges::find(kOwnNames, name) != kOwnNames.end())
            return invalid(QStringLiteral("'%1' is the name of another part; choose one of its own").arg(name));
        parts.m_parts.push_back({name.toLatin1(), *share});
        sum += *share;
    }
    constexpr double kRounding = 1e-9; // ten times 10 % are the whole
    if (sum > 1.0 + kRounding)
        return invalid(QStringLiteral("the parts are more than 100 % together; make some smaller"));
    if (parts.m_parts.size() > kMostParts)
        return invalid(QStringLiteral("there may be at most 20 parts; leave some out"));
    return parts;
}

QByteArray TimingParts::of(double milliseconds) const
{
    QByteArray text;
    for (const Part &part : m_parts)
        text += ", " + part.name + ";dur=" + QByteArray::number(milliseconds * part.share, 'f', 2);
    return text;
}

} // namespace Headroom
