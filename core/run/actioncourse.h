// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/conditionwatch.h"
#include "core/base/alarmqueue.h"
#include "core/base/plantime.h"
#include "core/http/transport.h"
#include "core/metrics/metricsframe.h"
#include "core/plan/plan.h"
#include "core/run/childprocess.h"
#include "core/run/profilecapture.h"

#include <QCoroTask>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Headroom {

/// Does the actions of a run beside its load: at their time in the plan, when their condition turns true, or by hand.
///
/// A request goes out on a transport of its own, a program runs in the scenario's folder; both take at most their own
/// time and hold nothing up. The plan's time counts: what is planned waits while the plan waits. Of a ladder, the next
/// rung comes when its condition is true again, judged by what came after the one before had settled, and not before
/// that was long enough to measure its effect.
/// Thread: the run thread. Lifetime: until it is not busy any more; clock and plan outlive it.
class ActionCourse : public QObject
{
    Q_OBJECT
public:
    /// `transport`: instead of the one that it would make; for tests.
    ActionCourse(PlanPtr plan, RunFactsPtr facts, QString folder, Clock &clock,
                 std::unique_ptr<Transport> transport = {});
    ~ActionCourse() override;

    /// How the number of the process that the run has started as its target is found; without it there is none.
    void setTargetProcess(std::function<qint64()> find) { m_targetProcess = std::move(find); }
    /// Tells the target to end, gives it that long, and tells what came of it when the load has ended.
    using TargetStop = std::function<QCoro::Task<DrainFindings>(Nanoseconds within)>;
    /// Before start(); needed by a plan with an action that stops the target.
    void stopTargetBy(TargetStop stop) { m_stopTarget = std::move(stop); }
    void start(SteadyTime startedAt);
    /// A hand has made the plan wait, go on, or jump.
    void setPlanTime(const PlanTime &time);
    /// Judges the conditions by a second more.
    void follow(const FramePtr &frame);
    /// Range: an action by hand; any other, and one that is under way, does nothing.
    void doByHand(int action);
    /// The load is over: what was planned for its very end is begun, and nothing after that.
    void finish();
    /// Nothing more is begun.
    void end();
    /// Also gives up what is under way, and waits for nothing that has to be stopped.
    void cut();
    /// Stops what commands have left running, and tells of it. Once it is not busy any more.
    QCoro::Task<> stopLeft();

    bool isBusy() const { return m_underWay > 0; }
    quint64 requestsMade() const { return m_requests; } ///< For the report's "auxiliary".

Q_SIGNALS:
    void happened(const Headroom::RunEvent &event); ///< An action begins; or it went wrong.
    void done(const Headroom::ActionDone &done); ///< Its end, whatever came of it.
    void captured(const Headroom::Attachment &file); ///< What a profile has brought; its end follows.
    void idle();

private:
    struct Progress
    {
        bool isBegun = false;
        bool isUnderWay = false;
        bool isStopping = false; // its command
        Nanoseconds at{};
        std::unique_ptr<ChildProcess> process; // of a command that is under way
        std::unique_ptr<Alarm> limit; // of the same
        std::unique_ptr<ProfileCapture> capture; // of a profile that has been begun
        int captures = 0;
    };
    struct Left ///< Runs on after the command that has started it.
    {
        int action = 0;
        std::unique_ptr<ChildProcess> process;
    };
    struct Climb ///< Actions that wait for one condition: a ladder, or one alone.
    {
        ConditionWatch watch;
        std::vector<int> rungs;
        std::size_t next = 0;
    };
    void addClimb(int action);
    void beginDue();
    void arm();
    void begin(int action);
    QCoro::Task<> call(int action);
    void runCommand(int action);
    QCoro::Task<> capture(int action);
    QString keep(int action, Attachment file, Nanoseconds length);
    QCoro::Task<> stopCommand(int action, QString why);
    void finishCommand(int action, const QString &how, bool isDone);
    QCoro::Task<> stopTarget(int action);
    void conclude(int action, const QString &text, bool isDone, const std::optional<DrainFindings> &drain = {});
    const Plan::Action &planned(int action) const { return m_plan->actions[std::size_t(action)]; }
    bool isTimed(int action) const;
    Nanoseconds sinceStart() const { return m_clock.now() - m_startedAt; }

    const PlanPtr m_plan;
    const RunFactsPtr m_facts;
    const QString m_folder;
    std::function<qint64()> m_targetProcess;
    Clock &m_clock;
    AlarmQueue m_alarms; // deadlines of the calls
    std::unique_ptr<Transport> m_transport; // with a call to make
    TargetStop m_stopTarget;
    std::unique_ptr<Alarm> m_next; // for what is due next
    PlanTime m_planTime;
    SteadyTime m_startedAt;
    std::vector<Progress> m_progress; // by action
    std::vector<Climb> m_climbs;
    std::vector<Left> m_left;
    quint64 m_requests = 0;
    int m_underWay = 0;
    int m_count = 0; // begun
    bool m_isOver = true; // until it starts
};

} // namespace Headroom
