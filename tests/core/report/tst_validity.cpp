// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/validity.h"

#include <QTest>

using namespace Headroom;

class ValidityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsGeneratorLimitedSeconds_data();
    void findsGeneratorLimitedSeconds();
    void toleratesFewOfThem_data();
    void toleratesFewOfThem();
    void saysWhyAndWhatHelps();
    void onlyWarnsOfBusyProcessors();
    void warnsOfFewSecondsDropsCutsAndGaps();
};

namespace {

HdrHistogram lagOf(Nanoseconds usual, std::uint32_t usuals, Nanoseconds rare, std::uint32_t rares)
{
    HdrHistogram lag;
    lag.record(usual, usuals);
    if (rares > 0)
        lag.record(rare, rares);
    return lag;
}

MetricsFrame secondWith(std::uint64_t sends, std::uint64_t late)
{
    MetricsFrame frame;
    frame.sends = sends;
    frame.lateSends = late;
    return frame;
}

Validity judged(int seconds, int limited)
{
    ValidityJudge judge({});
    const HdrHistogram calm = lagOf(100us, 10, 0ns, 0);
    for (int second = 0; second < seconds; ++second)
        judge.add(secondWith(100, second < limited ? 6 : 0), calm, 5ms);
    return judge.judge({});
}

} // namespace

void ValidityTest::findsGeneratorLimitedSeconds_data()
{
    QTest::addColumn<int>("late"); // of 100 sends
    QTest::addColumn<int>("lagMicroseconds"); // of 2 of 100 turns; the others take 100 us
    QTest::addColumn<int>("medianMilliseconds");
    QTest::addColumn<bool>("isLimited");
    QTest::newRow("all on time") << 0 << 100 << 5 << false;
    QTest::newRow("5 % of the sends late") << 5 << 100 << 5 << false;
    QTest::newRow("6 % of the sends late") << 6 << 100 << 5 << true;
    QTest::newRow("loop lag of 1 ms") << 0 << 1000 << 5 << false;
    QTest::newRow("loop lag above 1 ms") << 0 << 1100 << 5 << true;
    QTest::newRow("loop lag below 10 % of a slow service") << 0 << 1900 << 20 << false;
    QTest::newRow("loop lag above 10 % of a slow service") << 0 << 2100 << 20 << true;
    QTest::newRow("loop lag before any answer") << 0 << 1100 << 0 << true;
}

void ValidityTest::findsGeneratorLimitedSeconds()
{
    QFETCH(int, late);
    QFETCH(int, lagMicroseconds);
    QFETCH(int, medianMilliseconds);
    ValidityJudge judge({});
    judge.add(secondWith(100, std::uint64_t(late)), lagOf(100us, 98, std::chrono::microseconds(lagMicroseconds), 2),
              std::chrono::milliseconds(medianMilliseconds));
    QTEST(judge.judge({}).generatorLimitedSeconds == 1, "isLimited");
}

void ValidityTest::toleratesFewOfThem_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("limited");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("none") << 60 << 0 << true;
    QTest::newRow("two of two") << 2 << 2 << true; // fewer than 3
    QTest::newRow("three of three") << 3 << 3 << false;
    QTest::newRow("three of sixty: 5 %") << 60 << 3 << true;
    QTest::newRow("three of fifty-nine: above 5 %") << 59 << 3 << false;
    QTest::newRow("four of sixty") << 60 << 4 << false;
    QTest::newRow("no measured second") << 0 << 0 << true;
}

void ValidityTest::toleratesFewOfThem()
{
    QFETCH(int, seconds);
    QFETCH(int, limited);
    const Validity validity = judged(seconds, limited);
    QTEST(validity.isValid, "isValid");
    QCOMPARE(validity.measuredSeconds, seconds);
    QCOMPARE(validity.generatorLimitedSeconds, limited);
    QCOMPARE(validity.reasons.empty(), validity.isValid);
}

void ValidityTest::saysWhyAndWhatHelps()
{
    const Validity validity = judged(20, 4);
    QCOMPARE(validity.reasons.size(), 1u);
    QVERIFY(validity.reasons[0].contains(QStringLiteral("4 of 20 measured seconds (20 %)")));
    QVERIFY(validity.reasons[0].contains(QStringLiteral("Lower the rate")));
    QVERIFY(judged(20, 1).warnings[0].contains(QStringLiteral("1 of 20 measured seconds (5 %)")));
}

void ValidityTest::onlyWarnsOfBusyProcessors()
{
    RunFacts facts;
    facts.workers = 2;
    ValidityJudge judge(facts);
    MetricsFrame frame = secondWith(100, 0);
    frame.workerCpuSeconds = 1.7; // 85 % of two workers
    for (int second = 0; second < 10; ++second)
        judge.add(frame, lagOf(100us, 10, 0ns, 0), 5ms);
    const Validity validity = judge.judge({});
    QVERIFY(validity.isValid);
    QCOMPARE(validity.warnings.size(), 1u);
    QVERIFY(validity.warnings[0].contains(QStringLiteral("80 % of their processors")));
}

void ValidityTest::warnsOfFewSecondsDropsCutsAndGaps()
{
    ReportModel model;
    model.measured.iterations = {200, 190, 190, 10};
    model.ending = RunEnding{RunEnding::Reason::Completed, {}, 3, 0};
    model.series.resize(2);
    model.series[1].second = 4; // 1, 2 and 3 are missing
    ValidityJudge judge({});
    judge.add(secondWith(100, 0), lagOf(100us, 10, 0ns, 0), 5ms);
    const std::vector<QString> warnings = judge.judge(model).warnings;
    QCOMPARE(warnings.size(), 4u);
    QVERIFY(warnings[0].startsWith(QStringLiteral("Only 1 second measured: ")));
    QVERIFY(warnings[1].startsWith(QStringLiteral("All users were taken, so 10 planned iterations (5 %) ")));
    QVERIFY(warnings[2].startsWith(QStringLiteral("3 requests had not finished")));
    QCOMPARE(warnings[3], QStringLiteral("The session lacks 3 seconds"));
}

QTEST_GUILESS_MAIN(ValidityTest)
#include "tst_validity.moc"
