// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/actioncourse.h"

#include "core/analysis/actioneffects.h"
#include "core/base/humanformat.h"
#include "core/base/redactor.h"
#include "core/plan/connectionplan.h"
#include "core/run/capturedfile.h"
#include "core/run/profiledprocess.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

using When = Scenario::Action::When;

constexpr std::chrono::milliseconds kStopWithin{2'000}; // from SIGTERM to SIGKILL
constexpr qsizetype kMaxText = 500; // ActionDone's
constexpr int kMostActions = 5'000; // that a hand may reach; far below what a session holds

bool expects(const Plan::Action &action, int status)
{
    return std::ranges::any_of(action.expect, [status](const Scenario::StatusRange &range) {
        return status >= range.low && status <= range.high;
    });
}

} // namespace

ActionCourse::ActionCourse(PlanPtr plan, RunFactsPtr facts, QString folder, Clock &clock,
                           std::unique_ptr<Transport> transport)
    : m_plan(std::move(plan))
    , m_facts(std::move(facts))
    , m_folder(std::move(folder))
    , m_clock(clock)
    , m_alarms(clock)
    , m_transport(std::move(transport))
    , m_progress(m_plan->actions.size())
{
    const auto calls =
        std::ranges::count_if(m_plan->actions, [](const Plan::Action &each) { return each.call.has_value(); });
    if (calls > 0 && !m_transport)
        m_transport = makeTransport(auxiliaryTransport(*m_plan), int(calls), clock, m_alarms);
    m_next = clock.makeAlarm([this] { beginDue(); });
    for (int action = 0; action < int(m_plan->actions.size()); ++action)
        addClimb(action);
}

ActionCourse::~ActionCourse() = default;

void ActionCourse::addClimb(int action)
{
    if (planned(action).when != When::Rule)
        return;
    if (planned(action).after >= 0)
        return m_climbs.back().rungs.push_back(action);
    if (const auto condition = parseCondition(planned(action).rule)) // else it was refused before the run
        m_climbs.push_back({ConditionWatch(*condition, m_facts), {action}});
}

void ActionCourse::start(SteadyTime startedAt)
{
    m_startedAt = startedAt;
    m_isOver = false;
    arm();
}

void ActionCourse::setPlanTime(const PlanTime &time)
{
    m_planTime = time;
    arm();
}

bool ActionCourse::isTimed(int action) const
{
    const When when = planned(action).when;
    return when == When::AtTime || when == When::StageStart || when == When::StageEnd;
}

void ActionCourse::arm()
{
    Nanoseconds next = PlanTime::kNever;
    for (int action = 0; action < int(m_progress.size()); ++action) {
        if (isTimed(action) && !m_progress[std::size_t(action)].isBegun)
            next = std::min(next, m_planTime.whenPlanReaches(planned(action).at));
    }
    if (m_isOver || next == PlanTime::kNever)
        m_next->cancel();
    else
        m_next->setFor(m_startedAt + next);
}

void ActionCourse::beginDue()
{
    for (int action = 0; action < int(m_progress.size()) && !m_isOver; ++action) {
        const bool isOpen = isTimed(action) && !m_progress[std::size_t(action)].isBegun;
        if (isOpen && m_planTime.whenPlanReaches(planned(action).at) <= sinceStart())
            begin(action);
    }
    arm();
}

void ActionCourse::follow(const FramePtr &frame)
{
    // Where all have ended meanwhile, their number may soon be somebody else's.
    std::erase_if(m_left, [](const Left &left) { return !left.process->group().holdsItsNumber(); });
    for (Climb &climb : m_climbs) {
        if (m_isOver || climb.next == climb.rungs.size())
            continue;
        if (climb.next > 0) {
            const int before = climb.rungs[climb.next - 1];
            const Progress &progress = m_progress[std::size_t(before)];
            // `at` is then the time when it had settled.
            if (progress.isUnderWay || frame->second * Nanoseconds(1s) < progress.at)
                continue;
        }
        if (!climb.watch.isTrueAfter(frame))
            continue;
        climb.watch.restart(std::size_t(ActionEffects::kFewestSeconds));
        begin(climb.rungs[climb.next++]);
    }
}

void ActionCourse::doByHand(int action)
{
    const bool isKnown = action >= 0 && std::size_t(action) < m_progress.size();
    if (isKnown && !m_isOver && m_count < kMostActions && planned(action).when == When::ByHand
        && !m_progress[std::size_t(action)].isUnderWay)
        begin(action);
}

void ActionCourse::finish()
{
    if (!m_isOver) {
        beginDue();
        for (int action = 0; action < int(m_progress.size()); ++action) {
            const bool isAtEnd =
                planned(action).when == When::StageEnd && m_plan->length > 0ns && planned(action).at >= m_plan->length;
            if (isAtEnd && !m_progress[std::size_t(action)].isBegun)
                begin(action);
        }
    }
    end();
}

void ActionCourse::end()
{
    m_isOver = true;
    m_next->cancel();
}

void ActionCourse::cut()
{
    end();
    if (m_transport)
        m_transport->abortAll();
    for (int action = 0; action < int(m_progress.size()); ++action) {
        const Progress &progress = m_progress[std::size_t(action)];
        if (progress.isUnderWay && progress.capture)
            progress.capture->cut();
        if (!progress.process)
            continue;
        progress.process->hurry();
        stopCommand(action, QStringLiteral("was cut with the run"));
    }
    for (const Left &left : m_left)
        left.process->hurry();
}

QCoro::Task<> ActionCourse::stopLeft()
{
    std::vector<std::pair<int, QCoro::Task<GroupEnd>>> ends;
    for (const Left &left : m_left) {
        if (left.process->group().isThere())
            ends.emplace_back(left.action, left.process->stop());
    }
    for (auto &[action, end] : ends) {
        co_await end;
        Q_EMIT happened({sinceStart(), QStringLiteral("note"),
                         QStringLiteral("action '%1': what its command had left running was stopped with the run")
                             .arg(planned(action).name)});
    }
    m_left.clear();
}

void ActionCourse::begin(int action)
{
    Progress &progress = m_progress[std::size_t(action)];
    progress.isBegun = true;
    progress.isUnderWay = true;
    progress.isStopping = false;
    progress.at = sinceStart();
    ++m_underWay;
    ++m_count;
    const Plan::Action &doing = planned(action);
    Q_EMIT happened({progress.at, QStringLiteral("action"), QStringLiteral("%1: %2").arg(doing.name, doing.text)});
    if (doing.call)
        call(action);
    else if (doing.capture)
        capture(action);
    else if (doing.stopsTarget)
        stopTarget(action);
    else
        runCommand(action);
}

QCoro::Task<> ActionCourse::stopTarget(int action)
{
    const DrainFindings found = co_await m_stopTarget(planned(action).within);
    conclude(action, drainText(found), found.isDrained(), found);
}

QCoro::Task<> ActionCourse::call(int action)
{
    const Exchange exchange = co_await m_transport->send(*planned(action).call);
    m_requests += 1 + quint64(exchange.resends);
    const bool isTooLong = planned(action).capture && exchange.hasLongBody(); // and was cut there
    if (exchange.failure != FailureKind::None && !isTooLong)
        co_return conclude(action, QStringLiteral("got no answer: ") + exchange.message, false);
    const bool isExpected = expects(planned(action), exchange.status);
    if (isExpected && planned(action).capture) {
        if (isTooLong)
            co_return conclude(action,
                               QStringLiteral("answered more than %1, which is too much to attach; ask for less, such "
                                              "as a profile of a shorter time")
                                   .arg(formatBytes(double(Exchange::kMaxBody))),
                               false);
        if (exchange.body.isEmpty())
            co_return conclude(action, QStringLiteral("answered %1 with nothing to attach").arg(exchange.status), false);
        const Attachment file = capturedFile(planned(action).name, ++m_progress[std::size_t(action)].captures, exchange.body,
                                             exchange.contentType);
        co_return conclude(action, keep(action, file, 0ns), true);
    }
    conclude(action,
             QStringLiteral("answered %1%2")
                 .arg(exchange.status)
                 .arg(isExpected ? QString() : QStringLiteral(", which is not expected")),
             isExpected);
}

QCoro::Task<> ActionCourse::capture(int action)
{
    const Plan::Action &doing = planned(action);
    Progress &progress = m_progress[std::size_t(action)];
    ProfileCapture::Order order{.capture = *doing.capture,
                                .command = doing.command,
                                .folder = m_folder,
                                .name = doing.name,
                                .number = ++progress.captures,
                                .within = doing.within};
    if (doing.capture->kind != Scenario::Capture::Kind::Command) {
        auto pids = profiledProcesses(*doing.capture, m_targetProcess ? int(m_targetProcess()) : 0);
        if (!pids)
            co_return conclude(action, pids.error().message, false);
        order.pids = std::move(*pids);
    }
    if (!progress.capture)
        progress.capture = std::make_unique<ProfileCapture>(m_clock);
    const ProfileCapture::Outcome outcome = co_await progress.capture->record(std::move(order));
    if (!outcome.file)
        co_return conclude(action, outcome.text, false);
    conclude(action, keep(action, *outcome.file, doing.capture->length), true);
}

/// Hands a file on, and says what it is.
QString ActionCourse::keep(int action, Attachment file, Nanoseconds length)
{
    const bool isProfiler = planned(action).capture->kind == Scenario::Capture::Kind::Perf
        || planned(action).capture->kind == Scenario::Capture::Kind::PySpy;
    file.at = m_progress[std::size_t(action)].at;
    file.bytes = hidden(m_plan->redactor, file.bytes); // an answer may echo what it was sent
    Q_EMIT captured(file);
    return capturedText(file, isProfiler ? length : 0ns);
}

void ActionCourse::runCommand(int action)
{
    Progress &progress = m_progress[std::size_t(action)];
    const Result<CommandLine> words = findCommand(planned(action).command, m_folder);
    progress.process = std::make_unique<ChildProcess>();
    const Result<void> started =
        words ? progress.process->start(*words, m_folder, kStopWithin) : std::unexpected(words.error());
    if (!started)
        return finishCommand(action, started.error().text(), false);
    connect(progress.process.get(), &ChildProcess::died, this, [this, action](const QString &how) {
        finishCommand(action, how, m_progress[std::size_t(action)].process->hasSucceeded());
    });
    progress.limit = m_clock.makeAlarm([this, action] {
        stopCommand(action,
                    QStringLiteral("had not ended after %1, its time limit, and was stopped")
                        .arg(formatDuration(planned(action).within)));
    });
    progress.limit->setFor(m_clock.now() + planned(action).within);
}

QCoro::Task<> ActionCourse::stopCommand(int action, QString why)
{
    Progress &progress = m_progress[std::size_t(action)];
    if (std::exchange(progress.isStopping, true))
        co_return;
    ChildProcess *process = progress.process.get();
    process->disconnect(this);
    if (progress.limit)
        progress.limit->cancel();
    co_await process->stop();
    const QString said = process->words().text();
    finishCommand(action, why + (said.isEmpty() ? QString() : QStringLiteral("; it said: ") + said), false);
}

/// The process may be the one that tells of it.
void ActionCourse::finishCommand(int action, const QString &how, bool isDone)
{
    Progress &progress = m_progress[std::size_t(action)];
    if (progress.limit)
        progress.limit->cancel();
    const bool hasLeftSome = progress.process->group().isThere();
    if (hasLeftSome)
        m_left.push_back({action, std::move(progress.process)});
    else
        progress.process.release()->deleteLater();
    conclude(action, hasLeftSome ? how + QStringLiteral("; what it has started runs on") : how, isDone);
}

void ActionCourse::conclude(int action, const QString &text, bool isDone, const std::optional<DrainFindings> &drain)
{
    Progress &progress = m_progress[std::size_t(action)];
    const QString shown = hidden(m_plan->redactor, text).left(kMaxText);
    const Nanoseconds took = drain ? drain->took : std::max(Nanoseconds(0), sinceStart() - progress.at);
    const ActionDone result{action, progress.at, took, isDone, shown, drain};
    progress.at = result.at + result.took + planned(action).settle; // from now on: when it has settled
    progress.isUnderWay = false;
    --m_underWay;
    if (!isDone && !drain) // whose findings are events already
        Q_EMIT happened({result.at + result.took, QStringLiteral("note"),
                         QStringLiteral("action '%1' went wrong: %2").arg(planned(action).name, shown)});
    Q_EMIT done(result);
    if (m_underWay == 0)
        Q_EMIT idle();
}

} // namespace Headroom
