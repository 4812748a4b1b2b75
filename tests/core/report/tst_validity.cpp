// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/validity.h"

#include <QTest>

using namespace Headroom;

class ValidityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatLimitedTheSeconds();
    void toleratesFewOfThem_data();
    void toleratesFewOfThem();
    void saysWhyAndWhatHelps();
    void namesTheEvidence_data();
    void namesTheEvidence();
    void offersAnotherTransportToWhoIsTooBusy();
    void keepsTheCautionsOfConnections();
    void onlyWarnsOfBusyProcessors();
    void warnsOfFewSecondsDropsCutsAndGaps();
};

namespace {

const SecondLimit kLate{.by = LimitedBy::Generator, .hasLateSends = true};

Validity judged(int seconds, int limited, const SecondLimit &limit = kLate)
{
    ValidityJudge judge;
    for (int second = 0; second < seconds; ++second)
        judge.add(second < limited ? limit : SecondLimit());
    return judge.judge({});
}

} // namespace

void ValidityTest::countsWhatLimitedTheSeconds()
{
    ValidityJudge judge;
    for (const LimitedBy by : {LimitedBy::Plan, LimitedBy::Target, LimitedBy::Target, LimitedBy::Nothing})
        judge.add({.by = by});
    const Validity validity = judge.judge({});
    QVERIFY(validity.isValid);
    QCOMPARE(validity.measuredSeconds, 4);
    QCOMPARE(validity.generatorLimitedSeconds, 0);
    QCOMPARE(validity.limitedSeconds, (std::array{1, 0, 1, 2})); // nothing, generator, plan, target
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
    QCOMPARE(
        validity.reasons[0],
        QStringLiteral("The generator itself was late in 4 of 20 measured seconds (20 %): in 4 of them more than 5 % "
                       "of the sends, in 0 its event loops; its times say more about it than about the target. "
                       "Lower the rate or the number of users, or give the generator a machine of its own"));
    QVERIFY(judged(20, 1).warnings[0].contains(QStringLiteral("1 of 20 measured seconds (5 %)")));
}

void ValidityTest::namesTheEvidence_data()
{
    QTest::addColumn<bool>("isRobbed");
    QTest::addColumn<bool>("isBusy");
    QTest::addColumn<bool>("isOutOfDescriptors");
    QTest::addColumn<QString>("evidence");
    QTest::addColumn<QString>("help");
    QTest::newRow("robbed") << true << false << false << QStringLiteral("in 4 other programs took the processor;")
                            << QStringLiteral("Give the generator a machine of its own");
    QTest::newRow("busy") << false << true << false << QStringLiteral("in 4 its own work took all it has;")
                          << QStringLiteral("Lower the rate or the number of users, or use more workers");
    QTest::newRow("descriptors") << false << true << true << QStringLiteral("in 4 nearly all descriptors")
                                 << QStringLiteral("Raise the limit of open files (ulimit -n)");
}

void ValidityTest::namesTheEvidence()
{
    QFETCH(bool, isRobbed);
    QFETCH(bool, isBusy);
    QFETCH(bool, isOutOfDescriptors);
    QFETCH(QString, evidence);
    QFETCH(QString, help);
    const Validity validity = judged(20, 4,
                                     {.by = LimitedBy::Generator,
                                      .hasLateLoops = true,
                                      .isRobbed = isRobbed,
                                      .isBusy = isBusy,
                                      .isOutOfDescriptors = isOutOfDescriptors});
    QVERIFY2(validity.reasons[0].contains(evidence), qPrintable(validity.reasons[0]));
    QVERIFY2(validity.reasons[0].contains(help), qPrintable(validity.reasons[0]));
}

void ValidityTest::offersAnotherTransportToWhoIsTooBusy()
{
    const QString advice = QStringLiteral("or write transport: direct in the target");
    for (const bool isQnam : {true, false}) {
        ReportModel model;
        model.head.facts.transport = isQnam ? QStringLiteral("qnam") : QStringLiteral("direct");
        ValidityJudge busy;
        ValidityJudge robbed;
        ValidityJudge robbedAtWork;
        for (int second = 0; second < 20; ++second) {
            busy.add({.by = LimitedBy::Generator, .hasLateSends = true, .isBusy = true});
            robbed.add({.by = LimitedBy::Generator, .hasLateSends = true, .isRobbed = true});
            robbedAtWork.add(
                {.by = LimitedBy::Generator, .hasLateSends = true, .isRobbed = true, .hasMuchWork = second < 3});
        }
        QCOMPARE(busy.judge(model).wouldGainFromDirect, isQnam);
        QCOMPARE(busy.judge(model).reasons[0].contains(advice), isQnam);
        QCOMPARE(busy.judge(model).warnings[0].contains(advice), isQnam);
        QVERIFY(!robbed.judge(model).wouldGainFromDirect); // its own work is not what it lacks time for
        QVERIFY(!robbed.judge(model).reasons[0].contains(advice));
        QCOMPARE(robbedAtWork.judge(model).wouldGainFromDirect, isQnam); // in 3 of 20 it has much to do, too
        QCOMPARE(robbedAtWork.judge(model).reasons[0].contains(advice), isQnam);
    }
    QVERIFY(!judged(20, 0).wouldGainFromDirect);
}

void ValidityTest::keepsTheCautionsOfConnections()
{
    ReportModel model;
    model.head.facts.connections = {.isTls = true, .isVerified = false};
    ValidityJudge judge;
    for (int second = 0; second < 20; ++second)
        judge.add({});
    const Validity validity = judge.judge(model);
    QVERIFY(validity.isValid);
    QCOMPARE(validity.warnings.size(), 1u);
    QVERIFY(validity.warnings[0].startsWith(QStringLiteral("The certificates of the target were not verified")));
}

void ValidityTest::onlyWarnsOfBusyProcessors()
{
    const Validity validity = judged(10, 10, {.isBusy = true});
    QVERIFY(validity.isValid);
    QCOMPARE(validity.warnings.size(), 1u);
    QVERIFY(validity.warnings[0].contains(QStringLiteral("80 % of what its busiest thread can do in 10 of 10")));
}

void ValidityTest::warnsOfFewSecondsDropsCutsAndGaps()
{
    ReportModel model;
    model.measured.iterations = {200, 190, 190, 10};
    model.ending = RunEnding{RunEnding::Reason::Completed, {}, 3, 0};
    model.series.resize(2);
    model.series[1].second = 4; // 1, 2 and 3 are missing
    ValidityJudge judge;
    judge.add({});
    const std::vector<QString> warnings = judge.judge(model).warnings;
    QCOMPARE(warnings.size(), 4u);
    QVERIFY(warnings[0].startsWith(QStringLiteral("Only 1 second measured: ")));
    QVERIFY(warnings[1].startsWith(QStringLiteral("All users were taken, so 10 planned iterations (5 %) ")));
    QVERIFY(warnings[2].startsWith(QStringLiteral("3 requests had not finished")));
    QCOMPARE(warnings[3], QStringLiteral("The session lacks 3 seconds"));
}

QTEST_GUILESS_MAIN(ValidityTest)
#include "tst_validity.moc"
