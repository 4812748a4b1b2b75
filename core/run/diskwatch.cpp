// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/diskwatch.h"

#include "core/base/humanformat.h"

#include <utility>

namespace Headroom {

namespace {

constexpr int kInTime = 1; // the second before may still be under way

RunEvent note(Nanoseconds at, const QString &text) { return {at, QStringLiteral("note"), text}; }

QString caughtUpText(Nanoseconds after, int leftOut)
{
    const QString text = QStringLiteral("the disk has caught up after %1").arg(formatDuration(after));
    if (leftOut == 0)
        return text;
    return text + QStringLiteral("; the raw samples of %1 seconds were not stored").arg(leftOut);
}

} // namespace

std::vector<RunEvent> DiskWatch::look(int waiting, Nanoseconds now)
{
    std::vector<RunEvent> events;
    m_isTooSlow = m_isTooSlow || waiting > kMost;
    if (waiting <= kInTime) {
        const int leftOut = std::exchange(m_leftOut, 0);
        const auto since = std::exchange(m_behindSince, std::nullopt);
        if (std::exchange(m_isTold, false))
            events.push_back(note(now, caughtUpText(now - *since, leftOut)));
        return events;
    }
    if (waiting > kSlow && !m_behindSince)
        m_behindSince = now;
    else if (waiting <= kSlow && !m_isTold)
        m_behindSince.reset();
    const bool isBehind = waiting > kSlow && now - *m_behindSince >= kForSoLong;
    if (isBehind && !std::exchange(m_isTold, true))
        events.push_back(note(now, QStringLiteral("the disk is slow: %1 seconds wait to be written").arg(waiting)));
    if (waiting > kMostWithSamples && m_leftOut == 0) {
        m_isTold = true;
        events.push_back(note(now,
                              QStringLiteral("the disk is so slow that no raw samples are stored until it has caught "
                                             "up: %1 seconds wait to be written")
                                  .arg(waiting)));
    }
    m_leftOut += m_leftOut > 0 || waiting > kMostWithSamples;
    return events;
}

} // namespace Headroom
