// SPDX-License-Identifier: GPL-3.0-or-later
// The generator's own honesty. At half of its ceiling: does it keep its plan, and how late are its sends? And when now
// the generator, now the target is stopped for parts of seconds: does it name who was the limit?
#include "core/report/reportmodel.h"
#include "core/run/run.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/nginxserver.h"
#include "tests/support/targetprocess.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTimer>

#include <array>
#include <cmath>
#include <csignal>

using namespace Headroom;

namespace {

std::unexpected<Error> problem(const QString &text) { return failure(Error::Code::Internal, text); }

Result<ReportModel> run(const QByteArray &scenario, const QString &folder)
{
    auto preparation = prepare(scenario);
    if (!preparation)
        return problem(preparation.error().front().message);
    RunRequest request;
    request.scenarioText = scenario;
    request.sessionPath = folder + QStringLiteral("/%1.headroom").arg(qHash(scenario));
    const QString path = request.sessionPath;
    Run load(std::move(request), std::move(*preparation));
    std::optional<Error> error;
    QEventLoop loop;
    QObject::connect(&load, &Run::finished, &loop, [&](const std::optional<Error> &end) {
        error = end;
        loop.quit();
    });
    load.start();
    loop.exec();
    if (error)
        return std::unexpected(*error);
    const auto session = SessionReader::open(path);
    return session ? buildReport(**session) : std::unexpected(session.error());
}

/// `load`: the fields in front of the stages.
QByteArray scenarioWith(const QUrl &target, const QByteArray &stages, const QByteArray &load = {})
{
    return "headroom: 1\nname: bench\ntarget: { url: '" + target.toEncoded()
        + "' }\nflows: [ { steps: [ { get: / } ] } ]\nload: { " + load + "stages: [ " + stages + " ] }\n";
}

/// The open model at a rate for some seconds, with as many users as the closed loop has: more connections cost more.
Result<ReportModel> runOpen(const QUrl &target, double rate, int seconds, const QString &folder)
{
    const QByteArray written = "rate: " + QByteArray::number(rate, 'f', 0) + "/s";
    const QByteArray length = QByteArray::number(seconds) + " s";
    return run(scenarioWith(target,
                            "{ " + written + ", for: 2 s, warm_up: true }, { " + written + ", for: " + length + " }",
                            "users: 64, "),
               folder);
}

/// As `headroom calibrate` finds it: arrivals that come one by one cost more than answers that come in heaps, so the
/// closed loop alone would promise too much.
Result<double> ceilingOn(const QUrl &target, const QString &folder, Figures &figures)
{
    const auto closed =
        run(scenarioWith(target, "{ users: 64, for: 1 s, warm_up: true }, { users: 64, for: 5 s }"), folder);
    if (!closed)
        return std::unexpected(closed.error());
    const double ofClosed = closed->health.ceilingPerSecond.value_or(0.0);
    figures.add("closed_loop", closed->measured.ratePerSecond(), "requests/s");
    figures.add("closed_loop.ceiling", ofClosed, "requests/s", FigureBound::atLeast(100));
    const auto open = runOpen(target, std::floor(ofClosed / 2.0), 5, folder);
    if (!open)
        return std::unexpected(open.error());
    return std::min(ofClosed, open->health.ceilingPerSecond.value_or(ofClosed));
}

/// Against nginx, which takes a fraction of the processor time that the generator does.
Result<void> measureHalf(Figures &figures)
{
    const QTemporaryDir folder;
    NginxServer nginx;
    if (const auto started = nginx.start(QStringLiteral("access_log off; keepalive_requests 1000000000;")); !started)
        return started;
    const auto ceiling = ceilingOn(nginx.url(), folder.path(), figures);
    if (!ceiling)
        return std::unexpected(ceiling.error());
    figures.add("ceiling", *ceiling, "requests/s");
    const double rate = std::floor(*ceiling / 2.0);
    const auto half = runOpen(nginx.url(), rate, 20, folder.path());
    if (!half)
        return std::unexpected(half.error());
    const double wanted = rate * half->measured.lengthSeconds;
    const double off = std::abs(double(half->measured.latencies.counts.requests) / wanted - 1.0);
    figures.add("half.rate", half->measured.ratePerSecond(), "requests/s");
    figures.add("half.achieved.off", 100.0 * off, "%", FigureBound::atMost(0.1));
    figures.add("half.send_lag.p99", milliseconds(half->health.sendLag.valueAtQuantile(0.99)), "ms",
                FigureBound::atMost(1.0));
    figures.add("half.busy", 100.0 * rate / half->health.ceilingPerSecond.value_or(INFINITY), "%");
    figures.add("half.loop_lag.p99", milliseconds(half->health.loopLag.valueAtQuantile(0.99)), "ms");
    return {};
}

/// Stops and continues a process in turns. Whoever is stopped at the end is continued.
class Throttle
{
public:
    explicit Throttle(qint64 process)
        : m_process(pid_t(process))
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(!m_isStopped); });
    }
    ~Throttle() { end(); }
    void begin() { turn(true); }
    void end()
    {
        m_timer.stop();
        ::kill(m_process, SIGCONT);
    }

private:
    void turn(bool isStopped)
    {
        m_isStopped = isStopped;
        ::kill(m_process, isStopped ? SIGSTOP : SIGCONT);
        m_timer.start(isStopped ? 150 : 100);
    }
    const pid_t m_process;
    QTimer m_timer;
    bool m_isStopped = false;
};

enum Who { Nobody, Generator, Target };
constexpr std::array kWho{"nothing", "generator", "target"};
constexpr int kLength = 60; // s, of the run
constexpr int kPhase = 10; // s

/// Who is throttled in a second; nothing for the two in which that changes.
std::optional<Who> throttledIn(int second)
{
    constexpr std::array kPhases{Nobody, Generator, Nobody, Target, Nobody, Generator};
    const bool isBorder = second % kPhase == 0 || second % kPhase == kPhase - 1;
    return isBorder || second >= kLength ? std::nullopt : std::optional(kPhases[std::size_t(second / kPhase)]);
}

/// Follows the run's own progress, a line a second, and throttles as throttledIn() says.
bool throttleAlong(QProcess &headroom, qint64 target)
{
    Throttle ofGenerator(headroom.processId());
    Throttle ofTarget(target);
    QEventLoop loop;
    QObject::connect(&headroom, &QProcess::readyReadStandardOutput, &loop, [&] {
        while (headroom.canReadLine()) {
            const int ended = int(QJsonDocument::fromJson(headroom.readLine())[QLatin1String("t_s")].toDouble());
            if (ended % kPhase != 0 || ended > kLength)
                continue;
            ofGenerator.end();
            ofTarget.end();
            const auto next = throttledIn(ended + 1);
            if (next == Generator)
                ofGenerator.begin();
            if (next == Target)
                ofTarget.begin();
        }
    });
    QObject::connect(&headroom, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(3 * kLength * 1000, &loop, &QEventLoop::quit);
    loop.exec();
    return headroom.state() == QProcess::NotRunning;
}

Result<void> measureNaming(Figures &figures)
{
    const QTemporaryDir folder;
    // Late is then what is late by more than 5 ms, which a machine with other work reaches seldom.
    TargetProcess target;
    if (!target.start({QStringLiteral("--service-time"), QStringLiteral("*=50ms"), QStringLiteral("--workers"),
                       QStringLiteral("500"), QStringLiteral("--queue"), QStringLiteral("10000")}))
        return failure(Error::Code::Unreachable, QStringLiteral("headroom-target did not start"));
    QProcess headroom;
    headroom.setWorkingDirectory(folder.path());
    headroom.setStandardErrorFile(QProcess::nullDevice());
    headroom.start(headroomProgram(),
                   {QStringLiteral("run"), target.url().toString() + QStringLiteral("/documents/1"),
                    QStringLiteral("--rate"), QStringLiteral("200/s"), QStringLiteral("--users"), QStringLiteral("500"),
                    QStringLiteral("--duration"), QString::number(kLength) + QLatin1Char('s'),
                    QStringLiteral("--progress"), QStringLiteral("json"), QStringLiteral("--report"),
                    QStringLiteral("json=r.json")});
    if (!headroom.waitForStarted() || !throttleAlong(headroom, target.process().processId()))
        return problem(QStringLiteral("headroom did not end in time"));
    QFile report(folder.filePath(QStringLiteral("r.json")));
    if (!report.open(QIODevice::ReadOnly))
        return problem(QStringLiteral("headroom wrote no report"));
    const QJsonArray named =
        QJsonDocument::fromJson(report.readAll())[QLatin1String("series")][QLatin1String("limited_by")].toArray();
    std::array<std::array<int, 4>, kWho.size()> table{}; // who was throttled, who was named; the last: the plan
    int right = 0;
    int all = 0;
    for (int second = 0; second < std::min(kLength, int(named.size())); ++second) {
        const auto who = throttledIn(second);
        if (!who)
            continue;
        const auto name = std::ranges::find(kWho, named[second].toString().toStdString());
        ++table[*who][std::size_t(name - kWho.begin())];
        right += name == kWho.begin() + *who;
        ++all;
    }
    for (std::size_t who = 0; who < kWho.size(); ++who) {
        for (std::size_t name = 0; name < table[who].size(); ++name)
            figures.add(QByteArray("throttled.") + kWho[who] + ".named." + (name < kWho.size() ? kWho[name] : "plan"),
                        table[who][name], "seconds");
    }
    figures.add("named_right", all > 0 ? 100.0 * right / all : 0.0, "%", FigureBound::atLeast(95.0));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("generator");
    for (const auto measure : {measureHalf, measureNaming}) {
        if (const auto measured = measure(figures); !measured)
            figures.addFailure(measured.error());
    }
    return figures.conclude();
}
