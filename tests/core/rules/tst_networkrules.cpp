// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulecontradictions.h"
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;
using Standing = RuleResult::Standing;

namespace {

RunFacts directFacts()
{
    RunFacts facts = exampleFacts();
    facts.transport = QStringLiteral("direct");
    return facts;
}

RuleResult judged(const QString &text, const std::vector<MetricsFrame> &frames, const RunFacts &facts = directFacts())
{
    RuleEvaluator evaluator({parseRule(text).value()}, std::make_shared<RunFacts>(facts));
    for (const MetricsFrame &frame : frames)
        evaluator.add(frame);
    return evaluator.results().front();
}

/// In the warm-up 10 connections in 9 ms each; in the two measured seconds 3 in 1 ms and 1 in 5 ms, over TLS in 8 and 2
/// ms, of which the last goes on with an earlier session. First bytes: 30 ms, then 10 and 20 ms.
std::vector<MetricsFrame> exampleRun()
{
    return {FrameBuilder(0).warmUp().opened(10, {0ns, 9ms, 0ns, false}).firstByte(5, 30ms),
            FrameBuilder(2).opened(3, {0ns, 1ms, 8ms, false}).firstByte(3, 10ms),
            FrameBuilder(3).opened(1, {0ns, 5ms, 2ms, true}).firstByte(1, 20ms)};
}

} // namespace

class NetworkRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measures_data();
    void measures();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void needsATransportThatTells_data();
    void needsATransportThatTells();
    void judgesSecondBySecond();
    void isUndecidedOnFewSamples();
    void leavesOutADamagedHistogram();
    void excludesWhatContradicts();
};

void NetworkRulesTest::measures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<quint64>("samples");
    const auto row = [](const char *text, double value, quint64 samples) {
        QTest::newRow(text) << QString::fromLatin1(text) << value << samples;
    };
    row("opened == 4", 4.0, 4);
    row("opened <= 10 during warm up", 10.0, 10);
    row("connect(min) < 1 s", 1.0, 4);
    row("connect(max) < 1 s", 5.0, 4);
    row("connect(mean) < 1 s", 2.0, 4); // (3 x 1 + 5) / 4
    row("connect(max) < 1 s during warm up", 9.0, 10);
    row("connect(max) < 1 s from 3 s", 5.0, 1);
    row("tls(mean) < 1 s", 6.5, 4); // (3 x 8 + 2) / 4
    row("first_byte(mean) < 1 s", 12.5, 4); // (3 x 10 + 20) / 4
    row("first_byte(p99) < 1 s", 20.0, 4); // rank 4, the maximum: exact
}

void NetworkRulesTest::measures()
{
    QFETCH(QString, text);
    const RuleResult result = judged(text, exampleRun());
    QCOMPARE(result.standing, Standing::Met);
    QTEST(result.value.value_or(-1.0), "value");
    QTEST(quint64(result.samples), "samples");
}

void NetworkRulesTest::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("look-up") << "resolve(p95) < 1 s" << "no name was looked up in its window";
    QTest::newRow("connect") << "connect(p95) < 1 s during burst" << "stage 'burst' was not reached";
    QTest::newRow("TLS") << "tls(p95) < 1 s during warm up" << "no TLS handshake in its window";
}

void NetworkRulesTest::saysWhatIsMissing()
{
    QFETCH(QString, text);
    const RuleResult result = judged(text, exampleRun());
    QCOMPARE(result.standing, Standing::NotRun);
    QTEST(result.reason, "reason");
}

void NetworkRulesTest::needsATransportThatTells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    for (const char *name : {"opened", "connect", "resolve", "tls"}) {
        const QString text =
            QString::fromLatin1(name) + QLatin1String(qstrcmp(name, "opened") == 0 ? " < 5" : "(p95) < 5 ms");
        QTest::newRow(name)
            << text
            << QStringLiteral("'%1' needs the direct transport, as qnam cannot tell when it opens a connection; write "
                              "transport: direct, or remove the rule")
                   .arg(QLatin1String(name));
    }
    QTest::newRow("first_byte") << "first_byte(p95) < 5 ms" << QString();
}

void NetworkRulesTest::needsATransportThatTells()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    const Rule rule = parseRule(text).value();
    const auto found = checkRule(rule, exampleFacts()); // qnam
    QCOMPARE(found ? found->message : QString(), problem);
    QVERIFY(!checkRule(rule, directFacts()));
    const RuleResult result = judged(text, exampleRun(), exampleFacts());
    QCOMPARE(result.standing == Standing::NotRun, !problem.isEmpty());
    QCOMPARE(result.reason, problem);
}

void NetworkRulesTest::judgesSecondBySecond()
{
    // First bytes after 50 ms in two seconds that follow each other, then after 1 ms.
    std::vector<MetricsFrame> frames;
    for (int second = 2; second < 7; ++second)
        frames.push_back(FrameBuilder(second).firstByte(10, second == 3 || second == 4 ? 50ms : 1ms));
    QCOMPARE(judged(QStringLiteral("first_byte(p95) < 20 ms for 2 s"), frames).standing, Standing::NotMet);
    QCOMPARE(judged(QStringLiteral("first_byte(p95) < 20 ms for 3 s"), frames).standing, Standing::Met);
    QCOMPARE(judged(QStringLiteral("opened < 1 for 1 s"), frames).standing, Standing::Met);
}

void NetworkRulesTest::isUndecidedOnFewSamples()
{
    const RuleResult few = judged(QStringLiteral("first_byte(p99) < 1 s surely"), exampleRun());
    QCOMPARE(few.standing, Standing::Undecided);
    QVERIFY(!few.high);
    QCOMPARE(few.reason, QStringLiteral("too few samples for 'surely': 4, the interval is closed from 368 on"));
    const RuleResult many =
        judged(QStringLiteral("first_byte(p99) < 1 s surely"), {FrameBuilder(2).firstByte(368, 10ms)});
    QCOMPARE(many.standing, Standing::Met);
    QCOMPARE(many.high, std::optional(10.0));
}

void NetworkRulesTest::leavesOutADamagedHistogram()
{
    std::vector<MetricsFrame> frames = exampleRun();
    frames[1].firstByteTimes = "no histogram";
    QCOMPARE(judged(QStringLiteral("first_byte(mean) < 1 s"), frames).value, std::optional(20.0));
}

void NetworkRulesTest::excludesWhatContradicts()
{
    const auto findings = [](const char *first, const char *second) {
        const std::vector<Rule> rules{parseRule(QString::fromLatin1(first)).value(),
                                      parseRule(QString::fromLatin1(second)).value()};
        return findContradictions(rules, directFacts(), [](std::size_t) { return QStringLiteral("line 1"); }).size();
    };
    QCOMPARE(findings("connect(p95) < 5 ms", "connect(p95) > 6 ms"), 1U);
    QCOMPARE(findings("connect(p95) < 5 ms", "tls(p95) > 6 ms"), 0U);
    QCOMPARE(findings("connect(p95) < 5 ms", "connect(max) > 6 ms"), 0U);
}

QTEST_GUILESS_MAIN(NetworkRulesTest)
#include "tst_networkrules.moc"
