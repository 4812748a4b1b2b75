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
    void keepsAllTimes();
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
    const Sample sample = judge({0}, step, {}, exchange);
    QTEST(sample.outcome, "outcome");
    QTEST(sample.failure, "kind");
    QCOMPARE(sample.status, status);
    if (sample.outcome == Outcome::Error)
        QVERIFY(!failureSentence(sample, exchange).isEmpty());
}

void JudgementTest::keepsAllTimes()
{
    // Planned at 1 s, sent at 1.5 s, first byte at 1.7 s, end at 2 s.
    Exchange exchange;
    exchange.status = 200;
    exchange.sent = SteadyTime(1500ms);
    exchange.firstByte = SteadyTime(1700ms);
    exchange.finished = SteadyTime(2s);
    const Sample sample = judge({0}, {}, SteadyTime(1s), exchange);
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
