// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonlimit.h"

#include "core/report/jsonjudgement.h"
#include "core/report/jsonvalue.h"

namespace Headroom {

namespace {

Json brokenJson(const std::optional<RuleResult> &broken)
{
    if (!broken)
        return Json::null();
    Json json = jsonObject();
    json["rule"] = jsonText(broken->rule.text);
    json["value"] = jsonInUnit(broken->value, broken->rule.unit);
    json["bound"] = jsonInUnit(broken->rule.bound, broken->rule.unit);
    return json;
}

Json notShownJson(const std::optional<RuleResult> &rule)
{
    if (!rule)
        return Json::null();
    Json json = jsonObject();
    json["rule"] = jsonText(rule->rule.text);
    json["reason"] = jsonText(rule->reason);
    return json;
}

Json kneeJson(const std::optional<Knee> &knee)
{
    if (!knee)
        return Json::null();
    Json json = jsonObject();
    json["rate_per_s"] = jsonNumber(knee->x);
    json["p95_ms"] = jsonMilliseconds(knee->y);
    json["from_per_s"] = jsonNumber(knee->from);
    json["to_per_s"] = jsonNumber(knee->to);
    return json;
}

Json limitProbeJson(const LimitProbe &probe)
{
    Json json = jsonObject();
    json["rate_per_s"] = jsonNumber(probe.ratePerSecond);
    json["start_s"] = probe.start;
    json["from_s"] = probe.from;
    json["to_s"] = probe.to;
    json["confirming"] = probe.isConfirming;
    json["verdict"] = jsonText(verdictName(probe.verdict));
    json["p95_ms"] = jsonMilliseconds(probe.p95Ms);
    json["errors"] = jsonNumber(probe.errorShare);
    json["achieved"] = jsonNumber(probe.achievedShare);
    json["broke"] = brokenJson(probe.broken);
    json["not_shown"] = notShownJson(probe.notShown);
    json["hopeless"] = probe.isHopeless;
    json["at_cap"] = probe.isAtCap;
    return json;
}

} // namespace

Json limitJson(const std::optional<LimitFinding> &finding)
{
    if (!finding)
        return Json::null();
    Json json = jsonObject();
    json["ending"] = jsonText(endingName(finding->ending));
    json["text"] = jsonText(headline(*finding));
    json["remarks"] = jsonListOf(remarks(*finding), jsonText);
    json["confirmed"] = finding->isConfirmed();
    json["planned_per_s"] = jsonNumber(finding->plannedPerSecond);
    json["up_to_per_s"] = jsonNumber(finding->upToPerSecond);
    json["hold_s"] = jsonSeconds(finding->hold);
    json["confirm_s"] = jsonSeconds(finding->confirm);
    json["within"] = jsonNumber(finding->within);
    json["sustainable_per_s"] = jsonNumber(finding->sustainablePerSecond);
    json["broken_per_s"] = jsonNumber(finding->brokenPerSecond);
    json["generator_limited_per_s"] = jsonNumber(finding->generatorPerSecond);
    json["headroom"] = jsonNumber(finding->headroom());
    json["broke_first"] = brokenJson(finding->brokeFirst);
    json["first_not_shown"] = notShownJson(finding->firstNotShown);
    json["at_cap"] = finding->brokeAtCap;
    json["knee"] = kneeJson(finding->knee);
    json["probes"] = jsonListOf(finding->probes, limitProbeJson);
    return json;
}

} // namespace Headroom
