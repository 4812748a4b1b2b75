// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"

#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

RunFacts someFacts()
{
    RunFacts facts;
    facts.steps = {{QStringLiteral("retrieve"), QStringLiteral("POST"), QStringLiteral("/retrieve"), {0}}};
    facts.flows = {{QStringLiteral("mix"), 1.0, std::nullopt}};
    facts.stages = {{QStringLiteral("burst"), std::chrono::seconds(0), std::chrono::seconds(9), 1.0, 1.0, false}};
    facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")}};
    return facts;
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

/// Any bytes as a rule: read, checked and judged without harm; a problem lies inside the text; what was read is read
/// the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto rule = parseRule(text);
    if (!rule) {
        require(!rule.error().message.isEmpty() && rule.error().length >= 1);
        require(rule.error().position >= 0 && rule.error().position <= text.size());
        return 0;
    }
    const auto again = parseRule(rule->text);
    require(again && again->metric == rule->metric && again->bound == rule->bound && again->selector == rule->selector);

    const auto facts = std::make_shared<RunFacts>(someFacts());
    if (const auto problem = checkRule(*rule, *facts))
        require(problem->position >= 0 && problem->position <= text.size());
    RuleEvaluator evaluator({*rule}, facts);
    MetricsFrame frame;
    frame.stage = {0};
    frame.steps.resize(1);
    frame.flows.resize(1);
    frame.probes = {1.0};
    evaluator.add(frame);
    require(evaluator.results().size() == 1);
    formatRuleValue(rule->bound, rule->unit);
    (void)evaluator.stopReason();
    return 0;
}
