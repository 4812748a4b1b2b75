// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"
#include "core/engine/engine.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/support/scriptedserver.h"

#include <QMap>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

PlanPtr planOf(const QByteArray &text, const QUrl &target)
{
    const ScenarioReading reading = readScenario(text);
    for (const Diagnostic &problem : reading.diagnostics)
        qWarning().noquote() << problem.range.start.line << problem.message;
    const auto plan = compilePlan(reading.scenario, target, 1);
    return plan ? *plan : nullptr;
}

/// "name: value" of a request's header; "-" when it has none, both when it has two.
QByteArray headerOf(const QByteArray &request, const QByteArray &name)
{
    QByteArrayList values;
    for (const QByteArray &line : request.first(request.indexOf("\r\n\r\n")).split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ':'))
            values.append(line.sliced(name.size() + 1).trimmed());
    }
    return values.isEmpty() ? QByteArray("-") : values.join(" and ");
}

QByteArray pathOf(const QByteArray &request) { return request.split(' ').at(1); }

QByteArray bodyOf(const QByteArray &request) { return request.sliced(request.indexOf("\r\n\r\n") + 4); }

/// Runs a load to its end against the server, which lives in this thread.
bool run(const QByteArray &scenario, ScriptedServer &server, int workers)
{
    const PlanPtr plan = planOf(scenario, server.url(QString()));
    if (!plan)
        return false;
    SteadyClock clock;
    Engine engine(plan, workers, clock, {.name = QStringLiteral("qnam")});
    QSignalSpy finished(&engine, &Engine::finished);
    engine.start(clock.now() + 50ms);
    if (!finished.wait(30'000))
        engine.cut();
    return finished.count() == 1 || finished.wait(10'000);
}

/// Every second request of a user would fail if another user's cookie came with it.
ServerScript answerWithCookie(const QByteArray &request)
{
    const QByteArray agent = headerOf(request, "X-Agent");
    const QByteArray cookie = headerOf(request, "Cookie");
    if (cookie == "-")
        return ServerScript::answer("200 OK", agent,
                                    "Set-Cookie: sid=" + agent + "; Path=/\r\nSet-Cookie: other=1; Path=/x\r\n");
    return cookie == "sid=" + agent ? ServerScript::ok(agent) : ServerScript::answer("409 Conflict", cookie);
}

} // namespace

/// Users on the wire: identity, templates and cookies, over connections that they share.
class UsersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenAgentsWithFiftyRapidRequestsEach_data() { workers(); }
    void tenAgentsWithFiftyRapidRequestsEach();
    void everyPlaceGetsItsValues();
    void usersKeepTheirOwnCookies_data() { workers(); }
    void usersKeepTheirOwnCookies();
    void visitorsBeginWithoutCookiesOnSharedConnections();
    void cookiesCanBeSwitchedOff();
    void aCookieHeaderOfTheScenarioStays();
    void examplesShowTheRequestAsItWasSent();

private:
    static void workers();
};

void UsersTest::workers()
{
    QTest::addColumn<int>("count");
    QTest::newRow("one worker") << 1;
    QTest::newRow("three workers") << 3;
}

void UsersTest::tenAgentsWithFiftyRapidRequestsEach()
{
    QFETCH(int, count);
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    QVERIFY(run("headroom: 1\n"
                "target: { url: http://h, headers: { X-Agent: \"agent-${user}\" } }\n"
                "flows: [ { steps: [ { get: \"/i/${iteration}\" } ] } ]\n"
                "load: { users: 10, iterations_each: 50 }\n",
                server, count));
    QMap<QByteArray, QByteArrayList> paths; // by agent
    for (const QByteArray &request : server.requests())
        paths[headerOf(request, "X-Agent")].append(pathOf(request));
    QByteArrayList inOrder;
    for (int i = 0; i < 50; ++i)
        inOrder.append("/i/" + QByteArray::number(i));
    QCOMPARE(server.requests().size(), 500);
    QCOMPARE(paths.size(), 10);
    for (int user = 0; user < 10; ++user)
        QCOMPARE(paths.value("agent-" + QByteArray::number(user)), inOrder);
    QVERIFY2(server.accepted() <= 10, "more connections than users");
}

void UsersTest::everyPlaceGetsItsValues()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    QVERIFY(run("headroom: 1\n"
                "vars: { tenant: a/b }\n"
                "target: { url: http://h }\n"
                "flows: [ { steps: [ { post: \"/${tenant}/${user}\", query: { \"i&\": \"${iteration}&\" },\n"
                "  headers: { X-A: \"<${user}>\" }, json: { who: \"u${user}\", n: [ \"${iteration}\" ] } } ] } ]\n"
                "load: { users: 1, iterations: 2 }\n",
                server, 1));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(pathOf(server.requests()[1]), QByteArray("/a%2Fb/0?i%26=1%26"));
    QCOMPARE(headerOf(server.requests()[1], "X-A"), QByteArray("<0>"));
    QCOMPARE(bodyOf(server.requests()[1]), QByteArray(R"({"who":"u0","n":["1"]})"));
    QCOMPARE(headerOf(server.requests()[1], "Content-Length"), QByteArray("22"));
}

void UsersTest::usersKeepTheirOwnCookies()
{
    QFETCH(int, count);
    ScriptedServer server;
    int conflicts = 0;
    int logins = 0;
    server.answerWith([&](int request) {
        logins += headerOf(server.requests()[request], "Cookie") == "-";
        const QByteArray cookie = headerOf(server.requests()[request], "Cookie");
        conflicts += cookie != "-" && cookie != "sid=" + headerOf(server.requests()[request], "X-Agent");
        return answerWithCookie(server.requests()[request]);
    });
    QVERIFY(run("headroom: 1\n"
                "target: { url: http://h, headers: { X-Agent: \"agent-${user}\" } }\n"
                "flows: [ { steps: [ { get: /a }, { get: /b } ] } ]\n"
                "load: { users: 8, iterations_each: 20 }\n",
                server, count));
    QCOMPARE(server.requests().size(), 8 * 20 * 2);
    QCOMPARE(logins, 8); // once each: a cookie lasts from iteration to iteration
    QCOMPARE(conflicts, 0);
}

void UsersTest::visitorsBeginWithoutCookiesOnSharedConnections()
{
    // 60 visitors over at most 2 connections: with one more each would have been enough.
    ScriptedServer server;
    QByteArrayList cookies; // "agent path cookie"
    server.answerWith([&](int number) {
        const QByteArray &request = server.requests()[number];
        cookies.append(headerOf(request, "X-Agent") + ' ' + pathOf(request) + ' ' + headerOf(request, "Cookie"));
        return answerWithCookie(request);
    });
    QVERIFY(run("headroom: 1\n"
                "target: { url: http://h, headers: { X-Agent: \"${user}\" } }\n"
                "flows: [ { steps: [ { get: /a }, { get: /b } ] } ]\n"
                "load: { users: 2, rate: 500/s, iterations: 60 }\n",
                server, 1));
    QCOMPARE(cookies.size(), 120);
    std::ranges::sort(cookies);
    QByteArrayList expected;
    for (int visitor = 0; visitor < 60; ++visitor) {
        const QByteArray agent = QByteArray::number(visitor);
        expected.append(agent + " /a -");
        expected.append(agent + " /b sid=" + agent);
    }
    std::ranges::sort(expected);
    QCOMPARE(cookies, expected);
    QVERIFY2(server.accepted() <= 2, "a worker opened more connections than may be under way");
}

void UsersTest::cookiesCanBeSwitchedOff()
{
    ScriptedServer server;
    server.answerWith([&](int request) { return answerWithCookie(server.requests()[request]); });
    QVERIFY(run("headroom: 1\n"
                "target: { url: http://h, cookies: false }\n"
                "flows: [ { steps: [ { get: /a } ] } ]\n"
                "load: { users: 1, iterations: 5 }\n",
                server, 1));
    QCOMPARE(server.requests().size(), 5);
    for (const QByteArray &request : server.requests())
        QCOMPARE(headerOf(request, "Cookie"), QByteArray("-"));
}

void UsersTest::aCookieHeaderOfTheScenarioStays()
{
    ScriptedServer server;
    server.answerWith(ServerScript::answer("200 OK", {}, "Set-Cookie: sid=x\r\n"));
    QVERIFY(run("headroom: 1\n"
                "target: { url: http://h }\n"
                "flows: [ { steps: [ { get: /a, headers: { Cookie: \"own=u${user}\" } } ] } ]\n"
                "load: { users: 1, iterations: 2 }\n",
                server, 1));
    QCOMPARE(headerOf(server.requests()[0], "Cookie"), QByteArray("own=u0"));
    QCOMPARE(headerOf(server.requests()[1], "Cookie"), QByteArray("own=u0; sid=x"));
}

void UsersTest::examplesShowTheRequestAsItWasSent()
{
    ScriptedServer server;
    server.answerWith(ServerScript::answer("404 Not Found", "no"));
    const PlanPtr plan = planOf("headroom: 1\n"
                                "target: { url: http://h }\n"
                                "flows: [ { steps: [ { get: \"/who/u-${user}-${iteration}\" } ] } ]\n"
                                "load: { users: 1, iterations: 1 }\n",
                                server.url(QString()));
    QVERIFY(plan);
    QCOMPARE(plan->steps[0].name, QStringLiteral("/who/u-${user}-${iteration}"));
    SteadyClock clock;
    Engine engine(plan, 1, clock, {.name = QStringLiteral("qnam")});
    QSignalSpy finished(&engine, &Engine::finished);
    QString url;
    connect(&engine, &Engine::intervalReady, &engine, [&url](const IntervalSnapshotPtr &snapshot) {
        for (const FailureCount &failure : snapshot->failures)
            url = failure.example ? failure.example->url : url;
    });
    engine.start(clock.now() + 50ms);
    QVERIFY(finished.wait(10'000));
    QCOMPARE(url, server.url(QStringLiteral("/who/u-0-0")).toString());
}

QTEST_GUILESS_MAIN(UsersTest)
#include "tst_users.moc"
