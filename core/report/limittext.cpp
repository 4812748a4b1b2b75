// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/limittext.h"

#include <QStringList>

namespace Headroom {

QString limitedByText(LimitedBy limitedBy)
{
    switch (limitedBy) {
    case LimitedBy::Nothing:
        break;
    case LimitedBy::Generator:
        return QStringLiteral("the generator");
    case LimitedBy::Plan:
        return QStringLiteral("the plan");
    case LimitedBy::Target:
        return QStringLiteral("the target");
    }
    return QStringLiteral("nothing");
}

QString limitSentence(const Validity &validity)
{
    const auto seconds = [&](LimitedBy by) { return validity.limitedSeconds[std::size_t(by)]; };
    if (seconds(LimitedBy::Nothing) == validity.measuredSeconds)
        return {};
    QStringList parts;
    for (const LimitedBy by : {LimitedBy::Generator, LimitedBy::Target, LimitedBy::Plan, LimitedBy::Nothing}) {
        if (seconds(by) > 0)
            parts += QStringLiteral("%1 in %2 s").arg(limitedByText(by)).arg(seconds(by));
    }
    QString sentence = QStringLiteral("Limited by %1.").arg(parts.join(QStringLiteral(", ")));
    if (seconds(LimitedBy::Generator) > 0)
        sentence += validity.wouldGainFromDirect
            ? QStringLiteral(" The generator was late itself: a lower rate, a machine of its own or transport: direct would help.")
            : QStringLiteral(" The generator was late itself: a lower rate or a machine of its own would help.");
    if (seconds(LimitedBy::Target) > 0)
        sentence += QStringLiteral(" The target was slower than in its quickest second, or silent.");
    if (seconds(LimitedBy::Plan) > 0)
        sentence +=
            QStringLiteral(" The plan held load back by its number of users or their think times; more users or "
                           "shorter ones would let more through, unless the target was too slow from the start.");
    return sentence;
}

} // namespace Headroom
