// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitfinding.h"
#include "core/rules/ruleparser.h"

#include <QTest>

using namespace Headroom;

using Ending = LimitFinding::Ending;
using Standing = RuleResult::Standing;

namespace {

/// Planned 100/s, held 190/s, broke at 198/s.
LimitFinding findingWith(Ending ending)
{
    LimitFinding finding;
    finding.ending = ending;
    finding.plannedPerSecond = 100.0;
    finding.upToPerSecond = 1000.0;
    finding.sustainablePerSecond = 190.0;
    finding.brokenPerSecond = 198.0;
    RuleResult broken;
    broken.rule = *parseRule(QStringLiteral("p95 < 50 ms"));
    broken.value = 61.0;
    finding.brokeFirst = broken;
    return finding;
}

RuleResult judged(const char *rule, const LimitFinding &finding)
{
    RuleResult unjudged;
    unjudged.rule = *parseRule(QLatin1String(rule));
    return headroomResult(unjudged, finding);
}

} // namespace

/// The words for what a search found, and the rule on it.
class LimitFindingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatWasFoundInOneLine();
    void saysWhatStandsBehindIt();
    void neverClaimsWhatIsNotConfirmed();
    void blamesTheGeneratorNotTheTarget();
    void headroomIsJudgedOnceConfirmed();
    void headroomAboveTheHighestRateStaysOpen();
    void headroomOfNothingIsNone();
    void everyEndingHasAWord();
};

void LimitFindingTest::saysWhatWasFoundInOneLine()
{
    QCOMPARE(headline(findingWith(Ending::Found)),
             QStringLiteral("190/s sustainable (between 190/s and 198/s), headroom 1.90 of the planned 100/s"));
    LimitFinding open = findingWith(Ending::AtLeast);
    open.brokenPerSecond.reset();
    QCOMPARE(headline(open), QStringLiteral("at least 190/s sustainable, headroom 1.90 or more of the planned 100/s"));
    LimitFinding none = findingWith(Ending::NothingHeld);
    none.sustainablePerSecond.reset();
    none.brokenPerSecond = 1.56;
    QCOMPARE(headline(none), QStringLiteral("no rate is sustainable, down to 1.56/s"));
    QVERIFY(!none.headroom());
}

void LimitFindingTest::saysWhatStandsBehindIt()
{
    LimitFinding finding = findingWith(Ending::Found);
    finding.brokeAtCap = true;
    finding.knee = Knee{190.0, 22.0, 100.0, 225.0};
    const std::vector<QString> sentences = remarks(finding);
    QCOMPARE(sentences.size(), 3u);
    QCOMPARE(sentences[0], QStringLiteral("What broke first, at 198/s: p95 < 50 ms (61.0 ms)"));
    QVERIFY(sentences[1].contains(QStringLiteral("All users were taken")));
    QCOMPARE(sentences[2], QStringLiteral("p95 turns from flat to steep at 190/s, in the range from 100/s to 225/s"));
}

void LimitFindingTest::neverClaimsWhatIsNotConfirmed()
{
    for (const Ending ending :
         {Ending::Running, Ending::Unstable, Ending::GeneratorLimit, Ending::NotRecovered, Ending::OutOfTime}) {
        const LimitFinding finding = findingWith(ending);
        QVERIFY(!finding.isConfirmed());
        QVERIFY(!headline(finding).contains(QStringLiteral("sustainable")));
        QVERIFY(headline(finding).contains(QStringLiteral("not confirmed")));
        QVERIFY(!remarks(finding).empty());
        const RuleResult result = judged("headroom >= 1.5", finding);
        QCOMPARE(result.standing, Standing::Undecided);
        QCOMPARE(result.reason, QStringLiteral("the search has not confirmed a rate"));
    }
}

void LimitFindingTest::blamesTheGeneratorNotTheTarget()
{
    LimitFinding finding = findingWith(Ending::GeneratorLimit);
    finding.brokenPerSecond.reset();
    finding.brokeFirst.reset();
    finding.generatorPerSecond = 225.0;
    QCOMPARE(headline(finding), QStringLiteral("190/s held, not confirmed"));
    const std::vector<QString> sentences = remarks(finding);
    QCOMPARE(sentences.size(), 1u);
    QVERIFY(sentences[0].startsWith(
        QStringLiteral("At 225/s the generator itself was late, so it was the limit, not the target")));
}

void LimitFindingTest::headroomIsJudgedOnceConfirmed()
{
    const LimitFinding finding = findingWith(Ending::Found);
    QCOMPARE(finding.headroom(), 1.9);
    QCOMPARE(judged("headroom >= 1.9", finding).standing, Standing::Met);
    const RuleResult short_ = judged("headroom >= 2", finding);
    QCOMPARE(short_.standing, Standing::NotMet);
    QCOMPARE(short_.value, 1.9);
    QCOMPARE(short_.low, 1.9);
    QCOMPARE(short_.high, 1.98);
}

void LimitFindingTest::headroomAboveTheHighestRateStaysOpen()
{
    LimitFinding finding = findingWith(Ending::AtLeast);
    finding.brokenPerSecond.reset();
    QCOMPARE(judged("headroom >= 1.5", finding).standing, Standing::Met);
    QCOMPARE(judged("headroom >= 2", finding).standing, Standing::Undecided);
    QCOMPARE(judged("headroom < 3", finding).standing, Standing::Undecided);
    QCOMPARE(judged("headroom < 1.5", finding).standing, Standing::NotMet);
    QCOMPARE(judged("headroom between 1 and 3", finding).standing, Standing::Undecided);
    QCOMPARE(judged("headroom between 1 and 1.5", finding).standing, Standing::NotMet);
    QVERIFY(!judged("headroom >= 2", finding).high);
}

void LimitFindingTest::headroomOfNothingIsNone()
{
    LimitFinding finding = findingWith(Ending::NothingHeld);
    finding.sustainablePerSecond.reset();
    const RuleResult result = judged("headroom >= 1", finding);
    QCOMPARE(result.standing, Standing::NotMet);
    QCOMPARE(result.value, 0.0);
}

void LimitFindingTest::everyEndingHasAWord()
{
    QStringList words;
    for (int ending = 0; ending <= int(Ending::OutOfTime); ++ending)
        words += endingName(Ending(ending));
    QCOMPARE(words.join(u' '),
             QStringLiteral("running found at_least nothing_held unstable generator_limit not_recovered out_of_time"));
    QCOMPARE(verdictName(LimitProbe::Verdict::GeneratorLimited), QLatin1String("generator_limited"));
}

QTEST_GUILESS_MAIN(LimitFindingTest)
#include "tst_limitfinding.moc"
