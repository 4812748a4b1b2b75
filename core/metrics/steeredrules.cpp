// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/steeredrules.h"

namespace Headroom {

void replaceRules(RunFacts &facts, const QStringList &rules)
{
    const auto follow = [&](int &rule) {
        const bool isKnown = rule >= 0 && rule < facts.rules.size();
        rule = isKnown ? int(rules.indexOf(facts.rules[rule])) : kNoRule; // indexOf() gives -1 for none
    };
    for (RunFacts::Objective &one : facts.objectives)
        follow(one.rule);
    for (RunFacts::Requirement &one : facts.requirements)
        follow(one.rule);
    for (RunFacts::RequiredRule &one : facts.requiredRules)
        follow(one.rule);
    std::erase_if(facts.requiredRules, [](const RunFacts::RequiredRule &one) { return one.rule == kNoRule; });
    facts.rules = rules;
}

} // namespace Headroom
