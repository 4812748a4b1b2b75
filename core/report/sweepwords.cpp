// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweepwords.h"

namespace Headroom {

QString sweepFigureWords(SweepReport::Figure figure)
{
    return figure == SweepReport::Figure::Cpu ? QStringLiteral("CPU per request") : QString(figureName(figure));
}

QString sweepStoppedText(const SweepReport &sweep)
{
    return QStringLiteral("Stopped after %1 of %2 values").arg(sweep.members.size()).arg(sweep.values.size());
}

} // namespace Headroom
