// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonjudgement.h"

#include "core/report/verdict.h"

#include <QStringList>

namespace Headroom {

namespace {

QString metricWord(const Rule &rule)
{
    using Metric = Rule::Metric;
    switch (rule.metric) {
    case Metric::Quantile:
        return QLatin1Char('p') + QString::number(rule.quantile * 100.0, 'g', 6);
    case Metric::Min:
    case Metric::ProbeMin:
        return QStringLiteral("min");
    case Metric::Max:
    case Metric::ProbeMax:
        return QStringLiteral("max");
    case Metric::Mean:
    case Metric::ProbeMean:
        return QStringLiteral("mean");
    case Metric::Errors:
        return QStringLiteral("errors");
    case Metric::Rejected:
        return QStringLiteral("rejected");
    case Metric::Share:
        return QStringLiteral("share");
    case Metric::Dropped:
        return QStringLiteral("dropped");
    case Metric::Late:
        return QStringLiteral("late");
    case Metric::Achieved:
        return QStringLiteral("achieved");
    case Metric::Count:
        return QStringLiteral("count");
    case Metric::Throughput:
        return QStringLiteral("throughput");
    case Metric::Headroom:
        return QStringLiteral("headroom");
    case Metric::BytesIn:
        return QStringLiteral("bytes_in");
    case Metric::BytesOut:
        return QStringLiteral("bytes_out");
    case Metric::ProbeP95:
        return QStringLiteral("p95");
    case Metric::ProbeLast:
        return QStringLiteral("last");
    case Metric::ProbeGrowth:
        return QStringLiteral("growth");
    }
    return {};
}

// A rule that could not be parsed has nothing but its text.
bool isParsed(const Rule &rule) { return rule.metric != Rule::Metric::Quantile || rule.quantile > 0.0; }

QString metricText(const Rule &rule)
{
    if (!isParsed(rule))
        return {};
    QStringList inside{rule.selector, rule.argument};
    inside.removeAll(QString());
    const QString word = (rule.isServiceTime ? QStringLiteral("service.") : QString()) + metricWord(rule);
    return inside.isEmpty() ? word : word + QLatin1Char('(') + inside.join(QLatin1String(", ")) + QLatin1Char(')');
}

Json inUnit(const std::optional<double> &value, Rule::Unit unit)
{
    return unit == Rule::Unit::Duration ? jsonMilliseconds(value) : jsonNumber(value);
}

Json boundJson(const Rule &rule)
{
    if (!isParsed(rule))
        return Json::null();
    if (rule.comparison != Rule::Comparison::Between)
        return inUnit(rule.bound, rule.unit);
    return jsonPair(inUnit(rule.bound, rule.unit), inUnit(rule.upperBound, rule.unit));
}

Json texts(const std::vector<QString> &lines) { return jsonListOf(lines, jsonText); }

} // namespace

Json exampleJson(const FailureExample &example)
{
    Json json = jsonObject();
    json["method"] = jsonText(example.method);
    json["url"] = jsonText(example.url);
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
    json["value"] = inUnit(result.value, rule.unit);
    json["interval"] = jsonPair(inUnit(result.low, rule.unit), inUnit(result.high, rule.unit));
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
