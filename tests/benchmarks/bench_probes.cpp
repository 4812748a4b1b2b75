// SPDX-License-Identifier: GPL-3.0-or-later
// What watching costs: time of the run thread for one look, without waiting for anybody; and processor time of twenty
// probes, each once a second, threads and event loop included.
#include "core/base/steadyclock.h"
#include "core/probes/hostprobe.h"
#include "core/probes/logmeasure.h"
#include "core/probes/probefactory.h"
#include "core/probes/processprobe.h"
#include "core/probes/prommeasure.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ordered.h"
#include "tests/support/targetprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <unistd.h>

#include <ctime>

#include <cstdlib>
#include <functional>
#include <vector>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

constexpr int kLooks = 200;
// Twenty probes, each once a second, are to take less than 1 % of a core.
constexpr double kMostMilliseconds = 10.0 / 20.0;

void measure(Figures &figures, const char *name, const FigureBound &bound, const std::function<void()> &look)
{
    std::vector<Nanoseconds> times;
    for (int i = 0; i < kLooks; ++i) {
        const auto before = std::chrono::steady_clock::now();
        look();
        times.push_back(std::chrono::steady_clock::now() - before);
    }
    const Ordered ordered(std::move(times));
    figures.add(QByteArray(name) + ".p50", milliseconds(ordered.at(0.5)), "ms", bound);
}

/// Histograms of 20 paths with 12 buckets, as a service of some size shows them: about 20 kB.
QByteArray exposition()
{
    QByteArray text;
    for (int path = 0; path < 20; ++path) {
        for (int bucket = 0; bucket < 12; ++bucket)
            text += "http_request_duration_seconds_bucket{method=\"GET\",path=\"/p" + QByteArray::number(path)
                + "\",le=\"" + (bucket == 11 ? QByteArray("+Inf") : QByteArray::number(0.01 * bucket)) + "\"} "
                + QByteArray::number(1000 * bucket) + '\n';
    }
    return text;
}

void readMetrics(PromMeasure &measure, const QByteArray &text)
{
    static SteadyTime now;
    measure.begin();
    const auto read = readPromText(text, {[&measure](const PromSample &sample) { measure.take(sample); }, {}});
    now += 1s;
    if (!read || !measure.end(now).problem.isEmpty())
        std::abort();
}

Scenario::Probe probe(Scenario::Probe::Kind kind, const QString &name)
{
    Scenario::Probe probe;
    probe.kind = kind;
    probe.name = name;
    return probe;
}

/// Six processes, eight endpoints of the practice target, the machine, a control group, two logs, a bill and a database.
std::vector<Scenario::Probe> twenty(int targetPid)
{
    using Kind = Scenario::Probe::Kind;
    std::vector<Scenario::Probe> probes;
    for (int i = 0; i < 6; ++i) {
        probes.push_back(probe(Kind::Process, QStringLiteral("process%1").arg(i)));
        probes.back().pid = targetPid;
        probes.back().hasChildren = i > 3;
    }
    for (int i = 0; i < 4; ++i) {
        probes.push_back(probe(Kind::Prometheus, QStringLiteral("metrics%1").arg(i)));
        probes.back().url = QStringLiteral("/metrics");
        probes.back().measures = {{.metric = QStringLiteral("headroom_target_requests_total"), .as = As::Rate}};
        probes.push_back(probe(Kind::Json, QStringLiteral("stats%1").arg(i)));
        probes.back().url = QStringLiteral("/stats");
        probes.back().fields = {{{}, QStringLiteral("$.queue_depth")}};
    }
    probes.push_back(probe(Kind::Host, QStringLiteral("host")));
    probes.push_back(probe(Kind::Cgroup, QStringLiteral("box")));
    probes.back().cgroup = QStringLiteral("/");
    for (int i = 0; i < 2; ++i) {
        probes.push_back(probe(Kind::Log, QStringLiteral("log%1").arg(i)));
        probes.back().file = QStringLiteral("access.log");
        probes.back().pattern = QStringLiteral("\" 5\\d\\d ");
        probes.back().measures = {{.as = As::Rate}};
    }
    probes.push_back(probe(Kind::Csv, QStringLiteral("bill")));
    probes.back().file = QStringLiteral("usage.csv");
    probes.back().fields = {{{}, QStringLiteral("cost")}};
    probes.push_back(probe(Kind::Sqlite, QStringLiteral("spent")));
    probes.back().file = QStringLiteral("usage.db");
    probes.back().query = QStringLiteral("SELECT 1");
    return probes;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::Append) || file.write(text) != text.size())
        std::abort();
}

double processSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// Percent of a core, with 100 new lines in the log each second.
void measureTwenty(Figures &figures, SteadyClock &clock)
{
    constexpr auto kLength = 20s;
    TargetProcess target;
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("usage.csv")), "at,cost\n");
    write(folder.filePath(QStringLiteral("usage.db")), {});
    write(folder.filePath(QStringLiteral("access.log")), "\n");
    if (!target.start())
        return figures.addFailure({Error::Code::NotFound, QStringLiteral("the practice target did not start"), {}});
    const std::vector<Scenario::Probe> wanted = twenty(int(target.process().processId()));
    const auto probes = makeProbes(wanted, target.url(), clock, TargetRoute(), {.folder = folder.path(), .find = {}});
    if (!probes)
        return figures.addFailure(probes.error());
    QObject::connect(probes->get(), &ProbeScheduler::eventHappened, probes->get(),
                     [&figures](const RunEvent &event) { figures.addNote(event.text); });
    QTimer traffic;
    QObject::connect(&traffic, &QTimer::timeout, &traffic, [&folder] {
        write(folder.filePath(QStringLiteral("access.log")),
              QByteArray("127.0.0.1 - - \"GET /documents/17 HTTP/1.1\" 200 512 headroom\n").repeated(100));
        write(folder.filePath(QStringLiteral("usage.csv")), QByteArray("1,0.5\n").repeated(10));
    });
    traffic.start(1000);
    (*probes)->start(clock.now());
    const double before = processSeconds();
    QTimer::singleShot(kLength, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    const double share = 100.0 * (processSeconds() - before) / double(kLength / 1s);
    if (wanted.size() != 20 || (*probes)->latest().size() < wanted.size())
        std::abort();
    figures.add("twenty_at_1_Hz", share, "% of a core", FigureBound::atMost(1.0));
    figures.addNote((*probes)->costSentence());
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    Figures figures("probes");
    const FigureBound bound = FigureBound::atMost(kMostMilliseconds);
    SteadyClock clock;
    ProcessProbe process(QStringLiteral("own"), {.port = {}, .pid = getpid()}, clock);
    measure(figures, "process", bound, [&process] { process.read(); });
    HostProbe host(QStringLiteral("host"), clock);
    measure(figures, "host", bound, [&host] { host.read(); });
    PromMeasure p95 = *PromMeasure::make({{}, QStringLiteral("http_request_duration_seconds"), {}, As::Quantile, 0.95});
    const QByteArray text = exposition();
    measure(figures, "metrics_of_20_kB", bound, [&] { readMetrics(p95, text); });
    LogMeasure log = *LogMeasure::make(QStringLiteral("\" 5\\d\\d "), As::Rate);
    const QByteArray lines =
        QByteArray("127.0.0.1 - - \"GET /documents/17 HTTP/1.1\" 200 512 headroom\n").repeated(1000);
    measure(figures, "log_of_1000_lines", FigureBound::none(), [&] {
        log.take(lines);
        log.end(1.0);
    });
    measureTwenty(figures, clock);
    return figures.conclude();
}
