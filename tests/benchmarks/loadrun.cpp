// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/loadrun.h"

#include "core/base/steadyclock.h"
#include "core/plan/planner.h"
#include "core/stats/histogramcodec.h"

#include <QEventLoop>
#include <QNetworkProxy>

#include <sys/resource.h>

namespace Headroom {

namespace {

constexpr auto kLead = 100ms; // between making the driver and its first request

double seconds(const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) * 1e-6; }

Result<void> addUp(const std::vector<IntervalSnapshotPtr> &snapshots, LoadFigures &figures)
{
    for (const IntervalSnapshotPtr &snapshot : snapshots) {
        figures.length += snapshot->length;
        if (const auto merged = mergeEncodedHistogram(snapshot->sendLag, figures.sendLag); !merged)
            return merged;
        for (const EncodedLatencySet &step : snapshot->steps) {
            if (const auto merged = mergeInto(figures.latencies, step); !merged)
                return merged;
        }
    }
    return {};
}

} // namespace

Scenario oneRequestScenario(const QByteArray &method, const QString &path)
{
    Scenario scenario;
    Scenario::Flow flow;
    flow.name = QStringLiteral("flow");
    flow.steps.resize(1);
    flow.steps[0].method = method;
    flow.steps[0].path = path;
    scenario.flows = {flow};
    return scenario;
}

Result<LoadFigures> runLoad(const Scenario &scenario, const QUrl &target, const TransportFactory &makeTransport)
{
    const auto plan = compilePlan(scenario, target, 1);
    if (!plan)
        return failure(Error::Code::InvalidInput, plan.error().front().message);
    WorkerSetup setup;
    setup.plan = *plan;
    setup.makeTransport = makeTransport;

    LoadFigures figures;
    std::vector<IntervalSnapshotPtr> snapshots; // read afterwards, so that reading them delays nothing
    QEventLoop loop;
    LoadDriver::Reports reports;
    reports.interval = [&](const IntervalSnapshotPtr &snapshot) { snapshots.push_back(snapshot); };
    reports.finished = [&](std::uint64_t unfinished) {
        figures.unfinished = unfinished;
        loop.quit();
    };
    removeTimerSlack();
    SteadyClock clock;
    const double cpuBefore = ownCpuSeconds();
    LoadDriver driver(setup, clock, clock.now() + kLead, reports);
    loop.exec();
    figures.cpuSeconds = ownCpuSeconds() - cpuBefore;
    if (const auto added = addUp(snapshots, figures); !added)
        return std::unexpected(added.error());
    return figures;
}

double ownCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void setUpLikeHeadroom()
{
    qputenv("QT_NO_GLIB", "1");
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
}

} // namespace Headroom
