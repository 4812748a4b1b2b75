// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/searchjudge.h"

namespace Headroom {

void judgeSearch(const LimitFinding &finding, Validity &validity)
{
    validity.isValid = finding.ending != LimitFinding::Ending::GeneratorLimit;
    validity.reasons.clear();
    if (validity.isValid)
        return;
    for (const QString &remark : remarks(finding))
        validity.reasons.push_back(remark);
}

void judgeSearch(const LimitFinding &finding, Verdict &verdict)
{
    if (finding.isConfirmed())
        return;
    if (verdict.result == Verdict::Result::Met)
        verdict.result = Verdict::Result::Undecided;
    verdict.reasons.push_back(QStringLiteral("The limit is not confirmed: ") + headline(finding));
}

} // namespace Headroom
