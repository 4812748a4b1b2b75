// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/verdict.h"

#include <QTest>

using namespace Headroom;
using Standing = RuleResult::Standing;
using Reason = RunEnding::Reason;
using Standings = std::vector<Standing>;

Q_DECLARE_METATYPE(Headroom::RunEnding::Reason)
Q_DECLARE_METATYPE(Standings)
Q_DECLARE_METATYPE(Headroom::Verdict::Result)

class VerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsTheExitCode_data();
    void returnsTheExitCode();
    void isStrictAboutWhatWasNotShown_data();
    void isStrictAboutWhatWasNotShown();
    void needsRequestsToMeetARule();
    void saysWhyEachRuleFailed();
    void saysHowTheRunEnded();
    void saysThatNothingWasJudged();
    void followsTheAcceptance_data();
    void followsTheAcceptance();
};

namespace {

ReportModel modelOf(Reason reason, bool isValid, const Standings &standings, std::uint64_t requests = 10)
{
    ReportModel model;
    model.ending = RunEnding{reason, {}, 0, 0};
    model.validity.isValid = isValid;
    model.totals.latencies.counts.requests = requests;
    model.measured.latencies.counts.requests = requests;
    for (const Standing standing : standings) {
        RuleResult result;
        result.rule.text = QStringLiteral("p95 < 50 ms");
        result.standing = standing;
        model.rules.push_back(result);
    }
    return model;
}

} // namespace

void VerdictTest::returnsTheExitCode_data()
{
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<Standings>("rules");
    QTest::addColumn<Verdict::Result>("result");
    QTest::addColumn<int>("exitCode");
    const Standings met{Standing::Met, Standing::Met};
    const Standings failed{Standing::Undecided, Standing::NotMet, Standing::Met};
    using R = Verdict::Result;
    QTest::newRow("all rules met") << Reason::Completed << true << met << R::Met << 0;
    QTest::newRow("stopped by hand") << Reason::Stopped << true << met << R::Met << 0;
    QTest::newRow("no rules") << Reason::Completed << true << Standings{} << R::None << 0;
    QTest::newRow("no rule was run") << Reason::Completed << true << Standings{Standing::NotRun} << R::None << 0;
    QTest::newRow("one not run, one met")
        << Reason::Completed << true << Standings{Standing::NotRun, Standing::Met} << R::Undecided << 0;
    QTest::newRow("one undecided") << Reason::Completed << true << Standings{Standing::Met, Standing::Undecided}
                                   << R::Undecided << 0;
    QTest::newRow("one not met") << Reason::Completed << true << failed << R::NotMet << 4;
    QTest::newRow("stop rule") << Reason::StopRule << true << failed << R::NotMet << 4;
    QTest::newRow("stop rule that recovered") << Reason::StopRule << true << met << R::Met << 4;
    QTest::newRow("target lost") << Reason::TargetLost << true << met << R::Met << 4;
    QTest::newRow("not valid") << Reason::Completed << false << met << R::Met << 5;
    QTest::newRow("not valid before not met") << Reason::Completed << false << failed << R::NotMet << 5;
    QTest::newRow("not valid before target lost") << Reason::TargetLost << false << met << R::Met << 5;
    QTest::newRow("fault before not valid") << Reason::Fault << false << failed << R::NotMet << 1;
    QTest::newRow("interrupted before everything") << Reason::Interrupted << false << failed << R::NotMet << 130;
    QTest::newRow("interrupted with rules met") << Reason::Interrupted << true << met << R::Met << 130;
}

void VerdictTest::returnsTheExitCode()
{
    QFETCH(Reason, reason);
    QFETCH(bool, isValid);
    QFETCH(Standings, rules);
    const Verdict verdict = judge(modelOf(reason, isValid, rules));
    QTEST(verdict.result, "result");
    QTEST(verdict.exitCode, "exitCode");
    QCOMPARE(verdict.isValid, isValid);
}

void VerdictTest::isStrictAboutWhatWasNotShown_data()
{
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<Standings>("rules");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("met") << Reason::Completed << Standings{Standing::Met} << 0;
    QTest::newRow("undecided") << Reason::Completed << Standings{Standing::Undecided} << 4;
    QTest::newRow("no rules") << Reason::Completed << Standings{} << 4;
    QTest::newRow("interrupted stays") << Reason::Interrupted << Standings{} << 130;
}

void VerdictTest::isStrictAboutWhatWasNotShown()
{
    QFETCH(Reason, reason);
    QFETCH(Standings, rules);
    Verdict verdict = judge(modelOf(reason, true, rules));
    const std::size_t reasons = verdict.reasons.size();
    const int before = verdict.exitCode;
    makeStrict(verdict);
    QTEST(verdict.exitCode, "exitCode");
    QCOMPARE(verdict.reasons.size(), reasons + (verdict.exitCode != before));
}

void VerdictTest::needsRequestsToMeetARule()
{
    const Verdict verdict = judge(modelOf(Reason::Completed, true, {Standing::Met}, 0));
    QCOMPARE(verdict.result, Verdict::Result::Undecided);
    QCOMPARE(verdict.reasons,
             std::vector<QString>{QStringLiteral("No request was finished, so there is nothing to judge")});
}

void VerdictTest::saysWhyEachRuleFailed()
{
    ReportModel model = modelOf(Reason::Completed, true, {Standing::Undecided, Standing::Met, Standing::NotMet});
    model.rules[0].reason = QStringLiteral("too few samples");
    model.rules[2].value = 80.0;
    const std::vector<QString> expected{QStringLiteral("p95 < 50 ms is not met: ")
                                            + formatRuleValue(80.0, Rule::Unit::Duration),
                                        QStringLiteral("p95 < 50 ms is undecided: too few samples")};
    QCOMPARE(judge(model).reasons, expected);
}

void VerdictTest::saysHowTheRunEnded()
{
    ReportModel model = modelOf(Reason::TargetLost, true, {Standing::Met});
    model.ending->text = QStringLiteral("nothing listened any more");
    QCOMPARE(judge(model).reasons.front(),
             QStringLiteral("The target was lost during the run: nothing listened any more"));
}

void VerdictTest::saysThatNothingWasJudged()
{
    QCOMPARE(judge(modelOf(Reason::Completed, true, {})).reasons,
             std::vector<QString>{QStringLiteral("The scenario has no rules, so nothing was judged")});
}

void VerdictTest::followsTheAcceptance_data()
{
    QTest::addColumn<QString>("acceptance");
    QTest::addColumn<Standings>("rules");
    QTest::addColumn<Verdict::Result>("result");
    QTest::addColumn<int>("exitCode");
    using R = Verdict::Result;
    const Standings two{Standing::Met, Standing::NotMet, Standing::Met};
    QTest::newRow("enough") << "at least 2 of 3" << two << R::Met << 0;
    QTest::newRow("too few") << "at least 3 of 3" << two << R::NotMet << 4;
    QTest::newRow("share") << "at least 60 %" << two << R::Met << 0;
    QTest::newRow("undecided is not met") << "at least 2 of 2" << Standings{Standing::Met, Standing::Undecided} << R::NotMet << 4;
    QTest::newRow("not run is not met") << "at least 2 of 2" << Standings{Standing::Met, Standing::NotRun} << R::NotMet << 4;
    QTest::newRow("unreadable: all rules") << "at most 1" << two << R::NotMet << 4;
}

void VerdictTest::followsTheAcceptance()
{
    QFETCH(QString, acceptance);
    QFETCH(Standings, rules);
    ReportModel model = modelOf(Reason::Completed, true, rules);
    model.acceptance = judgeAcceptance(acceptance, model.rules, {});
    const Verdict verdict = judge(model);
    QTEST(verdict.result, "result");
    QTEST(verdict.exitCode, "exitCode");
    if (model.acceptance)
        QCOMPARE(verdict.reasons.front(), model.acceptance->sentence(model.rules));
    // What it accepts nevertheless is named.
    QVERIFY(std::ranges::any_of(verdict.reasons, [](const QString &reason) { return reason.startsWith(QStringLiteral("p95 < 50 ms")); }));
}

QTEST_GUILESS_MAIN(VerdictTest)
#include "tst_verdict.moc"
