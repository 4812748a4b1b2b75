// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/acceptancejudge.h"
#include "core/rules/ruleparser.h"

#include <QTest>

using namespace Headroom;
using Standing = RuleResult::Standing;

namespace {

RuleResult standing(const char *text, Standing how)
{
    RuleResult result;
    result.rule = parseRule(QString::fromLatin1(text)).value();
    result.standing = how;
    return result;
}

} // namespace

class AcceptanceJudgeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsMetRules();
    void weighsMetRules();
    void countsWhatWasNotShownAsNotMet();
    void leavesOutWhatIsRequiredBesides();
    void countsAWrittenRuleThatReadsAsTheImplicitOne();
    void countsAndRequiresWhatBothSay();
    void isOpenWhileWhatIsRequiredIsUndecided();
    void isNoneWithoutAText();
};

void AcceptanceJudgeTest::countsMetRules()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::Met),
                                          standing("errors < 1 %", Standing::NotMet),
                                          standing("max < 1 s", Standing::Met)};
    const auto two = judgeAcceptance(QStringLiteral("at least 2 of 3"), results, {});
    QVERIFY(two->isAccepted);
    QCOMPARE(two->met, 2);
    QCOMPARE(two->of, 3);
    QCOMPARE(two->notMet, std::vector<std::size_t>{1});
    QCOMPARE(two->sentence(results), QStringLiteral("2 of 3 rules are met; at least 2 of 3 are asked for: accepted"));
    QVERIFY(!judgeAcceptance(QStringLiteral("at least 3 of 3"), results, {})->isAccepted);
}

void AcceptanceJudgeTest::weighsMetRules()
{
    // 4 of 5 is 80 %; 0.8 x 5 is 4.000000000000000222 in doubles, which must not matter.
    const std::vector<RuleResult> results{standing("p95 < 1 s weight 4", Standing::Met),
                                          standing("errors < 1 %", Standing::NotMet)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 80 %"), results, {});
    QVERIFY(judged->isAccepted);
    QCOMPARE(judged->metWeight, 4.0);
    QCOMPARE(judged->weight, 5.0);
    QCOMPARE(
        judged->sentence(results),
        QStringLiteral("1 of 2 rules are met, which is 80 % of their weights; at least 80 % are asked for: accepted"));
    QVERIFY(!judgeAcceptance(QStringLiteral("at least 81 %"), results, {})->isAccepted);
}

void AcceptanceJudgeTest::countsWhatWasNotShownAsNotMet()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::Met),
                                          standing("p99 < 1 s surely", Standing::Undecided),
                                          standing("max < 1 s during burst", Standing::NotRun)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 2 of 3"), results, {});
    QVERIFY(!judged->isAccepted);
    QCOMPARE(
        judged->sentence(results),
        QStringLiteral("1 of 3 rules are met; at least 2 of 3 are asked for: not accepted. Not shown, and so counted "
                       "as not met: p99 < 1 s surely; max < 1 s during burst"));
}

void AcceptanceJudgeTest::leavesOutWhatIsRequiredBesides()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::Met),
                                          standing("errors < 1 %", Standing::NotMet),
                                          standing("achieved >= 99 %", Standing::NotMet)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 1 of 2"), results, {{2, true, false}});
    QVERIFY(!judged->isAccepted && !judged->isOpen);
    QCOMPARE(judged->of, 2);
    QCOMPARE(judged->required, std::vector<std::size_t>{2});
    QCOMPARE(judged->sentence(results),
             QStringLiteral("1 of 2 rules are met; at least 1 of 2 are asked for; achieved >= 99 %, which must be met "
                            "besides, is not met: not accepted"));
}

void AcceptanceJudgeTest::countsAWrittenRuleThatReadsAsTheImplicitOne()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::Met),
                                          standing("achieved >= 99 %", Standing::NotMet)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 50 %"), results, {});
    QVERIFY(judged->isAccepted);
    QCOMPARE(judged->of, 2);
    QVERIFY(judged->required.empty());
}

void AcceptanceJudgeTest::countsAndRequiresWhatBothSay()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::NotMet), standing("max < 2 s", Standing::Met)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 1 of 2"), results, {{0, false, true}});
    QVERIFY(!judged->isAccepted);
    QCOMPARE(judged->of, 2);
    QCOMPARE(judged->notMet, std::vector<std::size_t>{0});
}

void AcceptanceJudgeTest::isOpenWhileWhatIsRequiredIsUndecided()
{
    const std::vector<RuleResult> results{standing("p95 < 1 s", Standing::Met),
                                          standing("p99 < 1 s surely", Standing::Undecided)};
    const auto judged = judgeAcceptance(QStringLiteral("at least 1 of 1"), results, {{1, false, false}});
    QVERIFY(judged->isOpen && !judged->isAccepted);
    QVERIFY(judged->sentence(results).endsWith(
        QStringLiteral("p99 < 1 s surely, which must be met besides, is undecided: open")));
}

void AcceptanceJudgeTest::isNoneWithoutAText()
{
    QVERIFY(!judgeAcceptance(QString(), {}, {}));
    QVERIFY(!judgeAcceptance(QStringLiteral("\x1b[31m at least"), {}, {})); // from a file
}

QTEST_GUILESS_MAIN(AcceptanceJudgeTest)
#include "tst_acceptancejudge.moc"
