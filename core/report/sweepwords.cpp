// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweepwords.h"

namespace Headroom {

QString sweepVerdictText(const SweepReport::Member &member)
{
    const auto words = [&member] {
        switch (member.verdict.result) {
        case Verdict::Result::Met:
            return QStringLiteral("rules met");
        case Verdict::Result::NotMet:
            return QStringLiteral("rules NOT MET");
        case Verdict::Result::Undecided:
            return QStringLiteral("undecided");
        case Verdict::Result::None:
            break;
        }
        return QStringLiteral("nothing judged");
    }();
    return member.verdict.isValid ? words : QStringLiteral("NOT VALID, ") + words;
}

QString sweepFigureWords(SweepReport::Figure figure)
{
    return figure == SweepReport::Figure::Cpu ? QStringLiteral("CPU per request") : QString(figureName(figure));
}

QString sweepStoppedText(const SweepReport &sweep)
{
    return QStringLiteral("Stopped after %1 of %2 values").arg(sweep.members.size()).arg(sweep.values.size());
}

} // namespace Headroom
