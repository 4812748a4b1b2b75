// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exports.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace Headroom {

QString wallClockText(const SessionHead &head, Nanoseconds sinceStart)
{
    const qint64 milliseconds = head.startedAtMs + std::chrono::floor<std::chrono::milliseconds>(sinceStart).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

QString stageNameOf(const MetricsFrame &frame, const RunFacts &facts)
{
    return frame.stage.isValid() && frame.stage.at() < facts.stages.size() ? facts.stages[frame.stage.at()].name
                                                                           : QString();
}

Result<void> forEachFrame(const SessionReader &session, const ExportProgress &progress,
                          const std::function<bool(const MetricsFrame &)> &use)
{
    int done = 0;
    const double all = std::max(1, session.frameCount());
    return session.forEachFrame([&](const FramePtr &frame) {
        if (progress)
            progress(double(done++) / all);
        return use(*frame);
    });
}

} // namespace Headroom
