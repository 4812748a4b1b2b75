// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonjudgement.h"

#include "core/report/jsonvalue.h"
#include "core/report/verdict.h"
#include "core/rules/rulemetric.h"

namespace Headroom {

namespace {

// A rule that could not be parsed has nothing but its text.
bool isParsed(const Rule &rule) { return rule.metric != Rule::Metric::Quantile || rule.quantile > 0.0; }

Json boundJson(const Rule &rule)
{
    if (!isParsed(rule))
        return Json::null();
    if (rule.comparison != Rule::Comparison::Between)
        return jsonInUnit(rule.bound, rule.unit);
    return jsonPair(jsonInUnit(rule.bound, rule.unit), jsonInUnit(rule.upperBound, rule.unit));
}

Json texts(const std::vector<QString> &lines) { return jsonListOf(lines, jsonText); }

} // namespace

Json jsonInUnit(const std::optional<double> &value, Rule::Unit unit)
{
    return unit == Rule::Unit::Duration ? jsonMilliseconds(value) : jsonNumber(value);
}

Json exampleJson(const FailureExample &example)
{
    Json json = jsonObject();
    json["method"] = jsonText(example.method);
    json["url"] = jsonText(example.url);
    json["detail"] = jsonTextOrNull(example.detail);
    json["content_type"] = jsonTextOrNull(example.contentType);
    json["body"] = jsonTextOrNull(QString::fromUtf8(example.bodyHead));
    json["body_bytes"] = example.bodyBytes;
    return json;
}

Json ruleJson(const RuleResult &result)
{
    const Rule &rule = result.rule;
    const bool hasWindow = result.windowEndSeconds > result.windowStartSeconds;
    Json json = jsonObject();
    json["text"] = jsonText(rule.text);
    json["metric"] = jsonTextOrNull(metricText(rule));
    json["bound"] = boundJson(rule);
    json["value"] = jsonInUnit(result.value, rule.unit);
    json["interval"] = jsonPair(jsonInUnit(result.low, rule.unit), jsonInUnit(result.high, rule.unit));
    json["window"] =
        hasWindow ? jsonPair(jsonSeconds(result.windowStartSeconds), jsonSeconds(result.windowEndSeconds)) : Json::null();
    json["samples"] = result.samples;
    json["result"] = jsonText(standingName(result.standing));
    return json;
}

Json validityJson(const Validity &validity)
{
    Json json = jsonObject();
    json["valid"] = validity.isValid;
    json["measured_seconds"] = validity.measuredSeconds;
    json["generator_limited_seconds"] = validity.generatorLimitedSeconds;
    json["reasons"] = texts(validity.reasons);
    json["warnings"] = texts(validity.warnings);
    return json;
}

Json verdictJson(const Verdict &verdict)
{
    Json json = jsonObject();
    json["result"] = jsonText(verdictName(verdict.result));
    json["valid"] = verdict.isValid;
    json["reasons"] = texts(verdict.reasons);
    json["exit_code"] = verdict.exitCode;
    return json;
}

} // namespace Headroom
