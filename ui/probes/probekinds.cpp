// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probeform.h"

#include <QCoreApplication>

namespace Headroom {

namespace {

struct ProbeKinds
{
    Q_DECLARE_TR_FUNCTIONS(ProbeKinds)
};

using Kind = ProbeField::Kind;

QString key(const char *text) { return QLatin1String(text); }

ProbeKind processKind()
{
    return {key("process"),
            ProbeKinds::tr("Process"),
            ProbeKinds::tr("Memory, processor time, threads, files, input and output of a process of this machine."),
            key("service"),
            {{key("way"),
              ProbeKinds::tr("&Find it by"),
              {},
              Kind::Choice,
              true,
              {key("port"), key("name"), key("pid"), key("unit"), key("target")}},
             {key("who"), ProbeKinds::tr("&Which"), QStringLiteral("8080")},
             {key("children"), ProbeKinds::tr("&With all that it has started"), {}, Kind::Check, false}}};
}

std::vector<ProbeKind> kindsOfMachine()
{
    return {{key("host"),
             ProbeKinds::tr("This machine"),
             ProbeKinds::tr("Processor, memory and pressure of this machine."),
             key("machine"),
             {}},
            {key("cgroup"),
             ProbeKinds::tr("Control group"),
             ProbeKinds::tr("Memory, processor time and pressure of a unit of systemd or a container."),
             key("group"),
             {{key("cgroup"), ProbeKinds::tr("&Unit or path"), QStringLiteral("nginx.service")}}},
            {key("gpu"),
             ProbeKinds::tr("Graphics processor"),
             ProbeKinds::tr("Use, memory, power and temperature of a graphics processor of NVIDIA."),
             key("gpu"),
             {{key("gpu"), ProbeKinds::tr("N&umber"), {}, Kind::Number, true, {}, 255}}}};
}

std::vector<ProbeKind> kindsOfHttp()
{
    return {{key("health"),
             ProbeKinds::tr("Health"),
             ProbeKinds::tr("Whether a service says that it is well, and how long that takes."),
             key("health"),
             {{key("health"), ProbeKinds::tr("&URL or path"), QStringLiteral("/health/ready")}}},
            {key("tiers"),
             ProbeKinds::tr("Health tiers"),
             ProbeKinds::tr("Several of health at once, each a probe of its own: name them, each with its URL or path."),
             key("health"),
             {{key("tiers"), ProbeKinds::tr("&Tiers"), QStringLiteral("live: /health/live, ready: /health/ready"), Kind::Pairs}}},
            {key("json"),
             ProbeKinds::tr("JSON endpoint"),
             ProbeKinds::tr("A number out of an answer in JSON."),
             key("stats"),
             {{key("json"), ProbeKinds::tr("&URL or path"), QStringLiteral("/stats")},
              {key("value"), ProbeKinds::tr("&Value"), QStringLiteral("$.queue_depth")}}},
            {key("prometheus"),
             ProbeKinds::tr("Prometheus metric"),
             ProbeKinds::tr("A metric that a service shows to Prometheus; List Metrics asks which there are."),
             key("metric"),
             {{key("prometheus"), ProbeKinds::tr("&URL or path"), QStringLiteral("/metrics")},
              {key("metric"), ProbeKinds::tr("&Metric"), QStringLiteral("http_requests_total"), Kind::Metric},
              {key("as"),
               ProbeKinds::tr("&As"),
               {},
               Kind::Choice,
               false,
               {key("value"), key("rate"), key("mean"), key("p50"), key("p90"), key("p95"), key("p99")}}}},
            {key("promql"),
             ProbeKinds::tr("PromQL query"),
             ProbeKinds::tr("What a Prometheus server answers to a query that gives one value."),
             key("query"),
             {{key("promql"), ProbeKinds::tr("&Query"), QStringLiteral("sum(rate(http_requests_total[1m]))")},
              {key("url"), ProbeKinds::tr("&URL of the server"), QStringLiteral("http://127.0.0.1:9090")}}}};
}

std::vector<ProbeKind> kindsOfOthers()
{
    return {{key("redis"),
             ProbeKinds::tr("Redis"),
             ProbeKinds::tr("The length of a list or stream, or a field of INFO."),
             key("queue"),
             {{key("redis"), ProbeKinds::tr("&Host and port"), QStringLiteral("127.0.0.1:6379")},
              {key("value"), ProbeKinds::tr("&Question"), QStringLiteral("LLEN jobs")}}},
            {key("log"),
             ProbeKinds::tr("Log file"),
             ProbeKinds::tr("Lines that fit a pattern, or numbers in them, as they are written."),
             key("log"),
             {{key("log"), ProbeKinds::tr("&File"), QStringLiteral("logs/access.log"), Kind::File},
              {key("pattern"), ProbeKinds::tr("&Pattern"), QStringLiteral("took (\\d+) ms")},
              {key("as"),
               ProbeKinds::tr("&As"),
               {},
               Kind::Choice,
               false,
               {key("rate"), key("last"), key("mean"), key("sum"), key("max"), key("p50"), key("p90"), key("p95"),
                key("p99")}}}},
            {key("command"),
             ProbeKinds::tr("Command"),
             ProbeKinds::tr("A number out of what a program says; it is asked before it runs."),
             key("command"),
             {{key("command"), ProbeKinds::tr("&Command"), QStringLiteral("df --output=avail /var")},
              {key("pattern"), ProbeKinds::tr("&Pattern"), QStringLiteral("(\\d+)")}}}};
}

std::vector<ProbeKind> kindsOfCosts()
{
    return {{key("csv"),
             ProbeKinds::tr("CSV file"),
             ProbeKinds::tr("The sum of a column over the rows that are appended while the run is on, such as costs."),
             key("cost"),
             {{key("csv"), ProbeKinds::tr("&File"), QStringLiteral("costs.csv"), Kind::File},
              {key("value"), ProbeKinds::tr("C&olumn"), QStringLiteral("cost")}}},
            {key("sqlite"),
             ProbeKinds::tr("SQLite file"),
             ProbeKinds::tr("The number that a SELECT gives; the file is only read."),
             key("usage"),
             {{key("sqlite"), ProbeKinds::tr("&File"), QStringLiteral("usage.db"), Kind::File},
              {key("query"), ProbeKinds::tr("&Query"), QStringLiteral("SELECT sum(cost) FROM usage")}}}};
}

} // namespace

std::vector<ProbeKind> probeKinds()
{
    std::vector<ProbeKind> kinds{processKind()};
    for (const auto &more : {kindsOfHttp(), kindsOfOthers(), kindsOfCosts(), kindsOfMachine()})
        kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
}

} // namespace Headroom
