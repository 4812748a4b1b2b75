// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/freezeplan.h"

#include "core/base/quantity.h"

namespace Headroom {

namespace {

constexpr std::size_t kMostFreezes = 100;
constexpr Nanoseconds kLatestFreeze = 24h;

std::unexpected<Error> invalid(const QString &message) { return failure(Error::Code::InvalidInput, message); }

} // namespace

Result<Nanoseconds> parseFreezeTime(QStringView text)
{
    const auto time = parseDuration(text);
    if (!time || *time > kLongestFreeze)
        return invalid(QStringLiteral("'%1' is not a time from 0 s to 10 min, such as 3s").arg(text.trimmed()));
    return time;
}

Result<std::vector<Freeze>> parseFreezes(QStringView list)
{
    std::vector<Freeze> freezes;
    for (const QStringView entry : list.split(u',')) {
        const qsizetype at = entry.indexOf(u'@');
        if (at < 0 || freezes.size() == kMostFreezes) {
            return invalid(
                at < 0
                    ? QStringLiteral("'%1' has no '@'; write for how long and when, as in 3s@10s").arg(entry.trimmed())
                    : QStringLiteral("there may be at most 100 freezes; leave some out"));
        }
        const auto lasts = parseFreezeTime(entry.first(at));
        if (!lasts)
            return std::unexpected(lasts.error());
        const auto when = parseDuration(entry.sliced(at + 1));
        if (!when || *when > kLatestFreeze)
            return invalid(QStringLiteral("'%1' is not a moment from 0 s to 1 d, such as 10s")
                               .arg(entry.sliced(at + 1).trimmed()));
        freezes.push_back({*lasts, *when});
    }
    return freezes;
}

} // namespace Headroom
