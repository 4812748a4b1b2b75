// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recovery.h"

#include "core/rules/recoverylevel.h"

#include <utility>

namespace Headroom {

namespace {

constexpr double kLowerLoad = 0.9; // of the overload's

std::optional<double> p95Of(const SlidingTimes &times)
{
    return times.count() >= RecoveryLevel::kFewestSamples ? times.quantileMs(0.95) : std::nullopt;
}

} // namespace

bool RecoveryFinder::Piece::isOverload() const
{
    const double grown = double(backlog) - double(backlogBefore);
    return isBroken || (grown > 5.0 && grown > 0.01 * planned);
}

void RecoveryFinder::add(const RunSecond &second, const HdrHistogram &response, bool isBroken, bool isChange)
{
    if (second.isDrain) {
        endWatch();
        m_piece.reset();
        return;
    }
    m_isChangeSkipped = m_isChangeSkipped || isChange;
    if (second.isPaused())
        return;
    if (!m_piece || second.stage != m_piece->stage || std::exchange(m_isChangeSkipped, false))
        beginPiece(second);
    m_isAftermath = m_isAftermath && isBroken;
    m_piece->loadSum += second.load;
    m_piece->planned += second.planned;
    m_piece->backlog = second.backlog;
    const bool isOwn = !m_watch && !m_isAftermath; // what is not back yet is no overload of its own
    m_piece->isBroken = m_piece->isBroken || (isBroken && isOwn);
    ++m_piece->seconds;
    for (SlidingTimes *times : {&m_before, &m_after}) {
        times->add(response);
        times->endSecond();
    }
    if (m_watch)
        follow(second);
}

void RecoveryFinder::beginPiece(const RunSecond &second)
{
    if (m_piece && m_piece->isOverload()) {
        if (!m_overloadFrom)
            m_overloadFrom = m_piece->from;
        if (m_levelMs) {
            endWatch();
            m_watch = Watch{{m_piece->stage, *m_overloadFrom, second.second, *m_levelMs, {}, 0, {}}, m_piece->load()};
        }
    } else if (m_piece && !m_watch) {
        m_levelMs = p95Of(m_before);
        m_overloadFrom.reset();
    }
    const std::uint64_t backlog = m_piece ? m_piece->backlog : 0;
    m_piece = Piece{second.second, second.stage, 0.0, 0.0, 0, backlog, backlog, false};
    m_isAftermath = m_isChangeSkipped = false;
    m_before.restart();
    m_after.restart();
}

void RecoveryFinder::follow(const RunSecond &second)
{
    if (second.load > kLowerLoad * m_watch->peak) {
        endWatch(); // as high as before: there is nothing to recover in
        return;
    }
    Recovery &recovery = m_watch->recovery;
    recovery.watchedSeconds = second.second + 1 - recovery.end;
    const std::optional<double> p95 = p95Of(m_after);
    if (!p95 || m_after.seconds() < RecoveryLevel::kFewestSeconds)
        return;
    recovery.lastMs = *p95;
    if (!RecoveryLevel::isBackMs(recovery.levelMs, *p95))
        return;
    recovery.seconds = double(recovery.watchedSeconds - int(m_after.seconds()));
    m_isAftermath = true;
    endWatch();
}

/// Keeps what was watched, when anything was.
void RecoveryFinder::endWatch()
{
    if (m_watch && m_watch->recovery.watchedSeconds > 0 && m_found.size() < kMaxRecoveries)
        m_found.push_back(m_watch->recovery);
    if (m_watch && m_watch->recovery.seconds)
        m_overloadFrom.reset();
    m_watch.reset();
}

std::vector<Recovery> RecoveryFinder::recoveries() const
{
    std::vector<Recovery> found = m_found;
    if (m_watch && m_watch->recovery.watchedSeconds > 0 && found.size() < kMaxRecoveries)
        found.push_back(m_watch->recovery);
    return found;
}

} // namespace Headroom
