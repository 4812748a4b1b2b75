// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"
#include "core/engine/pause.h"
#include "core/http/pendingexchange.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

struct Reply
{
    int status = 200;
    QByteArray body{};
    std::vector<std::pair<QByteArray, QByteArray>> headers{};
};
using Target = std::function<Reply(const QString &path, int request)>;

/// Answers after 10 ms, with what the request wants.
class TellingTransport final : public Transport
{
public:
    TellingTransport(Clock &clock, QStringList &paths, Target target)
        : m_clock(clock)
        , m_paths(paths)
        , m_target(std::move(target))
        , m_answers(clock)
    {
    }

    void start(PendingExchange &pending) override { exchange(pending).letGo(); }
    void abortAll() override { m_answers.callAllNow(); }
    int inFlight() const override { return m_inFlight; }
    int capacity() const override { return 1000; }
    void growTo(int) override { }

private:
    PooledTask<> exchange(PendingExchange &pending)
    {
        const HttpRequest &request = pending.request();
        Exchange &exchange = pending.exchange();
        ++m_inFlight;
        exchange.sent = m_clock.now();
        const Reply reply = m_target(request.url.path(), int(m_paths.size()));
        m_paths.append(request.url.path());
        co_await Pause{m_answers, exchange.sent + 10ms};
        exchange.firstByte = exchange.finished = m_clock.now();
        exchange.status = reply.status;
        exchange.bytesIn = std::uint64_t(reply.body.size());
        if (request.wantsBody)
            exchange.body = reply.body;
        if (request.wantsHeaders)
            exchange.headers = reply.headers;
        --m_inFlight;
        pending.finish();
    }

    Clock &m_clock;
    QStringList &m_paths;
    Target m_target;
    AlarmQueue m_answers;
    int m_inFlight = 0;
};

/// One user, one request each second, on a clock that is moved by hand.
class Load
{
public:
    /// `target` and `steps` in YAML.
    Load(const QByteArray &steps, Target answers, const QByteArray &target = {})
    {
        const ScenarioReading reading =
            readScenario("headroom: 1\ntarget: { url: http://127.0.0.1:1" + target + " }\nflows: [ { steps: [" + steps
                         + "] } ]\nload: { users: 1, iterations: 3 }\n");
        for (const Diagnostic &problem : reading.diagnostics)
            qWarning().noquote() << problem.message;
        m_plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1).value();
        const SteadyTime start = m_clock.now() + 1s;
        LoadDriver driver(WorkerSetup{.plan = m_plan,
                                      .makeTransport =
                                          [&](int, const Clock &, AlarmQueue &) {
                                              return std::make_unique<TellingTransport>(m_clock, paths, answers);
                                          }},
                          m_clock, start,
                          LoadDriver::Reports{.interval = [this](const IntervalSnapshotPtr &second) { take(*second); },
                                              .finished = [](std::uint64_t) {}});
        m_clock.advance(4s);
        driver.cut();
    }

    const Plan::Step &step(int index) const { return m_plan->steps[std::size_t(index)]; }

    QStringList paths;
    QStringList failures; ///< "kind x count: message"
    QStringList details; ///< Of the examples.

private:
    void take(const IntervalSnapshot &second)
    {
        for (const FailureCount &failure : second.failures) {
            failures.append(QStringLiteral("%1 x %2: %3")
                                .arg(failureKindName(failure.kind))
                                .arg(failure.count)
                                .arg(failure.message));
            if (failure.example)
                details.append(failure.example->detail);
        }
    }

    PlanPtr m_plan;
    ManualClock m_clock;
};

} // namespace

/// Checks, extraction and identity in a load that is under way.
class AnswersInLoadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wantsNothingWithoutNeed();
    void usesWhatAnAnswerHasSet();
    void countsFailedChecksByTheirTexts();
    void sendsNothingWhoseVariableIsUnset();
    void keepsVariablesOverARejection();
    void findsTheAnswersOfOthers();
};

void AnswersInLoadTest::wantsNothingWithoutNeed()
{
    const auto always = [](const QString &, int) { return Reply{}; };
    const Load load(
        "{ get: /a }, { get: /b, check: [ 'time < 5 s', size == 0 B ] }, { get: /c, check: [ $.a missing ] }, "
        "{ get: /d, extract: { x: header X } }",
        always);
    const auto wants = [&load](int step) {
        const HttpRequest &request = load.step(step).request;
        return std::pair(request.wantsHeaders, request.wantsBody);
    };
    QCOMPARE(wants(0), std::pair(false, false));
    QCOMPARE(wants(1), std::pair(false, false)); // times and sizes are always known
    QCOMPARE(wants(2), std::pair(false, true));
    QCOMPARE(wants(3), std::pair(true, false));
}

void AnswersInLoadTest::usesWhatAnAnswerHasSet()
{
    const auto answers = [](const QString &path, int request) {
        return path == u"/find" ? Reply{200, "{\"id\": \"doc " + QByteArray::number(request) + "\"}"} : Reply{};
    };
    const Load load("{ get: /find, extract: { first: $.id } }, { get: '/documents/${first}' }", answers);
    const QStringList expected{"/find", "/documents/doc 0", "/find", "/documents/doc 2", "/find", "/documents/doc 4"};
    QCOMPARE(load.paths, expected);
    QVERIFY2(load.failures.isEmpty(), qPrintable(load.failures.join(u'\n')));
}

void AnswersInLoadTest::countsFailedChecksByTheirTexts()
{
    // Three answers with another number each: one row, and one example.
    const auto answers = [](const QString &, int request) {
        return Reply{200, "{\"n\": " + QByteArray::number(request + 10) + '}'};
    };
    const Load load("{ get: /, check: [ $.n < 10 ] }", answers);
    QCOMPARE(load.failures, QStringList{"check x 3: check failed: $.n < 10"});
    QCOMPARE(load.details, QStringList{"found '10'"});
}

void AnswersInLoadTest::sendsNothingWhoseVariableIsUnset()
{
    // The second answer has no id: what was extracted from the first one is forgotten.
    const auto answers = [](const QString &path, int request) {
        return path == u"/find" && request != 2 ? Reply{200, R"({"id": 1})"} : Reply{200, "{}"};
    };
    const Load load("{ get: /find, extract: { first: $.id } }, { get: '/documents/${first}' }", answers);
    const QStringList expected{"/find", "/documents/1", "/find", "/find", "/documents/1"};
    QCOMPARE(load.paths, expected);
    QCOMPARE(load.failures.size(), 2);
    QCOMPARE(load.failures[0], "check x 1: nothing was extracted from $.id: the body has nothing at $.id");
    QVERIFY2(load.failures[1].startsWith("template x 1: "), qPrintable(load.failures[1]));
}

void AnswersInLoadTest::keepsVariablesOverARejection()
{
    const auto answers = [](const QString &path, int request) {
        if (path != u"/find")
            return Reply{};
        return request == 2 ? Reply{429, "busy"} : Reply{200, "{\"id\": " + QByteArray::number(request) + '}'};
    };
    const Load load("{ get: /find, expect: [200, 429], extract: { first: $.id }, check: [ $.id exists ] }, "
                    "{ get: '/documents/${first}' }",
                    answers);
    const QStringList expected{"/find", "/documents/0", "/find", "/documents/0", "/find", "/documents/4"};
    QCOMPARE(load.paths, expected);
    QVERIFY2(load.failures.isEmpty(), qPrintable(load.failures.join(u'\n')));
}

void AnswersInLoadTest::findsTheAnswersOfOthers()
{
    // User 0 gets its own answer, that of agent 5 and one of nobody.
    const auto answers = [](const QString &, int request) {
        if (request == 2)
            return Reply{};
        return Reply{200, {}, {{"x-agent-id", request == 0 ? "agent-0" : "agent-5"}}};
    };
    const Load load("{ get: / }", answers, ", identity: { at: header X-Agent-Id, is: 'agent-${user}' }");
    const QStringList expected{
        "identity x 1: the answer was meant for another user: header X-Agent-Id is not agent-${user}",
        "identity x 1: the answer does not say whose it is: the answer has no header X-Agent-Id"};
    QCOMPARE(load.failures, expected);
    QCOMPARE(load.details, (QStringList{"found 'agent-5' instead of 'agent-0'", QString()}));
}

QTEST_GUILESS_MAIN(AnswersInLoadTest)
#include "tst_answersinload.moc"
