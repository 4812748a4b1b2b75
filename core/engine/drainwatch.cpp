// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/drainwatch.h"

namespace Headroom {

namespace {

bool hasNoConnection(FailureKind kind)
{
    return kind == FailureKind::ConnectRefused || kind == FailureKind::ConnectTimeout || kind == FailureKind::Connect
        || kind == FailureKind::Dns;
}

/// Whatever the answer says, the work was done.
bool isComplete(const Sample &sample)
{
    return sample.outcome != Outcome::Error || sample.failure == FailureKind::Status
        || sample.failure == FailureKind::Check || sample.failure == FailureKind::Identity;
}

} // namespace

DrainWatch::Count &DrainWatch::placeOf(const Sample &sample)
{
    if (hasNoConnection(sample.failure))
        return m_refused;
    if (!isComplete(sample))
        return m_broken;
    return sample.status == 503 || sample.status == 429 ? m_turnedAway : m_accepted;
}

void DrainWatch::countLate(const Sample &sample)
{
    if (sample.failure == FailureKind::Template)
        return; // never sent
    const std::int64_t sent = sample.timings.sent.time_since_epoch().count();
    const std::int64_t signal = m_signal.load(std::memory_order_acquire);
    if (sent >= m_gone.load(std::memory_order_acquire))
        return;
    Count &place = placeOf(sample);
    // It may have reached the target after the signal. One that was sent earlier and is without a connection now had
    // one: transports send again what was dropped.
    const bool wasOnItsWay = sent >= signal - Nanoseconds(kOnTheWay).count();
    const bool hasNotBegun = wasOnItsWay && (&place == &m_turnedAway || &place == &m_refused);
    if (sent < signal && !hasNotBegun) {
        ++(sample.outcome == Outcome::Error ? m_unfinished : m_finished);
        return;
    }
    ++place;
    if (&place != &m_accepted)
        return;
    std::int64_t last = m_lastAccepted.load();
    while (last < sent - signal && !m_lastAccepted.compare_exchange_weak(last, sent - signal)) { }
}

DrainWatch::Counts DrainWatch::counts() const
{
    return {.finished = m_finished,
            .unfinished = m_unfinished,
            .turnedAway = m_turnedAway,
            .refused = m_refused,
            .broken = m_broken,
            .accepted = m_accepted,
            .lastAccepted = Nanoseconds(m_lastAccepted.load())};
}

} // namespace Headroom
