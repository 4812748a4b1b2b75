// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probefactory.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/probes/cgroupprobe.h"
#include "core/probes/commandprobe.h"
#include "core/probes/csvprobe.h"
#include "core/probes/gpuprobe.h"
#include "core/probes/healthprobe.h"
#include "core/probes/hostprobe.h"
#include "core/probes/jsonprobe.h"
#include "core/probes/logprobe.h"
#include "core/probes/processprobe.h"
#include "core/probes/prometheusprobe.h"
#include "core/probes/promqlprobe.h"
#include "core/probes/redisprobe.h"
#include "core/probes/sqliteprobe.h"

#include <QDir>
#include <QProcess>

namespace Headroom {

namespace {

using ProbePtr = std::unique_ptr<Probe>;

constexpr Nanoseconds kShortestPeriod = 100ms; // /proc counts processor time in steps of 10 ms

Result<QUrl> resolve(const QString &text, const QUrl &target, const QString &kind = QStringLiteral("a JSON probe"))
{
    const QUrl url = target.resolved(QUrl(text, QUrl::StrictMode));
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (text.isEmpty() || !url.isValid() || !isHttp || url.host().isEmpty())
        return failure(
            Error::Code::InvalidInput,
            QStringLiteral("%1 is not a URL for %2; write http://host/path, or /path on the target")
                .arg(formatQuoted(text), kind));
    return url;
}

Result<ProbePtr> makeProcessProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock)
{
    if (const auto heap = resolve(probe.heap, target, QStringLiteral("a heap profile")); !probe.heap.isEmpty() && !heap)
        return std::unexpected(heap.error());
    const int ways = probe.port.has_value() + probe.pid.has_value() + !probe.processName.isEmpty() + !probe.unit.isEmpty()
        + probe.isPractice;
    if (ways != 1)
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a process is chosen by exactly one of port, pid, name, unit and practice"));
    const ProcessProbe::Target process{probe.port,       probe.pid,    probe.processName, probe.unit,
                                      probe.hasChildren, probe.hasPss, probe.hasMappings};
    return std::make_unique<ProcessProbe>(probe.name, process, clock);
}

Result<ProbePtr> makeJsonProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                               const TargetRoute &route)
{
    const auto url = resolve(probe.url, target);
    if (!url)
        return std::unexpected(url.error());
    QStringList names;
    QStringList paths;
    for (const Scenario::Probe::Field &field : probe.fields) {
        names.append(field.name);
        paths.append(field.path);
    }
    if (paths.isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a JSON probe needs at least one value; write value: \"$.queue_depth\""));
    auto values = JsonValues::compile(paths);
    if (!values)
        return failure(Error::Code::InvalidInput, values.error().text());
    JsonProbe::Source source{*url, names, std::move(*values)};
    source.route = route;
    return std::make_unique<JsonProbe>(probe.name, std::move(source), clock);
}

Result<ProbePtr> makePrometheusProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                                     const TargetRoute &route)
{
    const auto url = resolve(probe.url, target, QStringLiteral("a Prometheus probe"));
    if (!url)
        return std::unexpected(url.error());
    PrometheusProbe::Source source{.url = *url, .fields = {}, .measures = {}, .route = route};
    for (const Scenario::Probe::Measure &wanted : probe.measures) {
        auto measure = PromMeasure::make(wanted);
        if (!measure)
            return failure(Error::Code::InvalidInput, measure.error().text());
        source.fields.append(wanted.name);
        source.measures.push_back(std::move(*measure));
    }
    if (source.measures.empty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a Prometheus probe needs at least one metric; write metric: http_requests_total"));
    return std::make_unique<PrometheusProbe>(probe.name, std::move(source), clock);
}

Result<ProbePtr> makePromQlProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                                 const TargetRoute &route)
{
    const auto url = resolve(probe.url, target, QStringLiteral("a Prometheus server"));
    if (!url)
        return std::unexpected(url.error());
    PromQlProbe::Source source{.server = *url, .query = probe.query, .by = probe.by};
    source.route = route;
    for (const Scenario::Probe::Field &field : probe.fields) {
        auto match = LabelMatch::make(field.path);
        if (!match)
            return failure(Error::Code::InvalidInput, match.error().text());
        source.wanted.push_back({field.name, std::move(*match)});
    }
    if (!source.by.isEmpty() && source.wanted.empty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a query with by needs values; write values: { ok: 200 }"));
    return std::make_unique<PromQlProbe>(probe.name, std::move(source), clock);
}

Result<ProbePtr> makeHealthProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                                 const TargetRoute &route)
{
    const auto url = resolve(probe.url, target, QStringLiteral("a tier of health"));
    if (!url)
        return std::unexpected(url.error());
    HealthProbe::Source source{.url = *url, .expect = probe.expect, .within = probe.within};
    source.route = route;
    return std::make_unique<HealthProbe>(probe.name, std::move(source), clock);
}

Result<ProbePtr> makeRedisProbe(const Scenario::Probe &probe, Clock &clock)
{
    const QUrl server(QStringLiteral("redis://") + probe.url, QUrl::StrictMode);
    if (!server.isValid() || server.host().isEmpty() || server.port() <= 0)
        return failure(
            Error::Code::InvalidInput,
            QStringLiteral("%1 is no host and port; write it like 127.0.0.1:6379").arg(formatQuoted(probe.url)));
    RedisProbe::Source source{.host = server.host(), .port = quint16(server.port())};
    source.user = probe.user;
    source.password = probe.password.constant(); // empty as long as the secret has no value
    source.database = probe.database;
    for (const Scenario::Probe::Field &field : probe.fields) {
        auto question = parseRedisQuestion(field.path);
        if (!question)
            return std::unexpected(question.error());
        source.fields.append(field.name);
        source.questions.push_back(std::move(*question));
    }
    if (source.questions.empty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a Redis probe needs at least one question; write value: LLEN jobs"));
    return std::make_unique<RedisProbe>(probe.name, std::move(source), clock);
}

QString pathOf(const Scenario::Probe &probe, const ProbeSurroundings &surroundings)
{
    return QDir::cleanPath(QDir(surroundings.folder).absoluteFilePath(probe.file));
}

Result<ProbePtr> makeLogProbe(const Scenario::Probe &probe, Clock &clock, const ProbeSurroundings &surroundings)
{
    if (probe.measures.size() != 1 || probe.file.isEmpty())
        return failure(Error::Code::InvalidInput, QStringLiteral("a log probe needs a file and a pattern"));
    const Scenario::Probe::Measure &wanted = probe.measures.front();
    auto measure = LogMeasure::make(probe.pattern, wanted.as, wanted.quantile);
    if (!measure)
        return failure(Error::Code::InvalidInput, measure.error().text());
    return std::make_unique<LogProbe>(probe.name, pathOf(probe, surroundings), std::move(*measure), clock);
}

Result<ProbePtr> makeCsvProbe(const Scenario::Probe &probe, const ProbeSurroundings &surroundings)
{
    CsvProbe::Source source{.path = pathOf(probe, surroundings), .fields = {}, .columns = {}};
    for (const Scenario::Probe::Field &field : probe.fields) {
        source.fields.append(field.name);
        source.columns.append(field.path);
    }
    if (probe.file.isEmpty() || source.fields.isEmpty())
        return failure(Error::Code::InvalidInput, QStringLiteral("a CSV probe needs a file and a column; write value: cost"));
    return std::make_unique<CsvProbe>(probe.name, source);
}

Result<ProbePtr> makeSqliteProbe(const Scenario::Probe &probe, Clock &clock, const ProbeSurroundings &surroundings)
{
    if (probe.file.isEmpty() || probe.query.isEmpty())
        return failure(Error::Code::InvalidInput, QStringLiteral("an SQLite probe needs a file and a query"));
    return std::make_unique<SqliteProbe>(
        probe.name, SqliteProbe::Source{.path = pathOf(probe, surroundings), .query = probe.query}, clock);
}

Result<ProbePtr> makeCommandProbe(const Scenario::Probe &probe, Clock &clock, const ProbeSurroundings &surroundings)
{
    auto pattern = boundedPattern(probe.pattern);
    if (!pattern)
        return failure(Error::Code::InvalidInput, pattern.error().text());
    // A program that is not there is a gap when it is started, not a stop.
    const Result<QStringList> found = surroundings.find ? surroundings.find(probe.command) : QStringList();
    QStringList words = found && !found->isEmpty() ? *found : QProcess::splitCommand(probe.command);
    if (words.isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("the command is empty; write a program and its arguments"));
    CommandProbe::Source source{.program = words.takeFirst(), .arguments = words, .folder = surroundings.folder};
    source.pattern = std::move(*pattern);
    source.within = probe.within;
    return std::make_unique<CommandProbe>(probe.name, std::move(source), clock);
}

} // namespace

TargetRoute routeTo(const QUrl &address, const ConnectionOptions &connections, const Scenario::Target &target)
{
    TargetRoute::Headers headers;
    for (const auto &[name, value] : target.headers) {
        if (value.isConstant())
            headers.emplace_back(name.toLatin1(), value.constant().toLatin1());
    }
    return TargetRoute(address, connections, std::move(headers));
}

Result<std::unique_ptr<Probe>> makeProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                                         const TargetRoute &route, const ProbeSurroundings &surroundings)
{
    if (probe.every < kShortestPeriod)
        return failure(Error::Code::InvalidInput, QStringLiteral("every must be at least 100 ms"));
    switch (probe.kind) {
    case Scenario::Probe::Kind::Process:
        return makeProcessProbe(probe, target, clock);
    case Scenario::Probe::Kind::Json:
        return makeJsonProbe(probe, target, clock, route);
    case Scenario::Probe::Kind::Cgroup:
        return std::make_unique<CgroupProbe>(probe.name, CgroupProbe::Target{probe.unit, probe.cgroup}, clock);
    case Scenario::Probe::Kind::Host:
        return std::make_unique<HostProbe>(probe.name, clock);
    case Scenario::Probe::Kind::Health:
        return makeHealthProbe(probe, target, clock, route);
    case Scenario::Probe::Kind::Prometheus:
        return makePrometheusProbe(probe, target, clock, route);
    case Scenario::Probe::Kind::PromQl:
        return makePromQlProbe(probe, target, clock, route);
    case Scenario::Probe::Kind::Redis:
        return makeRedisProbe(probe, clock);
    case Scenario::Probe::Kind::Log:
        return makeLogProbe(probe, clock, surroundings);
    case Scenario::Probe::Kind::Command:
        return makeCommandProbe(probe, clock, surroundings);
    case Scenario::Probe::Kind::Gpu:
        return std::make_unique<GpuProbe>(probe.name, probe.gpu, clock);
    case Scenario::Probe::Kind::Csv:
        return makeCsvProbe(probe, surroundings);
    case Scenario::Probe::Kind::Sqlite:
        return makeSqliteProbe(probe, clock, surroundings);
    }
    Q_UNREACHABLE_RETURN(failure(Error::Code::Internal, {}));
}

Result<std::unique_ptr<ProbeScheduler>> makeProbes(const std::vector<Scenario::Probe> &probes, const QUrl &target,
                                                   Clock &clock, const TargetRoute &route,
                                                   const ProbeSurroundings &surroundings)
{
    auto scheduler = std::make_unique<ProbeScheduler>(clock);
    for (const Scenario::Probe &probe : probes) {
        auto made = makeProbe(probe, target, clock, route, surroundings);
        if (!made)
            return failure(made.error().code, made.error().text(), QLatin1String("probes.") + probe.name);
        scheduler->add(std::move(*made), probe.every);
    }
    return scheduler;
}

} // namespace Headroom
