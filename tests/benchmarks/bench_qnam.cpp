// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine adds to QNetworkAccessManager: the same requests to the same nginx, through the engine with full
// recording and from a loop that does nothing else.
#include "core/http/qnam/qnamtransport.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/support/nginxserver.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QHttp1Configuration>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QTimer>

using namespace Headroom;

namespace {

constexpr int kUsers = 50;
constexpr auto kLength = 5s;
constexpr int kRounds = 2; // of both in turn, so that a disturbance does not meet only one

struct Throughput
{
    std::uint64_t answered = 0;
    std::uint64_t failed = 0;
    Nanoseconds length{};
    double cpuSeconds = 0.0;

    double perSecond() const { return double(answered) / std::chrono::duration<double>(length).count(); }
    double cpuMicroseconds() const { return cpuSeconds * 1e6 / double(answered); }
    Throughput &operator+=(const Throughput &other)
    {
        answered += other.answered;
        failed += other.failed;
        length += other.length;
        cpuSeconds += other.cpuSeconds;
        return *this;
    }
};

/// As the engine's: without it Qt reads the head of an answer byte by byte.
class BufferedSockets final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

/// Users that send again as soon as they are answered, with nothing around QNetworkAccessManager.
class BareLoop
{
public:
    explicit BareLoop(const QUrl &url)
        : m_request(url)
    {
        m_network.setProxyFactory(new BufferedSockets); // the manager owns it
        QHttp1Configuration http1;
        http1.setNumberOfConnectionsPerHost(kUsers);
        m_request.setHttp1Configuration(http1);
        m_request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        m_request.setRawHeader("User-Agent", "headroom"); // the same bytes on the wire as the engine's
        m_request.setRawHeader("Accept-Encoding", "identity");
    }

    Throughput run()
    {
        const double cpuBefore = ownCpuSeconds();
        const auto begin = std::chrono::steady_clock::now();
        QTimer::singleShot(kLength, Qt::PreciseTimer, &m_loop, [this] { m_isOver = true; });
        for (int user = 0; user < kUsers; ++user)
            send();
        m_loop.exec();
        m_done.length = std::chrono::steady_clock::now() - begin;
        m_done.cpuSeconds = ownCpuSeconds() - cpuBefore;
        return m_done;
    }

private:
    void send()
    {
        QNetworkReply *reply = m_network.get(m_request);
        ++m_inFlight;
        QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply] {
            ++(reply->error() == QNetworkReply::NoError ? m_done.answered : m_done.failed);
            reply->deleteLater();
            --m_inFlight;
            if (!m_isOver)
                send();
            else if (m_inFlight == 0)
                m_loop.quit();
        });
    }

    QNetworkAccessManager m_network;
    QNetworkRequest m_request;
    QEventLoop m_loop;
    Throughput m_done;
    int m_inFlight = 0;
    bool m_isOver = false;
};

Result<Throughput> throughEngine(const QUrl &url)
{
    Scenario scenario = oneRequestScenario("GET", QStringLiteral("/"));
    Scenario::Stage stage;
    stage.users = std::pair<double, double>(kUsers, kUsers);
    stage.length = kLength;
    scenario.load.stages = {stage};
    const auto load = runLoad(scenario, url, [](int capacity, const Clock &clock, AlarmQueue &alarms) {
        return std::make_unique<QnamTransport>(ConnectionOptions(), capacity, clock, alarms);
    });
    if (!load)
        return std::unexpected(load.error());
    return Throughput{load->latencies.counts.answered, load->latencies.counts.errors, load->length, load->cpuSeconds};
}

void add(Figures &figures, const QByteArray &name, const Throughput &throughput)
{
    figures.add(name + ".rate", throughput.perSecond(), "requests/s");
    figures.add(name + ".cpu", throughput.cpuMicroseconds(), "us/request");
    figures.add(name + ".failed", double(throughput.failed), "requests", FigureBound::exactly(0));
}

Result<void> measure(Figures &figures)
{
    NginxServer nginx;
    // No log to write, and no connection closed by it after its usual thousand requests.
    if (const auto started = nginx.start(QStringLiteral("access_log off; keepalive_requests 1000000000;")); !started)
        return started;
    Throughput bare;
    Throughput engine;
    for (int round = 0; round < kRounds; ++round) {
        bare += BareLoop(nginx.url()).run();
        const auto through = throughEngine(nginx.url());
        if (!through)
            return std::unexpected(through.error());
        engine += *through;
    }
    add(figures, "bare", bare);
    add(figures, "engine", engine);
    figures.add("engine_to_bare.rate", engine.perSecond() / bare.perSecond(), "ratio",
                FigureBound::atLeast(0.9));
    figures.add("engine_to_bare.cpu", engine.cpuMicroseconds() / bare.cpuMicroseconds(), "ratio");
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("qnam");
    if (const auto measured = measure(figures); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
