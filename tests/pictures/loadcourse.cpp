// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadcourse.h"

#include "core/engine/loaddriver.h"
#include "core/http/pendingexchange.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/support/faketransport.h"
#include "tests/support/manualclock.h"

#include <algorithm>

namespace Headroom {

namespace {

Nanoseconds inNanoseconds(double seconds) { return Nanoseconds(std::llround(seconds * 1e9)); }
double inSeconds(Nanoseconds time) { return double(time.count()) / 1e9; }

/// A transport that remembers which path was asked for when, and takes as long as it is told.
class WatchedTransport final : public Transport
{
public:
    using Seen = std::function<void(const QString &path)>;
    WatchedTransport(std::unique_ptr<FakeTransport> behind, Seen seen)
        : m_behind(std::move(behind))
        , m_seen(std::move(seen))
    {
    }
    void start(PendingExchange &pending) override
    {
        m_seen(pending.request().url.path());
        m_behind->start(pending);
    }
    void abortAll() override { m_behind->abortAll(); }
    int inFlight() const override { return m_behind->inFlight(); }
    int capacity() const override { return m_behind->capacity(); }
    void growTo(int capacity) override { m_behind->growTo(capacity); }

private:
    std::unique_ptr<FakeTransport> m_behind;
    Seen m_seen;
};

/// One driver of one worker on a clock moved by hand, and what it does.
class Walk
{
public:
    Walk(const PlanPtr &plan, ServiceTime serviceTime)
        : m_plan(plan)
        , m_serviceTime(std::move(serviceTime))
    {
        WorkerSetup setup{plan, 0, 1, {}};
        setup.makeTransport = [this](int capacity, const Clock &clock, AlarmQueue &alarms) {
            return transport(capacity, clock, alarms);
        };
        LoadDriver::Reports reports;
        reports.interval = [](const IntervalSnapshotPtr &) { };
        reports.finished = [this](std::uint64_t) { m_isFinished = true; };
        reports.batchDone = [this](const BatchResult &) { ++m_batchesDone; };
        m_driver = std::make_unique<LoadDriver>(setup, m_clock, m_start, reports);
    }
    LoadCourse course();

private:
    double now() const { return inSeconds(m_clock.now() - m_start); }
    double serviceTime(std::size_t request) const { return m_serviceTime(request, now()); }
    std::unique_ptr<Transport> transport(int capacity, const Clock &clock, AlarmQueue &alarms);
    void see(const QString &path);
    void walkBatches();
    void addPlan(LoadCourse &course) const;

    PlanPtr m_plan;
    ServiceTime m_serviceTime;
    ManualClock m_clock;
    const SteadyTime m_start = m_clock.now() + 1s;
    std::unique_ptr<LoadDriver> m_driver;
    QStringList m_paths;
    LoadCourse m_course;
    int m_batchesDone = 0;
    bool m_isFinished = false;
};

std::unique_ptr<Transport> Walk::transport(int capacity, const Clock &clock, AlarmQueue &alarms)
{
    const auto answer = [this](std::uint64_t request, Nanoseconds) {
        return FakeTransport::Answer{inNanoseconds(serviceTime(request))};
    };
    return std::make_unique<WatchedTransport>(std::make_unique<FakeTransport>(capacity, clock, alarms, answer),
                                              [this](const QString &path) { see(path); });
}

void Walk::see(const QString &path)
{
    if (!m_paths.contains(path))
        m_paths << path;
    m_course.requests.push_back(
        {now(), now(), now() + serviceTime(m_course.requests.size()), int(m_paths.indexOf(path))});
}

/// As the run does it: each batch when the one before is done, a little later, so that the barrier can be seen.
void Walk::walkBatches()
{
    for (int batch = 0; batch < m_plan->batches->count; ++batch) {
        if (batch > 0)
            m_driver->releaseBatch(batch, m_clock.now() + 300ms); // the first begins by itself
        while (m_batchesDone <= batch)
            m_clock.advance(5ms);
        m_course.barriers.push_back(now());
    }
    m_driver->drain();
}

void Walk::addPlan(LoadCourse &course) const
{
    const double length = inSeconds(m_plan->length);
    if (!m_plan->batches) {
        for (double time = 0.0; time < length; time += length / 240)
            course.line.push_back({time, m_plan->profile.valueAt(inNanoseconds(time))});
    }
    if (!m_plan->isOpenModel)
        return;
    for (const Plan::Stream &stream : m_plan->streams) {
        for (std::uint64_t k = 0; const auto planned = stream.schedule.plannedStart(k); ++k)
            course.arrivals.push_back(inSeconds(*planned));
    }
    std::ranges::sort(course.arrivals);
    // Requests of one step each are sent in the order of their arrivals.
    if (m_plan->steps.size() == 1 && m_plan->late == Scenario::Late::Queue) {
        for (std::size_t i = 0; i < std::min(course.requests.size(), course.arrivals.size()); ++i)
            course.requests[i].planned = course.arrivals[i];
    }
}

LoadCourse Walk::course()
{
    constexpr auto kLongest = 60s;
    if (m_plan->batches)
        walkBatches();
    for (int i = 0; !m_isFinished && i * 10ms < kLongest; ++i)
        m_clock.advance(10ms);
    addPlan(m_course);
    m_course.length = std::max(inSeconds(m_plan->length),
                               m_course.requests.empty()
                                   ? 0.0
                                   : std::ranges::max(m_course.requests, {}, &LoadCourse::Request::finished).finished);
    return m_course;
}

} // namespace

void LoadCourse::append(const LoadCourse &next)
{
    constexpr double kGap = 0.4;
    barriers.push_back(length);
    length += kGap;
    line.push_back({length, 0.0});
    for (Request request : next.requests)
        requests.push_back({request.planned + length, request.sent + length, request.finished + length, request.flow});
    for (const double arrival : next.arrivals)
        arrivals.push_back(arrival + length);
    for (const Point &point : next.line)
        line.push_back({point.time + length, point.value});
    length += next.length;
}

LoadCourse walkLoad(const QByteArray &scenario, const ServiceTime &serviceTime)
{
    const ScenarioReading reading = readScenario(scenario);
    for (const Diagnostic &problem : reading.diagnostics)
        qWarning("%s", qPrintable(problem.message));
    const auto plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
    if (!plan) {
        for (const Diagnostic &problem : plan.error())
            qFatal("%s", qPrintable(problem.message));
    }
    return Walk(*plan, serviceTime).course();
}

} // namespace Headroom
