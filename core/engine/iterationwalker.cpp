// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/iterationwalker.h"

#include "core/base/random.h"
#include "core/engine/judgement.h"
#include "core/engine/pause.h"
#include "core/http/pendingexchange.h"
#include "core/plan/thinktime.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Headroom {

namespace {

/// So many steps in a row of which none could be sent take a break, so that a repetition of them neither keeps the
/// worker from everything else nor counts failures by the million.
constexpr int kMostUnsent = 100;
constexpr Nanoseconds kBreak = 1ms;

/// What becomes of a request that could not be made: a failure at once.
Exchange neverSent(SteadyTime now, const QString &why)
{
    Exchange exchange;
    exchange.sent = exchange.firstByte = exchange.finished = now;
    exchange.failure = FailureKind::Template;
    exchange.message = why;
    return exchange;
}

} // namespace

IterationWalker::IterationWalker(PlanPtr plan, SteadyTime start, Parts parts)
    : m_plan(std::move(plan))
    , m_steered(m_plan)
    , m_start(start)
    , m_parts(std::move(parts))
    , m_wallClock(m_parts.clock)
    , m_observer(*m_plan)
    , m_pauses(m_parts.clock)
{
    for (const Plan::Step &step : m_plan->steps)
        m_readers.push_back(AnswerReader::forStep(step));
    if (std::ranges::none_of(m_plan->steps, [](const Plan::Step &step) { return step.until.has_value(); }))
        return;
    for (const Plan::Step &step : m_plan->steps)
        m_until.push_back(step.until ? std::optional<AnswerCheck>(std::in_place, *step.until) : std::nullopt);
}

void IterationWalker::stop()
{
    m_isStopping = true;
    m_pauses.callAllNow();
}

Nanoseconds IterationWalker::byHand(Nanoseconds pause, SteadyTime from) const
{
    const double factor = m_steered->thinkFactorAt(from - m_start);
    return factor == 1.0 ? pause : Nanoseconds(std::llround(double(pause.count()) * factor));
}

void IterationWalker::closeSecondsUntil(SteadyTime now)
{
    if (now >= m_parts.keeper.border())
        m_parts.closeSeconds(now);
}

PooledTask<bool> IterationWalker::walk(Arrival arrival, VirtualUser &user)
{
    SteadyTime before = arrival.planned;
    FlowCursor cursor = begin(arrival, user);
    int unsent = 0; // in a row
    while (const std::optional<FlowCursor::Next> next = cursor.next(arrival.values)) {
        const SteadyTime planned = plannedTime(*next, arrival, before);
        if (!m_isStopping && planned > m_parts.clock.now())
            co_await Pause{m_pauses, planned};
        if (m_isStopping)
            co_return false;
        if (!next->step.isValid())
            break; // it was thought before a group, and then nothing of it was left
        arrival.values.repetition = next->lap;
        const Plan::Step &step = m_plan->steps[next->step.at()];
        Visit visit{next->step, step, arrival, planned};
        const SteadyTime sent = m_parts.clock.now();
        arrival.values.unixMicroseconds = m_wallClock.unixMicrosecondsAt(sent);
        Exchange exchange;
        std::optional<HttpRequest> own;
        if (const auto request = requestOf(step, arrival, user.cookies, own)) {
            visit.request = *request;
            countSend(visit, sent, std::exchange(arrival.waited, 0ns)); // that of the first step
            ++user.sent;
            exchange = co_await PendingExchange(m_parts.transport, **request, user.place);
            closeSecondsUntil(exchange.finished); // first what was before it
            m_parts.keeper.inFlight().change(exchange.finished, -1);
            unsent = 0;
        } else {
            exchange = neverSent(sent, request.error());
            cursor.leaveRepetition(); // nothing changes until the next time
            ++unsent;
        }
        Answer answer(exchange, m_wallClock);
        cursor.setDone(isDone(visit, answer)); // compared with the variables that the request was made of
        take(visit, answer, user);
        before = exchange.finished;
        if (unsent == kMostUnsent) {
            before += kBreak;
            unsent = 0;
            co_await Pause{m_pauses, before};
        }
        arrival.values.unixMicroseconds = m_wallClock.unixMicrosecondsAt(before); // for the conditions
    }
    co_return true;
}

/// An iteration at its beginning, with what is the user's own.
FlowCursor IterationWalker::begin(Arrival &arrival, VirtualUser &user) const
{
    if (user.variables.size() < m_plan->variables)
        user.variables.resize(m_plan->variables);
    arrival.values.content = arrival.content;
    arrival.values.variables = &user.variables;
    arrival.values.feeds = &m_plan->feeds;
    arrival.values.unixMicroseconds = m_wallClock.unixMicrosecondsAt(m_parts.clock.now());
    const FlowProgram &program = m_plan->flows[arrival.flow.at()].program;
    return {program, program.asksForFirst() && user.beginFlow(arrival.flow)};
}

SteadyTime IterationWalker::plannedTime(const FlowCursor::Next &next, const Arrival &arrival, SteadyTime before) const
{
    Nanoseconds think = next.groupThink;
    if (next.step.isValid())
        think += thinkTimeAt(m_plan->steps[next.step.at()].think,
                             randomAt(arrival.content, next.step.at(), next.lap));
    return before + byHand(think, before);
}

/// Whether an answer ends the repetition of its step. Without an answer nothing is known.
bool IterationWalker::isDone(const Visit &visit, Answer &answer) const
{
    if (m_until.empty() || !m_until[visit.index.at()] || answer.exchange().failure != FailureKind::None)
        return false;
    return m_until[visit.index.at()]->holds(answer, visit.arrival.values);
}

/// A step's request as a user sends it. Errors: why it cannot be made; then nothing is sent.
std::expected<HttpRequest, QString> IterationWalker::requestOf(const Plan::Step &step, const Arrival &arrival,
                                                               const CookieJar &cookies) const
{
    HttpRequest request = step.request;
    if (step.varying) {
        if (auto rendered = step.varying->render(arrival.values, request); !rendered)
            return std::unexpected(std::move(rendered.error()));
    }
    cookies.addTo(request);
    return request;
}

/// The same, without a copy of what is equal for all.
std::expected<const HttpRequest *, QString> IterationWalker::requestOf(const Plan::Step &step, const Arrival &arrival,
                                                                       const CookieJar &cookies,
                                                                       std::optional<HttpRequest> &own) const
{
    if (!step.varying && cookies.isEmpty())
        return &step.request;
    std::expected<HttpRequest, QString> made = requestOf(step, arrival, cookies);
    if (!made)
        return std::unexpected(std::move(made.error()));
    return &own.emplace(*std::move(made));
}

void IterationWalker::countSend(const Visit &visit, SteadyTime sent, Nanoseconds waited)
{
    closeSecondsUntil(sent); // first what was before it
    m_parts.keeper.recorder().recordSend(sent - visit.planned, waited);
    m_parts.keeper.inFlight().change(sent, 1);
}

/// What an answer leaves behind. Variables change last: what is shown of a failure is rendered once more, from those that
/// the request was made of.
void IterationWalker::take(const Visit &visit, Answer &answer, VirtualUser &user)
{
    const Exchange &exchange = answer.exchange();
    closeSecondsUntil(exchange.finished);
    if (!exchange.setCookies.isEmpty()) {
        if (const auto request = requestOf(visit.step, visit.arrival, user.cookies))
            user.cookies.take(request->url, exchange.setCookies);
    }
    const AnswerReader *reader = m_readers[visit.index.at()].get();
    const Judgement judgement =
        judge({visit.index, visit.step, visit.planned, reader, visit.arrival.values}, answer);
    record(visit, judgement, answer);
    if (reader && judgement.sample.outcome != Outcome::Rejected)
        reader->set(judgement.reading, user.variables);
}

void IterationWalker::observe(const Visit &visit, Outcome outcome, Answer &answer)
{
    const Plan::Step &step = visit.step;
    ObservationRecorder &into = m_parts.keeper.observations();
    if (outcome == Outcome::Answered && !step.observations.empty())
        m_observer.observe(step.observations, answer, visit.arrival.values, into);
    else if (outcome == Outcome::Rejected && !step.ofRejections.empty())
        m_observer.observe(step.ofRejections, answer, visit.arrival.values, into);
}

void IterationWalker::record(const Visit &visit, const Judgement &judgement, Answer &answer)
{
    const Sample &sample = judgement.sample;
    const Exchange &exchange = answer.exchange();
    SampleRecorder &recorder = m_parts.keeper.recorder();
    recorder.record(sample);
    m_parts.keeper.samples().add(sample);
    if (visit.request)
        m_parts.keeper.exemplars().look(sample, *visit.request);
    if (m_parts.batch)
        m_parts.batch->count(sample);
    if (m_parts.drain)
        m_parts.drain->count(sample);
    observe(visit, sample.outcome, answer);
    const auto sentence = [&] { return hidden(m_plan->redactor, failureSentence(judgement, exchange)); };
    if (sample.outcome == Outcome::Error && recorder.recordFailure(sample, sentence())) {
        const auto request = requestOf(visit.step, visit.arrival, {});
        recorder.keepExample(
            failureExample(request.value_or(visit.step.request), exchange, m_plan->redactor, judgement.reading.problem.detail));
    }
    if (sample.failure == FailureKind::Aborted)
        ++m_unfinished;
}

} // namespace Headroom
