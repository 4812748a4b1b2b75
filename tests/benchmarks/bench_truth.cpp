// SPDX-License-Identifier: GPL-3.0-or-later
// Do our numbers say what the server did? Load goes the engine's own way to the practice target, and every request is
// paired by its id with the target's truth log; both stamp CLOCK_MONOTONIC of the same machine.
#include "core/http/qnam/qnamtransport.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/benchmarks/ordered.h"
#include "tests/benchmarks/truthpairs.h"
#include "tests/support/targetprocess.h"

#include <QCoreApplication>
#include <QTcpSocket>

using namespace Headroom;

namespace {

constexpr double kRequestsPerSecond = 200.0;
constexpr auto kLength = 20s;
constexpr std::pair<const char *, double> kQuantiles[]{{"p50", 0.50}, {"p95", 0.95}, {"p99", 0.99}};

struct Case
{
    const char *name;
    const char *serviceTime;
};

constexpr Case kCases[]{
    {"constant", "5ms"}, {"bimodal", "bimodal(5ms,50ms,10%)"}, {"lognormal", "lognormal(10ms,0.5)"}};

Scenario scenario()
{
    Scenario made = oneRequestScenario("POST", QStringLiteral("/retrieve"));
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(kRequestsPerSecond), Rate::perSecond(kRequestsPerSecond));
    stage.length = kLength;
    made.load.stages = {stage};
    return made;
}

/// The larger of 5 % of the expected value and 0.5 ms.
FigureBound nearTo(Nanoseconds expected) { return FigureBound::atMost(std::max(0.05 * milliseconds(expected), 0.5)); }

/// Our percentiles against the server's, which are shifted by the median of what lies between client and server.
void comparePercentiles(Figures &figures, const TruthPairs &pairs, const HdrHistogram &recorded)
{
    const Ordered client(pairs.client);
    const Ordered server(pairs.server);
    const Ordered difference(pairs.difference);
    figures.add("client_minus_server.p50", milliseconds(difference.at(0.5)), "ms", FigureBound::atMost(1.0));
    figures.add("client_minus_server.p50.tight", milliseconds(difference.at(0.5)), "ms",
                FigureBound::atMost(0.3));
    figures.add("client_minus_server.p99", milliseconds(difference.at(0.99)), "ms", FigureBound::atMost(1.0));
    for (const auto &[name, quantile] : kQuantiles) {
        const Nanoseconds expected = server.at(quantile) + difference.at(0.5);
        const Nanoseconds inHistogram = recorded.valueAtQuantile(quantile);
        const QByteArray prefix = QByteArray(name) + '.';
        figures.add(prefix + "server", milliseconds(server.at(quantile)), "ms");
        figures.add(prefix + "client", milliseconds(client.at(quantile)), "ms");
        figures.add(prefix + "client.off", milliseconds(std::chrono::abs(client.at(quantile) - expected)), "ms",
                    nearTo(expected));
        figures.add(prefix + "recorded.off", milliseconds(std::chrono::abs(inHistogram - expected)), "ms",
                    nearTo(expected));
    }
}

void compare(Figures &figures, const LoadFigures &load, const std::vector<ClientRow> &sent, const QStringList &log)
{
    const TruthPairs pairs = pairById(sent, log);
    const auto expected = FigureBound::exactly(double(log.size()));
    figures.add("log_rows", double(log.size()), "requests", FigureBound::exactly(kRequestsPerSecond * kLength / 1s));
    figures.add("sent", double(sent.size()), "requests", expected);
    figures.add("recorded", double(load.latencies.counts.requests), "requests", expected);
    figures.add("paired", double(pairs.client.size()), "requests", expected);
    figures.add("other_status", double(pairs.disagreements), "requests", FigureBound::exactly(0));
    figures.add("errors", double(load.latencies.counts.errors), "requests", FigureBound::exactly(0));
    figures.add("send_lag.p99", milliseconds(load.sendLag.valueAtQuantile(0.99)), "ms");
    if (!pairs.client.empty())
        comparePercentiles(figures, pairs, load.latencies[LatencyKind::Service]);
}

/// One request that is not ours: the target's first answer takes it tens of ms before its log sees an arrival, as the
/// service loads what it needs only then. Gives how long that took.
Nanoseconds warmUp(const QUrl &target)
{
    constexpr int kPatience = 10'000; // ms
    const auto before = std::chrono::steady_clock::now();
    QTcpSocket socket;
    socket.connectToHost(target.host(), quint16(target.port()));
    if (socket.waitForConnected(kPatience)) {
        socket.write(
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nUser-Agent: warm-up\r\nConnection: close\r\n\r\n");
        socket.waitForDisconnected(kPatience);
    }
    return std::chrono::steady_clock::now() - before;
}

Result<void> measure(Figures &figures, const QString &serviceTime)
{
    TargetProcess target;
    if (!target.start({QStringLiteral("--service-time"), QStringLiteral("retrieve=") + serviceTime,
                       QStringLiteral("--workers"), QStringLiteral("64"), QStringLiteral("--queue"),
                       QStringLiteral("1000")}))
        return failure(Error::Code::Unreachable, QStringLiteral("headroom-target did not start"));
    figures.add("first_answer", milliseconds(warmUp(target.url())), "ms");
    std::vector<ClientRow> sent;
    sent.reserve(std::size_t(kRequestsPerSecond * kLength / 1s));
    const auto load = runLoad(scenario(), target.url(), [&sent](int capacity, const Clock &clock, AlarmQueue &alarms) {
        return std::make_unique<RecordingTransport>(std::make_unique<QnamTransport>(ConnectionOptions(), capacity, clock, alarms), sent);
    });
    if (!load)
        return std::unexpected(load.error());
    compare(figures, *load, sent, target.stopAndReadLog(QStringLiteral("headroom")));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    int exitCode = 0;
    for (const Case &one : kCases) {
        Figures figures(QByteArray("truth.") + one.name);
        if (const auto measured = measure(figures, QString::fromLatin1(one.serviceTime)); !measured)
            figures.addFailure(measured.error());
        exitCode = std::max(exitCode, figures.conclude());
    }
    return exitCode;
}
