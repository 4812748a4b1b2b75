// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulecontradictions.h"
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

/// "1! ..." for an error of the second rule, "0? ..." for a warning of the first; nothing when nothing was found.
QString findingOf(const QString &first, const QString &second)
{
    const std::vector<Rule> rules{parseRule(first).value(), parseRule(second).value()};
    const auto place = [](std::size_t rule) { return QStringLiteral("line %1").arg(rule + 10); };
    const auto found = findContradictions(rules, exampleFacts(), place);
    if (found.empty())
        return {};
    return QStringLiteral("%1%2 %3").arg(found[0].rule).arg(found[0].isError ? QChar(u'!') : QChar(u'?')).arg(found[0].message);
}

} // namespace

class RuleContradictionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatRulesSayOfEachOther_data();
    void findsWhatRulesSayOfEachOther();
    void namesTheOtherRuleAndItsPlace();
};

void RuleContradictionsTest::findsWhatRulesSayOfEachOther_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("finding"); // "1!": the second is in error; "0?", "1?": has nothing new to say
    const auto row = [](const char *name, const char *first, const char *second, const char *finding) {
        QTest::newRow(name) << QString::fromLatin1(first) << QString::fromLatin1(second)
                            << QString::fromLatin1(finding);
    };
    row("below and above", "p95 < 100 ms", "p95 > 200 ms", "1!");
    row("touching, with both ends", "p95 <= 100 ms", "p95 >= 100 ms", "");
    row("touching, without one", "p95 < 100 ms", "p95 >= 100 ms", "1!");
    row("between without a common part", "p95 between 1 ms and 2 ms", "p95 between 3 ms and 4 ms", "1!");
    row("between with one", "p95 between 1 ms and 3 ms", "p95 between 2 ms and 4 ms", "");
    row("equal to two things", "errors == 0 %", "errors == 1 %", "1!");
    row("a lower percentile above a higher one", "p99 < 100 ms", "p50 > 100 ms", "1!");
    row("service above response", "p95 < 100 ms", "service.p95 > 100 ms", "1!");
    row("response above service", "service.p95 < 100 ms", "p95 > 100 ms", "");
    row("minimum above maximum", "max < 1 s", "min > 2 s", "1!");
    row("mean above maximum", "max < 1 s", "mean > 2 s", "1!");
    row("another window", "p95 < 100 ms", "p95 > 200 ms during burst", "");
    row("another step", "p95(retrieve) < 100 ms", "p95(document) > 200 ms", "");
    row("the same step by name and path", "p95(retrieve) < 100 ms", "p95(/retrieve) > 200 ms", "1!");
    row("patient rules can both hold", "p95 < 100 ms for 5 s", "p95 > 200 ms", "");
    row("a series in two notations", "max(api.cpu) < 70 %", "max(api.cpu) > 80", "1!");
    row("two stages recover differently", "recovery(p95, steady) < 1 s", "recovery(p95, burst) > 2 s", "");
    row("two resources", "cost(cpu) < 1 ms", "cost(memory) < 1 MB", "");
    row("the same twice", "errors < 1 %", "errors<1%", "1?");
    row("the same bound in other words", "throughput > 1/s", "throughput > 60/min", "1?");
    row("looser than before", "p95 < 100 ms", "p95 < 200 ms", "1?");
    row("stricter than before", "p95 < 200 ms", "p95 < 100 ms", "0?");
    row("a higher percentile is stricter", "p99 < 100 ms", "p95 < 100 ms", "1?");
    row("a higher percentile with a higher bound is not", "p99 < 200 ms", "p95 < 100 ms", "");
    row("a lower percentile from below", "p50 > 10 ms", "p95 > 5 ms", "1?");
    row("maximum says all", "max < 1 s", "p99.9 < 1 s", "1?");
    row("surely says more", "errors < 1 %", "errors < 1 % surely", "0?");
    row("surely is not implied", "errors < 1 %", "errors < 2 % surely", "");
    row("stop does more than its bound", "errors < 1 %", "errors < 2 % stop", "");
    row("wholly different", "errors < 1 %", "p95 < 1 s", "");
}

void RuleContradictionsTest::findsWhatRulesSayOfEachOther()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QTEST(findingOf(first, second).section(u' ', 0, 0), "finding");
}

void RuleContradictionsTest::namesTheOtherRuleAndItsPlace()
{
    QCOMPARE(findingOf(QStringLiteral("p95 < 100 ms"), QStringLiteral("p95 > 200 ms")),
             QStringLiteral(
                 "1! no run can meet this rule and that of line 10 together: 'p95 < 100 ms'; remove one of them"));
    QCOMPARE(findingOf(QStringLiteral("errors < 1 %"), QStringLiteral("errors < 1 %")),
             QStringLiteral("1? this rule is the same as that of line 10: 'errors < 1 %'"));
    QCOMPARE(findingOf(QStringLiteral("p95 < 200 ms"), QStringLiteral("p95 < 100 ms")),
             QStringLiteral("0? this rule asks for nothing more than that of line 11: 'p95 < 100 ms'"));
}

QTEST_GUILESS_MAIN(RuleContradictionsTest)
#include "tst_rulecontradictions.moc"
