// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/sessionhead.h"

namespace Headroom {

/// 16 bytes over every value, stored beside what they cover. The same values give the same bytes, so that damage which
/// SQLite's own check cannot see, such as a changed digit, is found. No protection against intent: there is no secret.
/// Texts count as UTF-8, -0.0 as 0.0: as SQLite keeps them.
QByteArray digestOf(const SessionHead &head);
/// Also covers `before`, the digest of the frame before or of the head: a missing frame is found.
QByteArray digestOf(const QByteArray &before, const MetricsFrame &frame);
QByteArray digestOf(const RunEvent &event);
QByteArray digestOf(const QStringList &rules);

/// What a session's records add up to; grows with every frame and event.
struct SessionChain
{
    QByteArray lastFrame; ///< The head's before the first frame.
    QByteArray events;
    int frames = 0;
    QByteArray rules{}; ///< Digest of those that a hand has left; empty when it never changed any.

    void add(const MetricsFrame &frame); ///< With its events.
    void add(const RunEvent &event);
    /// The digest of a whole session that was closed cleanly.
    QByteArray closedWith(const RunEnding &ending, qint64 endedAtMs) const;
};

} // namespace Headroom
