// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probesourcereader.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/scenario/httptext.h"
#include "core/scenario/targetreader.h"
#include "core/scenario/templatereader.h"

#include <QUrl>

#include <algorithm>

namespace Headroom {

namespace {

using Probe = Scenario::Probe;
using As = Probe::As;

const std::vector<YamlNode::Entry> &entriesOf(const FieldReader &fields, QStringView name)
{
    static const std::vector<YamlNode::Entry> kNone;
    const YamlNode *node = fields.find(name);
    return node ? node->entries : kNone;
}

/// "p95" is a quantile of 0.95; other words stand for themselves.
void takeAs(const QString &word, Probe::Measure &measure)
{
    static const std::pair<QLatin1StringView, As> kWords[] = {
        {QLatin1StringView("rate"), As::Rate}, {QLatin1StringView("last"), As::Last},
        {QLatin1StringView("mean"), As::Mean}, {QLatin1StringView("sum"), As::Sum},
        {QLatin1StringView("max"), As::Max},
    };
    const auto *const known = std::ranges::find_if(kWords, [&word](const auto &one) { return word == one.first; });
    if (known != std::end(kWords)) {
        measure.as = known->second;
    } else if (word.startsWith(u'p')) {
        measure.as = As::Quantile;
        measure.quantile = QStringView(word).sliced(1).toDouble() / 100.0;
    }
}

void checkPattern(const YamlNode &written, const QString &pattern, Problems &problems)
{
    if (const auto compiled = boundedPattern(pattern); !compiled)
        problems.error(written.range, QStringLiteral("%1: %2").arg(formatQuoted(pattern), compiled.error().message));
}

Probe::Measure readMeasure(const FieldReader &fields, Problems &problems)
{
    Probe::Measure measure;
    measure.metric = fields.text(u"metric");
    if (fields.has(u"as"))
        takeAs(fields.text(u"as"), measure);
    for (const YamlNode::Entry &entry : entriesOf(fields, u"labels")) {
        measure.labels.emplace_back(entry.key, entry.value.text);
        if (entry.value.isScalar() && !entry.value.text.isEmpty())
            checkPattern(entry.value, entry.value.text, problems);
    }
    return measure;
}

void refuseAs(const FieldReader &fields, std::initializer_list<As> refused, const Probe::Measure &measure,
              const QString &meaning, Problems &problems)
{
    if (fields.has(u"as") && std::ranges::contains(refused, measure.as))
        problems.error(fields.find(u"as")->range,
                       QStringLiteral("%1 is nothing for %2").arg(formatQuoted(fields.text(u"as")), meaning));
}

/// The pattern of a log or a command, and how many groups it has.
int readPattern(const FieldReader &fields, Probe &probe, Problems &problems)
{
    const YamlNode *node = fields.find(u"pattern");
    if (!node || !node->isScalar())
        return 0;
    probe.pattern = node->text;
    const auto compiled = boundedPattern(probe.pattern);
    if (compiled)
        return compiled->captureCount();
    checkPattern(*node, probe.pattern, problems);
    return 1; // nothing more is said about it
}

} // namespace

void checkSeriesName(const YamlNode::Entry &entry, Problems &problems)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    if (entry.key.isEmpty() || !std::ranges::all_of(entry.key, isPlain)) {
        problems.error(
            entry.keyRange,
            QStringLiteral("%1 cannot be a name here; use letters, digits, '_' and '-'").arg(formatQuoted(entry.key)));
    }
}

void readPrometheusProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Prometheus;
    probe.url = readLocation(fields, u"prometheus", problems).constant();
    if (fields.has(u"metric")) {
        probe.measures.push_back(readMeasure(fields, problems));
        refuseAs(fields, {As::Last, As::Sum, As::Max}, probe.measures.back(),
                 QStringLiteral("a metric; use value, rate, mean or a percentile such as p95"), problems);
    }
    for (const YamlNode::Entry &entry : entriesOf(fields, u"metrics")) {
        checkSeriesName(entry, problems);
        const FieldReader one(&entry.value, fields.schemaBelow(u"metrics").item(), fields.scope());
        probe.measures.push_back(readMeasure(one, problems));
        probe.measures.back().name = entry.key;
    }
    if (probe.measures.empty())
        problems.error(fields.keyRange(u"prometheus"),
                       QStringLiteral("'metric' or 'metrics' is missing: what to pick from the answer, "
                                      "as in metric: http_requests_total"));
}

void readPromQlProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::PromQl;
    probe.query = readConstant(fields, u"promql", problems);
    probe.by = fields.text(u"by");
    probe.url = readConstant(fields, u"url", problems);
    if (!fields.has(u"url"))
        problems.error(fields.keyRange(u"promql"),
                       QStringLiteral("'url' is missing: the Prometheus server, as in url: http://127.0.0.1:9090"));
    else if (const QString problem = addressProblem(probe.url); !probe.url.isEmpty() && !problem.isEmpty())
        problems.error(fields.find(u"url")->range, problem);
    for (const YamlNode::Entry &entry : entriesOf(fields, u"values")) {
        checkSeriesName(entry, problems);
        probe.fields.push_back({entry.key, entry.value.text});
        if (entry.value.isScalar() && !entry.value.text.isEmpty())
            checkPattern(entry.value, entry.value.text, problems);
    }
    if (fields.has(u"by") && probe.fields.empty())
        problems.error(fields.keyRange(u"by"),
                       QStringLiteral("'values' is missing: which elements are wanted, as in values: { ok: 200 }"));
}

void readRedisProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Redis;
    probe.url = readConstant(fields, u"redis", problems);
    const QUrl url(QStringLiteral("redis://") + probe.url, QUrl::StrictMode);
    const bool isPlain = url.isValid() && url.path().isEmpty() && !url.hasQuery();
    if (probe.url.contains(u'@')) // never shown: what stands before it may be a password
        problems.error(fields.find(u"redis")->range,
                       QStringLiteral("an address must not hold a user name or password; write them as 'user' and "
                                      "'password' beside it"));
    else if (fields.has(u"redis") && (!isPlain || url.host().isEmpty() || url.port() <= 0))
        problems.error(
            fields.find(u"redis")->range,
            QStringLiteral("%1 is no host and port; write it like 127.0.0.1:6379").arg(formatQuoted(probe.url)));
    if (fields.has(u"value"))
        probe.fields.push_back({{}, fields.text(u"value")});
    for (const YamlNode::Entry &entry : entriesOf(fields, u"values")) {
        checkSeriesName(entry, problems);
        probe.fields.push_back({entry.key, entry.value.text});
    }
    if (probe.fields.empty())
        problems.error(fields.keyRange(u"redis"),
                       QStringLiteral("'value' or 'values' is missing: what to ask for, as in value: LLEN jobs"));
    probe.user = fields.text(u"user");
    probe.database = int(fields.whole(u"database"));
    if (const YamlNode *password = fields.find(u"password"); password && password->isScalar()) {
        probe.password =
            TemplateReader(fields, u"password", problems).read(*password, TextPlace::Plain).value_or(TextTemplate());
        const bool isSecret = probe.password.pieces().size() == 1 && probe.password.pieces().front().value
            && probe.password.pieces().front().text.isEmpty();
        if (!isSecret && !probe.password.pieces().empty())
            problems.error(
                password->range,
                QStringLiteral("a password does not stand in a scenario; list a secret and write ${secret.NAME}"));
    }
}

void readLogProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Log;
    probe.file = readConstant(fields, u"log", problems);
    Probe::Measure measure{.as = As::Rate};
    if (fields.has(u"as"))
        takeAs(fields.text(u"as"), measure);
    const bool isValue = fields.has(u"as") && fields.text(u"as") == u"value";
    if (isValue)
        problems.error(
            fields.find(u"as")->range,
            QStringLiteral("'value' is nothing for a log; use rate, last, mean, sum, max or a percentile such as p95"));
    const int groups = readPattern(fields, probe, problems);
    if (!fields.has(u"pattern"))
        problems.error(
            fields.keyRange(u"log"),
            QStringLiteral("'pattern' is missing: a regular expression for its lines, as in pattern: ' 5\\d\\d '"));
    else if (measure.as != As::Rate && groups != 1)
        problems.error(
            fields.find(u"pattern")->range,
            QStringLiteral("the pattern needs one group in brackets, which catches the number, as in 'took (\\d+)'"));
    probe.measures.push_back(measure);
}

void readCommandProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Command;
    probe.command = readConstant(fields, u"command", problems);
    probe.within = fields.duration(u"within");
    const int groups = readPattern(fields, probe, problems);
    if (!fields.has(u"pattern"))
        problems.error(
            fields.keyRange(u"command"),
            QStringLiteral("'pattern' is missing: a regular expression that catches the number, as in '(\\d+) MiB'"));
    else if (groups != 1)
        problems.error(
            fields.find(u"pattern")->range,
            QStringLiteral("the pattern needs one group in brackets, which catches the number, as in '(\\d+) MiB'"));
}

} // namespace Headroom
