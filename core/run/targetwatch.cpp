// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/targetwatch.h"

namespace Headroom {

namespace {

constexpr FailureKind kWithoutConnection[] = {FailureKind::Dns, FailureKind::ConnectRefused,
                                              FailureKind::ConnectTimeout, FailureKind::Connect};
constexpr FailureKind kOurs[] = {FailureKind::Aborted, FailureKind::Template}; // tell nothing of the target

template <std::size_t size> std::uint64_t sumOf(const RequestCounts &counts, const FailureKind (&kinds)[size])
{
    std::uint64_t sum = 0;
    for (const FailureKind kind : kinds)
        sum += counts.byFailure[std::size_t(kind)];
    return sum;
}

} // namespace

std::optional<RunEvent> TargetWatch::look(const MetricsFrame &frame)
{
    const RequestCounts counts = frame.requests();
    const std::uint64_t ended = counts.requests - sumOf(counts, kOurs);
    const std::uint64_t without = sumOf(counts, kWithoutConnection);
    if (ended == 0 || (without == ended) == m_isAway || (!m_isAway && frame.length < 1s))
        return std::nullopt;
    m_isAway = !m_isAway;
    return RunEvent{frame.second * Nanoseconds(1s), QStringLiteral("target"),
                    m_isAway ? QStringLiteral("the target is away: in this second no request found a connection")
                             : QStringLiteral("the target is back")};
}

} // namespace Headroom
