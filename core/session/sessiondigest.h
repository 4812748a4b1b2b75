// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/attachment.h"
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
QByteArray digestOf(const Attachment &attachment);
/// Of one step in a merged minute.
QByteArray digestOfMinute(int minute, std::size_t step, const EncodedLatencySet &set);
/// Of a second's raw samples; `block` as stored.
QByteArray digestOfSamples(int second, std::uint64_t candidates, std::uint64_t kept, const QByteArray &block);

/// What a session's records add up to; grows with every one. It can be found again without reading what is large.
struct SessionChain
{
    QByteArray lastFrame; ///< The head's before the first frame.
    QByteArray events;
    int frames = 0;
    QByteArray rules{}; ///< Digest of those that a hand has left; empty when it never changed any.
    QByteArray minutes{};
    QByteArray samples{};
    QByteArray attachments{};

    void add(const MetricsFrame &frame); ///< With its events.
    void add(const RunEvent &event);
    void addMinute(const QByteArray &digest); ///< Of one step in it.
    void addSamples(int second, std::uint64_t candidates, std::uint64_t kept, const QByteArray &digest);
    void addAttachment(const Attachment &described, qint64 size, const QByteArray &digest); ///< Its bytes do not count.
    /// The digest of a whole session that was closed cleanly.
    QByteArray closedWith(const RunEnding &ending, qint64 endedAtMs) const;
};

} // namespace Headroom
