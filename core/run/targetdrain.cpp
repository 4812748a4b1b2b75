// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/run/runcoordinator.h"

#include <QCoroSignal>

namespace Headroom {

namespace {

DrainFindings findingsOf(const DrainWatch::Counts &counts, const GroupEnd &end, Nanoseconds within)
{
    return {.finished = counts.finished,
            .unfinished = counts.unfinished,
            .turnedAway = counts.turnedAway,
            .refused = counts.refused,
            .broken = counts.broken,
            .accepted = counts.accepted,
            .lastAccepted = counts.lastAccepted,
            .took = end.took,
            .within = within,
            .wasKilled = end.wasKilled,
            .exitCode = end.exitCode};
}

} // namespace

/// Of a target that was started or waited for; of any other nothing is known.
void RunCoordinator::noteReady(SteadyTime begun)
{
    if (!m_target->isTimed())
        return;
    m_timeToReady = m_clock.now() - begun;
    addEvent({sinceStart(), QStringLiteral("note"),
              QStringLiteral("the target was ready after %1").arg(formatDuration(*m_timeToReady))});
}

/// The load goes on until the target has ended. Rules judge only what was before that.
QCoro::Task<DrainFindings> RunCoordinator::drainTarget(Nanoseconds within)
{
    const auto limit = std::chrono::ceil<std::chrono::milliseconds>(within);
    m_isTargetStopped = true;
    m_assembler->endMeasuring(sinceStart());
    m_drain->begin(m_clock.now());
    const GroupEnd end = co_await m_target->stop(limit);
    m_drain->end(m_clock.now());
    const Nanoseconds endedAt = sinceStart();
    if (!m_isLoadOver) {
        stop(RunEnding::Reason::Completed, QStringLiteral("the target was told to end, and has ended"));
        co_await qCoro(m_engine.get(), &Engine::finished);
    }
    const DrainFindings found = findingsOf(m_drain->counts(), end, within);
    for (const QString &sentence : {workText(found), refusalText(found), endText(found)})
        addEvent({endedAt, QStringLiteral("target"), QStringLiteral("the target was told to end: ") + sentence});
    co_return found;
}

} // namespace Headroom
