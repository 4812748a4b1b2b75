// SPDX-License-Identifier: GPL-3.0-or-later
// The direct transport beside wrk, h2load and hey: the same nginx, the same number of connections, one thread each, in
// turns. Ours records everything it always records. CPU is what the kernel counts for the whole process.
#include "tests/benchmarks/benchserver.h"
#include "tests/benchmarks/contest.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/headroomload.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/benchmarks/toolrun.h"

#include <QCoreApplication>

#include <cmath>

using namespace Headroom;

namespace {

constexpr int kConnections = 50;
constexpr int kSeconds = 4; // of a turn
constexpr int kRounds = 3;
constexpr int kStreams = 10; // HTTP/2: at once on each of kConnections / kStreams connections
constexpr auto kLimit = std::chrono::seconds(60);
const QString kOurs = QStringLiteral("headroom");

/// A turn of a program that prints its result.
Contest::Run tool(const QString &commandLine, Result<ToolLoad> (*read)(const QByteArray &))
{
    return [words = commandLine.split(u' '), read]() -> Result<Contest::Turn> {
        const auto done = runTool(words.first(), words.sliced(1), kLimit);
        if (!done)
            return std::unexpected(done.error());
        const auto load = read(done->output);
        return load.transform([&](const ToolLoad &of) { return Contest::Turn{of, done->cpuSeconds}; });
    };
}

Contest::Run wrk(const QUrl &url)
{
    return tool(QStringLiteral("wrk -t1 -c%1 -d%2s %3").arg(kConnections).arg(kSeconds).arg(url.toString()), readWrk);
}

Contest::Run h2load(const QUrl &url, const QString &how)
{
    return tool(QStringLiteral("h2load %1 -t1 -D%2 %3").arg(how).arg(kSeconds).arg(url.toString()), readH2load);
}

Contest::Run hey(const QUrl &url)
{
    return tool(QStringLiteral("hey -cpus 1 -c %1 -z %2s %3").arg(kConnections).arg(kSeconds).arg(url.toString()),
                readHey);
}

/// A turn of the headroom program with as many users as the others have connections.
Contest::Run headroom(HeadroomProgram &program, HeadroomLoad load)
{
    load.load = closedLoad(kConnections, kSeconds);
    return [&program, load]() -> Result<Contest::Turn> {
        const auto done = program.run(load);
        if (!done)
            return std::unexpected(done.error());
        return readHeadroom(done->report).transform([&](const ToolLoad &of) {
            return Contest::Turn{of, done->cpuSeconds};
        });
    };
}

/// Both ratios of ours to another; rate only where that is held to something.
void compare(Figures &figures, const QByteArray &subject, const Contest &contest, const QString &rival, double cpuLimit,
             FigureBound rateBound)
{
    figures.add(subject + ".rate_to_" + rival.toLatin1(), contest.perSecond(kOurs) / contest.perSecond(rival), "ratio",
                rateBound);
    figures.add(subject + ".cpu_to_" + rival.toLatin1(),
                contest.cpuMicroseconds(kOurs) / contest.cpuMicroseconds(rival), "ratio",
                FigureBound::atMost(cpuLimit));
    figures.add(subject + ".failed", contest.failed(kOurs), "requests", FigureBound::exactly(0));
}

Result<void> measureClear(const BenchServer &server, HeadroomProgram &program, Figures &figures)
{
    Contest contest;
    contest.add(QStringLiteral("wrk"), wrk(server.url()));
    contest.add(QStringLiteral("h2load"), h2load(server.url(), QStringLiteral("--h1 -c%1").arg(kConnections)));
    contest.add(QStringLiteral("hey"), hey(server.url()));
    contest.add(kOurs, headroom(program, {.url = server.url()}));
    contest.add(QStringLiteral("headroom (qnam)"), headroom(program, {.url = server.url(), .transport = "qnam"}));
    if (const auto held = contest.hold(kRounds); !held)
        return held;
    figures.addTable(contest.table(
        QStringLiteral("HTTP/1.1, %1 connections that are kept, closed model, one thread each").arg(kConnections)));
    compare(figures, "http1", contest, QStringLiteral("wrk"), 1.25, FigureBound::atLeast(0.9));
    figures.add("http1.cpu_to_wrk.goal",
                contest.cpuMicroseconds(kOurs) / contest.cpuMicroseconds(QStringLiteral("wrk")), "ratio",
                FigureBound::atMost(1.0).later());
    figures.add("http1.rate_to_hey", contest.perSecond(kOurs) / contest.perSecond(QStringLiteral("hey")), "ratio",
                FigureBound::atLeast(4.0));
    return {};
}

Result<void> measureTls(const BenchServer &server, HeadroomProgram &program, Figures &figures)
{
    Contest contest;
    contest.add(QStringLiteral("wrk"), wrk(server.tlsUrl()));
    contest.add(QStringLiteral("h2load"), h2load(server.tlsUrl(), QStringLiteral("--h1 -c%1").arg(kConnections)));
    contest.add(kOurs, headroom(program, {.url = server.tlsUrl(), .authorities = server.certificatePath()}));
    if (const auto held = contest.hold(kRounds); !held)
        return held;
    figures.addTable(
        contest.table(QStringLiteral("HTTP/1.1 over TLS, %1 connections that are kept, closed model, one thread each")
                          .arg(kConnections)));
    compare(figures, "tls", contest, QStringLiteral("wrk"), 1.25, FigureBound::none());
    return {};
}

Result<void> measureHttp2(const BenchServer &server, HeadroomProgram &program, Figures &figures)
{
    Contest contest;
    const int connections = kConnections / kStreams;
    contest.add(QStringLiteral("h2load"),
                h2load(server.tlsUrl(), QStringLiteral("-c%1 -m%2").arg(connections).arg(kStreams)));
    const QByteArray multiplexed = "connection: { http: 2, streams: " + QByteArray::number(kStreams) + " }";
    contest.add(
        kOurs,
        headroom(program,
                 {.url = server.tlsUrl(), .targetFields = multiplexed, .authorities = server.certificatePath()}));
    if (const auto held = contest.hold(kRounds); !held)
        return held;
    figures.addTable(contest.table(
        QStringLiteral("HTTP/2 over TLS, %1 connections with %2 streams each, closed model, one thread each")
            .arg(connections)
            .arg(kStreams)));
    compare(figures, "http2", contest, QStringLiteral("h2load"), 1.5, FigureBound::none());
    return {};
}

/// The open model at half of what the generator can do.
Result<void> measureHalf(const BenchServer &server, HeadroomProgram &program, Figures &figures)
{
    HeadroomLoad load{.url = server.url()};
    const auto ceiling = measureCeiling(program, load);
    if (!ceiling)
        return std::unexpected(ceiling.error());
    const double rate = std::floor(ceiling->rate / 2.0);
    load.load = openLoad(rate, 15);
    const auto half = program.runAndRead(load);
    if (!half)
        return std::unexpected(half.error());
    figures.add("open.ceiling", ceiling->rate, "requests/s");
    figures.add("open.half.rate", half->measured.ratePerSecond(), "requests/s");
    figures.add("open.half.achieved", 100.0 * half->measured.ratePerSecond() / rate, "%", FigureBound::atLeast(99.0));
    figures.add("open.half.send_lag.p50", milliseconds(half->health.sendLag.valueAtQuantile(0.5)), "ms");
    figures.add("open.half.send_lag.p99", milliseconds(half->health.sendLag.valueAtQuantile(0.99)), "ms",
                FigureBound::atMost(0.5));
    figures.add("open.half.failed", double(half->totals.latencies.counts.errors), "requests", FigureBound::exactly(0));
    return {};
}

Result<void> measure(Figures &figures)
{
    if (const auto found = findTools({QStringLiteral("wrk"), QStringLiteral("h2load"), QStringLiteral("hey")}); !found)
        return found;
    for (const auto &[name, version] : toolVersions())
        figures.addFact(name, version);
    BenchServer server;
    if (const auto started = server.start(); !started)
        return started;
    HeadroomProgram program;
    for (const auto part : {measureClear, measureTls, measureHttp2, measureHalf}) {
        if (const auto measured = part(server, program, figures); !measured)
            figures.addFailure(measured.error()); // the other parts say something all the same
    }
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("direct");
    if (const auto measured = measure(figures); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
