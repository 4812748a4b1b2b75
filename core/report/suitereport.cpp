// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/suitereport.h"

#include <algorithm>

namespace Headroom {

std::vector<RunSummary> SuiteReport::runs() const
{
    std::vector<RunSummary> runs;
    for (const Member &member : members)
        runs.push_back(member.run);
    return runs;
}

std::size_t SuiteReport::met() const
{
    return std::size_t(std::ranges::count_if(members, [](const Member &member) {
        return member.run.hasRun() && member.run.exitCode == 0;
    }));
}

QString suiteVerdictText(const SuiteReport &suite)
{
    const auto notRun = std::ranges::count_if(suite.members, [](const SuiteReport::Member &member) {
        return !member.run.hasRun();
    });
    QString text = QStringLiteral("%1 of %2 members met").arg(suite.met()).arg(suite.planned);
    if (notRun > 0)
        text += QStringLiteral(", %1 did not run").arg(notRun);
    if (!suite.isComplete())
        text += QStringLiteral(", stopped after %1").arg(suite.members.size());
    return text;
}

} // namespace Headroom
