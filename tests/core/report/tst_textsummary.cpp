// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textsummary.h"

#include "core/report/origintext.h"
#include "core/report/terminaltext.h"
#include "core/session/cutfrom.h"
#include "core/session/mergedfrom.h"
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

class TextSummaryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheRunAtAGlance();
    void saysWhereTheSessionIsFromAndWhatWasChanged();
    void marksEachRule();
    void endsWithTheVerdict_data();
    void endsWithTheVerdict();
    void staysWithinTheColumnsAndSafe();
    void cutsAndAlignsByColumns();
    void wrapsLongSentences();
    void saysWhatLimitedTheRun();
};

void TextSummaryTest::showsTheRunAtAGlance()
{
    const QStringList lines = textSummary(smallReport()).split(QLatin1Char('\n'));
    QCOMPARE(lines[0], QStringLiteral("Small shop against http://127.0.0.1:8080"));
    QCOMPARE(lines[1], QStringLiteral("open model, lasted 0:03, measured 0:02"));
    QCOMPARE(lines[2], QStringLiteral("requests by qnam: HTTP/1.1, connections shared by all users"));
    QCOMPARE(lines[3], QStringLiteral("changed by options: load.stages[0].rate=2/s"));
    // 13 requests in 3.5 s; 2 of 13 are 15.38 %, 1 of 13 is 7.692 %, 2 of 14 planned are 14.29 %.
    QCOMPARE(lines.filter(QStringLiteral("total  ")).value(0).simplified(),
             QStringLiteral("total 13 3.714/s 13 2 (15.38 %) 1 (7.692 %) 2 (14.29 %)"));
    QCOMPARE(lines.filter(QStringLiteral("measured  ")).value(0).simplified(),
             QStringLiteral("measured 10 5/s 10 2 (20 %) 1 (10 %) 2 (16.67 %)"));
    const QString list = lines.filter(QStringLiteral("list  ")).value(0).simplified();
    // 10 10 10 10 10 20 and 40 ms: p50 and p95 of 7 are ranks 4 and 7; 7 are enough for p50 only.
    QCOMPARE(list, QStringLiteral("list 7 1 10.0 ms 40.0 ms* 40.0 ms* 40.0 ms"));
    QCOMPARE(lines.filter(QStringLiteral("timeout: ")).value(0),
             QStringLiteral("         1 × list  timeout: no complete answer within 40 ms  from 0:02 to 0:02"));
}

void TextSummaryTest::saysWhereTheSessionIsFromAndWhatWasChanged()
{
    ReportModel model = smallReport();
    QVERIFY(originTexts(model.head).isEmpty());
    model.head.environment = {{QStringLiteral("kernel"), QStringLiteral("6.1")},
                              {QStringLiteral("a.headroom: cut from"), QStringLiteral("all.headroom: 0:01 to 0:03 of 0:10")},
                              {kMergedFrom, QStringLiteral("a.headroom, b.headroom")},
                              {kCutFrom, QStringLiteral("m.headroom: 0:00 to 0:02 of 0:03")}};
    model.head.overrides = {{QStringLiteral("--duration"), QStringLiteral("10 s")},
                            {QStringLiteral("--find-limit"), QString()},
                            {QStringLiteral("vars.x"), QStringLiteral("\x1b[2J")}};
    const QStringList lines = textSummary(model).split(QLatin1Char('\n'));
    QCOMPARE(lines[3], QStringLiteral("a.headroom: cut from all.headroom: 0:01 to 0:03 of 0:10"));
    QCOMPARE(lines[4], QStringLiteral("merged from a.headroom, b.headroom"));
    QCOMPARE(lines[5], QStringLiteral("cut from m.headroom: 0:00 to 0:02 of 0:03"));
    QCOMPARE(lines[6], QStringLiteral("changed by options: --duration 10 s, --find-limit, vars.x=\uFFFD[2J"));
    model.head.overrides.clear();
    QVERIFY(!textSummary(model).contains(QStringLiteral("changed by options")));
}

void TextSummaryTest::marksEachRule()
{
    ReportModel model = smallReport();
    model.rules.resize(1);
    model.rules[0].value = 80.0;
    const QString value = formatRuleValue(80.0, Rule::Unit::Duration);
    for (const auto &[standing, mark] : {std::pair{RuleResult::Standing::Met, u"✓"},
                                         {RuleResult::Standing::NotMet, u"✗"},
                                         {RuleResult::Standing::Undecided, u"?"},
                                         {RuleResult::Standing::NotRun, u"–"}}) {
        model.rules[0].standing = standing;
        const QString line =
            QString(mark) + QLatin1Char(' ') + value.rightJustified(14) + QStringLiteral("  p95(list) < 50 ms");
        QVERIFY2(textSummary(model).contains(line), qPrintable(textSummary(model)));
    }
}

void TextSummaryTest::endsWithTheVerdict_data()
{
    QTest::addColumn<int>("result");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<QString>("last");
    using R = Verdict::Result;
    QTest::newRow("met") << int(R::Met) << true << QStringLiteral("Verdict: all rules met");
    QTest::newRow("not met") << int(R::NotMet) << true << QStringLiteral("Verdict: rules NOT MET");
    QTest::newRow("not valid") << int(R::Met) << false << QStringLiteral("Verdict: NOT VALID, all rules met");
    QTest::newRow("none") << int(R::None) << true << QStringLiteral("Verdict: nothing judged");
}

void TextSummaryTest::endsWithTheVerdict()
{
    QFETCH(int, result);
    QFETCH(bool, isValid);
    QFETCH(QString, last);
    ReportModel model;
    model.verdict.result = Verdict::Result(result);
    model.verdict.isValid = isValid;
    model.verdict.exitCode = 5;
    QVERIFY2(textSummary(model).endsWith(last + QLatin1Char('\n')), qPrintable(textSummary(model))); // a saved one
    QVERIFY2(textSummary(model, 4).endsWith(last + QStringLiteral(" (exit code 4)\n")), qPrintable(textSummary(model, 4)));
}

void TextSummaryTest::staysWithinTheColumnsAndSafe()
{
    SessionHead head = smallHead();
    const QString hostile =
        QStringLiteral("\x1b[2J\r\n\t\u202e") + QString(QChar(0xdc00)) + QString(150, QChar(0x6f22));
    head.facts.name = hostile;
    head.facts.target = hostile;
    head.facts.transport = hostile;
    head.facts.steps[0].name = hostile;
    head.facts.rules += hostile;
    std::vector<MetricsFrame> frames = smallFrames();
    frames[2].failures[0].message = hostile;
    frames[2].failures[0].count = 1'000'000'000'000;
    const ReportModel model = reportOf(head, frames, {RunEnding{RunEnding::Reason::TargetLost, hostile, 9, 0}, {}});
    const QString summary = textSummary(model);
    for (const QString &line : summary.split(QLatin1Char('\n'))) {
        QVERIFY2(columnsOf(line) <= 100, qPrintable(line));
        QCOMPARE(cleaned(line), line);
    }
}

void TextSummaryTest::cutsAndAlignsByColumns()
{
    QCOMPARE(cleaned(QStringLiteral("a\x1b[1m\tb")), QStringLiteral("a\uFFFD[1m\uFFFDb"));
    QCOMPARE(cleaned(QStringLiteral("a\u202eb\u2028") + QChar(0xdc00)), QStringLiteral("a\uFFFDb\uFFFD\uFFFD"));
    QCOMPARE(shortened(QStringLiteral("abcdef"), 6), QStringLiteral("abcdef"));
    QCOMPARE(shortened(QStringLiteral("abcdefg"), 6), QStringLiteral("abcde…"));
    // Wide characters take two columns each: 漢 and the ellipsis take three, a second 漢 would make five.
    QCOMPARE(shortened(QStringLiteral("漢漢漢"), 4), QStringLiteral("漢…"));
    QCOMPARE(leftAligned(QStringLiteral("漢"), 4), QStringLiteral("漢  "));
    QCOMPARE(rightAligned(QStringLiteral("ab"), 4), QStringLiteral("  ab"));
}

void TextSummaryTest::wrapsLongSentences()
{
    QCOMPARE(wrapped(QStringLiteral("one two three four"), 9, 2), QStringLiteral("one two\n  three\n  four"));
    QCOMPARE(wrapped(QStringLiteral("abcdefghijkl"), 5, 2), QStringLiteral("abcd…"));
}

void TextSummaryTest::saysWhatLimitedTheRun()
{
    ReportModel model = smallReport();
    model.validity.measuredSeconds = 10;
    model.validity.limitedSeconds = {10, 0, 0, 0};
    QVERIFY(!textSummary(model).contains(QStringLiteral("Limited by")));
    model.validity.limitedSeconds = {4, 1, 3, 2}; // nothing, generator, plan, target
    const QString text = textSummary(model);
    QVERIFY2(text.contains(QStringLiteral("Limited by the generator in 1 s, the target in 2 s, the plan in 3 s, nothing in 4 s.")),
             qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("more users")));
}

QTEST_GUILESS_MAIN(TextSummaryTest)
#include "tst_textsummary.moc"
