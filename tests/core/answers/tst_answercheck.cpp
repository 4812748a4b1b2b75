// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answercheck.h"
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

class AnswerCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsOrSaysWhatIsWrong_data();
    void holdsOrSaysWhatIsWrong();
    void comparesWithWhatTheUserSent_data();
    void comparesWithWhatTheUserSent();
    void failsWhenItsValueIsNotSet();
    void showsLongValuesShortened();
};

namespace {

/// As a step of a scenario has it; `first` is a variable.
Check checkOf(const QString &text)
{
    const QString scenario = QStringLiteral("headroom: 1\n"
                                            "target: { url: http://127.0.0.1:1 }\n"
                                            "flows:\n"
                                            "  - steps:\n"
                                            "    - get: /\n"
                                            "      check:\n"
                                            "        - %1\n"
                                            "      extract: { first: $.id }\n"
                                            "load: { rate: 1/s, for: 1 s }\n");
    const ScenarioReading reading = readScenario(scenario.arg(text).toUtf8());
    const auto &checks = reading.scenario.flows.at(0).steps.at(0).checks;
    if (checks.empty())
        qFatal("%s", qPrintable(reading.diagnostics.empty() ? text : reading.diagnostics.front().message));
    return checks[0];
}

Exchange answerWith(const QByteArray &body)
{
    Exchange exchange;
    exchange.sent = SteadyTime(1s);
    exchange.firstByte = SteadyTime(1100ms);
    exchange.finished = SteadyTime(1300ms);
    exchange.status = 200;
    exchange.headers = {{"X-Kind", "json"}};
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    return exchange;
}

std::optional<AnswerProblem> problemOf(const QString &check, const QByteArray &body, const RequestValues &values = {})
{
    const Exchange exchange = answerWith(body);
    Answer answer(exchange);
    return AnswerCheck(checkOf(check)).problem(answer, values);
}

} // namespace

void AnswerCheckTest::holdsOrSaysWhatIsWrong_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("why"); // behind "check failed: CHECK"; "-": it holds
    QTest::addColumn<QString>("detail");
    const auto holds = [](const char *check) { QTest::newRow(check) << QString::fromLatin1(check) << "-" << ""; };
    const auto fails = [](const char *check, const char *why, const char *detail) {
        QTest::newRow(check) << QString::fromLatin1(check) << QString::fromLatin1(why) << QString::fromLatin1(detail);
    };
    // {"id": 7, "text": "b 10", "n": "007", "up": true, "big": 9007199254740993, "error": null}, 101 bytes
    holds("$.id exists");
    holds("$.error missing"); // null is nothing
    holds("$.id == 7");
    holds("$.id != 8");
    holds("$.id >= 7.0");
    holds("$.n == 7"); // a number in quotes is one all the same
    holds("$.n != \"7\""); // but not where the check quotes it
    holds("$.up == true");
    holds("$.text contains b 10");
    holds("$.text > \"b\""); // as texts
    holds("$.text matches /^b \\d+$/");
    holds("$.big == 9007199254740993");
    holds("$.big != 9007199254740992"); // the same as a double
    holds("header X-Kind == json");
    holds("body contains \"text\"");
    holds("body < 1 KiB");
    holds("size > 50");
    holds("time == 300 ms"); // 1300 - 1000
    holds("first_byte < 101 ms");
    holds("status == 200");
    fails("$.none exists", ": the body has nothing at $.none", "");
    fails("$.id missing", "", "found '7'");
    fails("$.id == 8", "", "found '7'");
    fails("$.id < 7", "", "found '7'");
    fails("$.text < 5", ": what was found is no number", "found 'b 10'");
    fails("$.none != 5", ": the body has nothing at $.none", ""); // what is not there holds nothing
    fails("$.text contains x", "", "found 'b 10'");
    fails("$.text matches /x/", "", "found 'b 10'");
    fails("header X-Kind == xml", "", "found 'json'");
    fails("header X-None exists", ": the answer has no header X-None", "");
    fails("time < 100 ms", "", "found 300 ms");
    fails("status >= 400", "", "found '200'");
}

void AnswerCheckTest::holdsOrSaysWhatIsWrong()
{
    QFETCH(QString, check);
    QFETCH(QString, why);
    const QString quoted = check == u"$.text contains b 10" ? QStringLiteral("$.text contains \"b 10\"") : check;
    const auto problem = problemOf(
        quoted, R"({"id": 7, "text": "b 10", "n": "007", "up": true, "big": 9007199254740993, "error": null})");
    if (why == u"-") {
        QVERIFY2(!problem, qPrintable(problem ? problem->message + problem->detail : QString()));
        return;
    }
    QVERIFY(problem);
    QCOMPARE(problem->message, QStringLiteral("check failed: ") + check + why);
    QTEST(problem->detail, "detail");
}

void AnswerCheckTest::comparesWithWhatTheUserSent_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("detail"); // empty: it holds
    // User 3, iteration 12, first = "doc-1"; {"user": 3, "n": 12.0, "id": "doc-1", "who": "agent-3"}
    QTest::newRow("number") << "$.user == ${user}" << "";
    QTest::newRow("number, written otherwise") << "$.n == ${iteration}" << "";
    QTest::newRow("variable") << "$.id == ${first}" << "";
    QTest::newRow("text around it") << "$.who == agent-${user}" << "";
    QTest::newRow("part") << "body contains \"agent-${user}\"" << "";
    QTest::newRow("order") << "$.n < ${user}" << "found '12.0', compared with '3'";
    QTest::newRow("another") << "$.who == agent-${iteration}" << "found 'agent-3', compared with 'agent-12'";
}

void AnswerCheckTest::comparesWithWhatTheUserSent()
{
    QFETCH(QString, check);
    const Variables variables{QByteArray("doc-1")};
    const RequestValues values{.user = 3, .iteration = 12, .variables = &variables};
    const auto problem = problemOf(check, R"({"user": 3, "n": 12.0, "id": "doc-1", "who": "agent-3"})", values);
    QTEST(problem ? problem->detail : QString(), "detail");
}

void AnswerCheckTest::failsWhenItsValueIsNotSet()
{
    const Variables variables{std::nullopt};
    const auto problem = problemOf(QStringLiteral("$.id == ${first}"), R"({"id": 1})", {.variables = &variables});
    QVERIFY(problem);
    QVERIFY2(problem->message.startsWith(QLatin1String("check failed: $.id == ${first}: ")),
             qPrintable(problem->message));
    QVERIFY2(problem->message.contains(QLatin1String("first")), qPrintable(problem->message));
}

void AnswerCheckTest::showsLongValuesShortened()
{
    const auto problem = problemOf(QStringLiteral("body contains x"), QByteArray(1'000'000, 'a'));
    QVERIFY(problem);
    QVERIFY2(problem->detail.size() < 60, qPrintable(problem->detail));
}

QTEST_GUILESS_MAIN(AnswerCheckTest)
#include "tst_answercheck.moc"
