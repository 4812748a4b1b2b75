// SPDX-License-Identifier: GPL-3.0-or-later
// A target that stands still for 1.4 s in the middle of a run. What a strange user would have waited is known in
// advance, so the percentile can be held against arithmetic; a time that is taken from the send misses it.
#include "core/http/qnam/qnamtransport.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/benchmarks/truthpairs.h"
#include "tests/support/targetprocess.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <csignal>

using namespace Headroom;

namespace {

constexpr double kRequestsPerSecond = 500.0;
constexpr auto kLength = 30s;
constexpr int kUsers = 20;
constexpr auto kFreezeAfter = 10s;
constexpr auto kFrozen = 1400ms;
// One in a hundred waited longer than the p99: those of the first 0.01 x 30 s of the freeze.
constexpr Nanoseconds kAboveP99 = Nanoseconds(kLength) / 100;
constexpr int kServedBefore =
    int(kRequestsPerSecond * kLength / 1s / 100) + kUsers; // from the thaw up to the p99's request

Scenario scenario()
{
    Scenario made = oneRequestScenario("POST", QStringLiteral("/retrieve"));
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(kRequestsPerSecond), Rate::perSecond(kRequestsPerSecond));
    stage.length = kLength;
    made.load.stages = {stage};
    made.load.users = kUsers;
    return made;
}

/// Stops a process for a while, from a timer of this thread; remembers when it was let go.
class Freezer
{
public:
    explicit Freezer(qint64 process)
        : m_process(pid_t(process))
    {
        QTimer::singleShot(kFreezeAfter, Qt::PreciseTimer, &m_context, [this] {
            kill(m_process, SIGSTOP);
            m_frozenAt = SteadyTime::clock::now();
        });
        QTimer::singleShot(kFreezeAfter + kFrozen, Qt::PreciseTimer, &m_context, [this] {
            kill(m_process, SIGCONT);
            m_thawedAt = SteadyTime::clock::now();
        });
    }
    Nanoseconds frozenFor() const { return m_thawedAt - m_frozenAt; }
    SteadyTime thawedAt() const { return m_thawedAt; }

private:
    pid_t m_process;
    QObject m_context;
    SteadyTime m_frozenAt;
    SteadyTime m_thawedAt;
};

/// How long after the thaw the request was answered that stands at the p99: those before it had to be served first.
Nanoseconds drainUpToP99(const std::vector<ClientRow> &rows, SteadyTime thawedAt)
{
    std::vector<SteadyTime> ends;
    for (const ClientRow &row : rows) {
        if (row.finished >= thawedAt)
            ends.push_back(row.finished);
    }
    std::ranges::sort(ends);
    return ends.size() < std::size_t(kServedBefore) ? 0ns : Nanoseconds(ends[kServedBefore - 1] - thawedAt);
}

Result<void> measure(Figures &figures)
{
    TargetProcess target;
    if (!target.start({QStringLiteral("--service-time"), QStringLiteral("retrieve=1ms"), QStringLiteral("--workers"),
                       QString::number(kUsers), QStringLiteral("--queue"), QStringLiteral("2000")}))
        return failure(Error::Code::Unreachable, QStringLiteral("headroom-target did not start"));
    std::vector<ClientRow> rows;
    rows.reserve(std::size_t(kRequestsPerSecond * kLength / 1s));
    const Freezer freezer(target.process().processId());
    const auto load = runLoad(scenario(), target.url(), [&rows](int capacity, const Clock &clock, AlarmQueue &alarms) {
        return std::make_unique<RecordingTransport>(std::make_unique<QnamTransport>(ConnectionOptions(), capacity, clock, alarms), rows);
    });
    if (!load)
        return std::unexpected(load.error());
    const Nanoseconds drain = drainUpToP99(rows, freezer.thawedAt());
    const double expected = milliseconds(freezer.frozenFor() - kAboveP99);
    const double corrected = milliseconds(load->latencies[LatencyKind::Response].valueAtQuantile(0.99));
    figures.add("requests", double(load->latencies.counts.requests), "requests",
                FigureBound::exactly(kRequestsPerSecond * kLength / 1s));
    figures.add("errors", double(load->latencies.counts.errors), "requests", FigureBound::exactly(0));
    figures.add("frozen_for", milliseconds(freezer.frozenFor()), "ms");
    figures.add("drain", milliseconds(drain), "ms");
    figures.add("corrected.p99", corrected, "ms");
    figures.add("corrected.p99.off", std::abs(corrected - expected - milliseconds(drain)), "ms",
                FigureBound::atMost(0.02 * expected));
    figures.add("uncorrected.p99", milliseconds(load->latencies[LatencyKind::Service].valueAtQuantile(0.99)), "ms",
                FigureBound::atMost(100));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("frozen");
    if (const auto measured = measure(figures); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
