// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/effectexpectation.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

using Direction = EffectExpectation::Direction;

class EffectExpectationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsExpected();
    void takesPercentOfTheValueBefore();
    void takesPointsOfAShare();
    void findsTheVerbBehindTheMetric();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void needsAMetricThatChanceIsKnownOf();
    void needsAStepOfTheRun();
};

void EffectExpectationTest::readsWhatIsExpected()
{
    const auto effect = parseEffect(QStringLiteral("  p95(retrieve) falls by 200 ms to 300 ms "));
    QVERIFY(effect);
    QCOMPARE(effect->metric, QStringLiteral("p95(retrieve)"));
    QCOMPARE(effect->rule.quantile, 0.95);
    QCOMPARE(effect->rule.selector, QStringLiteral("retrieve"));
    QCOMPARE(effect->direction, Direction::Falls);
    QVERIFY(!effect->isRelative);
    QCOMPARE(*effect->least, 200.0); // ms
    QCOMPARE(*effect->most, 300.0);

    const auto any = parseEffect(QStringLiteral("p99 rises"));
    QVERIFY(any);
    QCOMPARE(any->direction, Direction::Rises);
    QVERIFY(!any->least && !any->most);
}

void EffectExpectationTest::takesPercentOfTheValueBefore()
{
    const auto falls = parseEffect(QStringLiteral("p95 falls by 20 %"));
    QVERIFY(falls);
    QVERIFY(falls->isRelative);
    QCOMPARE(*falls->least, 0.2);
    const auto stays = parseEffect(QStringLiteral("service.p50(retrieve) stays within 5 %"));
    QVERIFY(stays);
    QCOMPARE(stays->direction, Direction::Stays);
    QVERIFY(stays->isRelative);
    QVERIFY(!stays->least);
    QCOMPARE(*stays->most, 0.05);
}

void EffectExpectationTest::takesPointsOfAShare()
{
    const auto rises = parseEffect(QStringLiteral("errors rises by 2 %"));
    QVERIFY(rises);
    QVERIFY(!rises->isRelative);
    QCOMPARE(*rises->least, 0.02);
    const auto stays = parseEffect(QStringLiteral("errors stays within 1 %"));
    QVERIFY(stays);
    QVERIFY(!stays->isRelative);
}

void EffectExpectationTest::findsTheVerbBehindTheMetric()
{
    const auto effect = parseEffect(QStringLiteral("p95(the tide falls by 1 ms) falls by 2 ms"));
    QVERIFY(effect);
    QCOMPARE(effect->metric, QStringLiteral("p95(the tide falls by 1 ms)"));
    QCOMPARE(*effect->least, 2.0);
}

void EffectExpectationTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << "" << "is written as";
    QTest::newRow("no verb") << "p95 < 5 ms" << "is written as";
    QTest::newRow("no metric") << "speed falls by 5 ms" << "speed";
    QTest::newRow("no by") << "p95 falls 5 ms" << "'by'";
    QTest::newRow("no amount") << "p95 falls by " << "";
    QTest::newRow("bytes of a time") << "p95 falls by 5 KiB" << "";
    QTest::newRow("swapped") << "p95 falls by 300 ms to 200 ms" << "smaller amount comes first";
    QTest::newRow("two kinds") << "p95 falls by 20 % to 300 ms" << "one kind";
    QTest::newRow("negative") << "p95 falls by -20 %" << "above 0";
    QTest::newRow("stays a time") << "p95 stays within 5 ms" << "percentage";
    QTest::newRow("stays a span") << "p95 stays within 5 % to 6 %" << "one percentage";
    QTest::newRow("endless") << QString(2000, u'p') << "1000 characters";
}

void EffectExpectationTest::saysWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    const auto effect = parseEffect(text);
    QVERIFY(!effect);
    QVERIFY2(effect.error().message.contains(words), qPrintable(effect.error().message));
    QVERIFY(!effect.error().message.isEmpty() && effect.error().length >= 1);
}

void EffectExpectationTest::needsAMetricThatChanceIsKnownOf()
{
    const RunFacts facts = exampleFacts();
    QVERIFY(!checkEffect(*parseEffect(QStringLiteral("errors(retrieve) falls by 1 %")), facts));
    const auto largest = parseEffect(QStringLiteral("max(retrieve) falls by 1 ms"));
    QVERIFY(largest);
    const auto problem = checkEffect(*largest, facts);
    QVERIFY(problem);
    QVERIFY2(problem->message.contains(QStringLiteral("percentiles and shares")), qPrintable(problem->message));
}

void EffectExpectationTest::needsAStepOfTheRun()
{
    const auto problem = checkEffect(*parseEffect(QStringLiteral("p95(retreive) falls")), exampleFacts());
    QVERIFY(problem);
    QVERIFY2(problem->message.contains(QStringLiteral("retrieve")), qPrintable(problem->message));
}

QTEST_GUILESS_MAIN(EffectExpectationTest)
#include "tst_effectexpectation.moc"
