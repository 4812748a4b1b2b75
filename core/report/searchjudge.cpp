// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/searchjudge.h"

namespace Headroom {

void judgeSearch(const LimitFinding &finding, Validity &validity)
{
    validity.isValid = finding.ending != LimitFinding::Ending::GeneratorLimit;
    validity.reasons.clear();
    if (!validity.isValid)
        validity.reasons.push_back(whyItEnded(finding));
}

void judgeSearch(const LimitFinding &finding, Verdict &verdict)
{
    if (finding.isConfirmed())
        return;
    if (verdict.result == Verdict::Result::Met)
        verdict.result = Verdict::Result::Undecided;
    verdict.reasons.push_back(QStringLiteral("The search has not confirmed a limit"));
}

} // namespace Headroom
