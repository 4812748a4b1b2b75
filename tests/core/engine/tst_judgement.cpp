// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/judgement.h"

#include <QTest>

using namespace Headroom;

class JudgementTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsAnsweredRejectedAndErrorApart_data();
    void tellsAnsweredRejectedAndErrorApart();
    void asksAnAnswerOnlyWhenItsStatusIsExpected_data();
    void asksAnAnswerOnlyWhenItsStatusIsExpected();
    void keepsAllTimes();
    void showsTheBodyAndTheValueOfAFailedCheck();
    void showsAFailureWithoutItsSecrets();
    void cutsAnExampleToWhatASessionHolds();
};

void JudgementTest::tellsAnsweredRejectedAndErrorApart_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<FailureKind>("failed");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<FailureKind>("kind");
    // expect: [200-299, 429]
    QTest::newRow("200") << 200 << FailureKind::None << Outcome::Answered << FailureKind::None;
    QTest::newRow("429, listed: rejected, not an error") << 429 << FailureKind::None << Outcome::Rejected << FailureKind::None;
    QTest::newRow("503, not listed: an error") << 503 << FailureKind::None << Outcome::Error << FailureKind::Status;
    QTest::newRow("404") << 404 << FailureKind::None << Outcome::Error << FailureKind::Status;
    QTest::newRow("refused") << 0 << FailureKind::ConnectRefused << Outcome::Error << FailureKind::ConnectRefused;
    QTest::newRow("cut after a good head") << 200 << FailureKind::Closed << Outcome::Error << FailureKind::Closed;
}

void JudgementTest::tellsAnsweredRejectedAndErrorApart()
{
    QFETCH(int, status);
    QFETCH(FailureKind, failed);
    Plan::Step step;
    step.expect = {{200, 299}, {429, 429}};
    Exchange exchange;
    exchange.status = status;
    exchange.failure = failed;
    Answer answer(exchange);
    const Judgement judgement = judge({{0}, step, {}, nullptr, {}}, answer);
    QTEST(judgement.sample.outcome, "outcome");
    QTEST(judgement.sample.failure, "kind");
    QCOMPARE(judgement.sample.status, status);
    if (judgement.sample.outcome == Outcome::Error)
        QVERIFY(!failureSentence(judgement, exchange).isEmpty());
}

void JudgementTest::asksAnAnswerOnlyWhenItsStatusIsExpected_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<QString>("sentence");
    // expect: [200-299, 429]; identity { at: $.user, is: "${user}" } of user 7; check: "$.id exists"
    QTest::newRow("its own, with an id") << 200 << QByteArray(R"({"user": 7, "id": 1})") << FailureKind::None << "";
    QTest::newRow("its own, without one") << 200 << QByteArray(R"({"user": 7})") << FailureKind::Check
                                          << "check failed: $.id exists: the body has nothing at $.id";
    QTest::newRow("of another, without an id: the worse comes first")
        << 200 << QByteArray(R"({"user": 8})") << FailureKind::Identity
        << "the answer was meant for another user: $.user is not ${user}";
    QTest::newRow("of nobody") << 200 << QByteArray(R"({"id": 1})") << FailureKind::Identity
                               << "the answer does not say whose it is: the body has nothing at $.user";
    QTest::newRow("rejected: nothing is asked") << 429 << QByteArray("busy") << FailureKind::None << "";
    QTest::newRow("unexpected: the status is what is wrong")
        << 500 << QByteArray("oops") << FailureKind::Status << "status 500 is not expected";
}

void JudgementTest::asksAnAnswerOnlyWhenItsStatusIsExpected()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Plan::Step step;
    step.expect = {{200, 299}, {429, 429}};
    step.checks = {{QStringLiteral("$.id exists"),
                    {AnswerPlace::Kind::Json, QStringLiteral("$.id")},
                    Comparison::Exists,
                    {},
                    {},
                    {}}};
    TextTemplate user;
    user.append(TemplateValue{.kind = TemplateValue::Kind::User, .written = QStringLiteral("user")});
    step.identity = Scenario::Identity{{AnswerPlace::Kind::Json, QStringLiteral("$.user")}, user, {}};
    Exchange exchange;
    exchange.status = status;
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    Answer answer(exchange);
    const auto reader = AnswerReader::forStep(step);
    const Judgement judgement = judge({{0}, step, {}, reader.get(), {.user = 7}}, answer);
    QTEST(judgement.sample.failure, "kind");
    if (judgement.sample.outcome == Outcome::Error)
        QTEST(failureSentence(judgement, exchange), "sentence");
}

void JudgementTest::showsTheBodyAndTheValueOfAFailedCheck()
{
    Exchange exchange;
    exchange.body = QByteArray(5000, 'b');
    exchange.bytesIn = 5000;
    const auto example = failureExample({}, exchange, {}, QStringLiteral("found '8'"));
    QCOMPARE(example->detail, QStringLiteral("found '8'"));
    QCOMPARE(example->bodyHead, QByteArray(4096, 'b'));
    QCOMPARE(example->bodyBytes, 5000u);
}

void JudgementTest::keepsAllTimes()
{
    // Planned at 1 s, sent at 1.5 s, first byte at 1.7 s, end at 2 s.
    Exchange exchange;
    exchange.status = 200;
    exchange.sent = SteadyTime(1500ms);
    exchange.firstByte = SteadyTime(1700ms);
    exchange.finished = SteadyTime(2s);
    Answer answer(exchange);
    const Plan::Step step;
    const Sample sample = judge({{0}, step, SteadyTime(1s), nullptr, {}}, answer).sample;
    QCOMPARE(sample.timings.responseTime(), 1s);
    QCOMPARE(sample.timings.serviceTime(), 500ms);
    QCOMPARE(sample.timings.sendLag(), 500ms);
}

void JudgementTest::showsAFailureWithoutItsSecrets()
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(QStringLiteral("http://user:secret@host:8080/a%20b?q=1#part"));
    request.headers = {{"Authorization", "Bearer secret"}};
    request.body = "secret";
    Exchange exchange;
    exchange.contentType = "text/plain\x1b[2J";
    exchange.bodyHead = QByteArray("oops\0\xff", 6);
    exchange.bytesIn = 70;
    const auto example = failureExample(request, exchange);
    const FailureExample expected{QStringLiteral("POST"), QStringLiteral("http://host:8080/a%20b?q=1"),
                                  QStringLiteral("text/plain\uFFFD[2J"), QByteArray("oops\0\xff", 6), 70};
    QCOMPARE(*example, expected);
}

void JudgementTest::cutsAnExampleToWhatASessionHolds()
{
    HttpRequest request;
    request.method = QByteArray(5000, 'M');
    request.url = QUrl(QStringLiteral("http://host/") + QString(5000, QLatin1Char('x')));
    Exchange exchange;
    exchange.contentType = QByteArray(5000, 'c');
    const auto example = failureExample(request, exchange);
    QCOMPARE(example->method.size(), FailureExample::kMaxTextLength);
    QCOMPARE(example->url.size(), FailureExample::kMaxTextLength);
    QVERIFY(example->url.startsWith(QLatin1String("http://host/xxx")));
    QCOMPARE(example->contentType.size(), 200);
    QVERIFY(example->bodyHead.isEmpty());
}

QTEST_GUILESS_MAIN(JudgementTest)
#include "tst_judgement.moc"
