// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/suitemember.h"

#include "core/base/humanformat.h"
#include "core/scenario/objectiverule.h"
#include "core/scenario/scenariopath.h"

namespace Headroom {

Result<QString> memberFile(const QString &folder, const Suite::Member &member)
{
    const Result<QString> file = pathInside(folder, member.scenario);
    if (file)
        return file;
    return failure(file.error().code,
                   QStringLiteral("member %1: %2").arg(formatQuoted(member.name), file.error().message), member.scenario);
}

QString objectiveRule(const Suite::Objective &objective)
{
    return objectiveRule(QStringLiteral("all"), objective.metric, objective.bound);
}

QStringList objectiveRules(const Suite &suite, const QString &member)
{
    QStringList rules;
    for (const Suite::Objective &objective : suite.objectives) {
        if (objective.member == member)
            rules << objectiveRule(objective);
    }
    return rules;
}

} // namespace Headroom
