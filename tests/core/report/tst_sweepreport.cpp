// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonvalue.h"
#include "core/report/sweepreport.h"
#include "tests/support/schemaproblems.h"
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;
using Figure = SweepReport::Figure;

class SweepReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesItsFiguresFromTheReportOfEachRun();
    void namesTheBestOnlyWhenItStandsOut();
    void comparesValidRunsOnly();
    void comparesPercentilesOfEnoughSamplesOnly();
    void callsSamplesFewWhereTheReportOfTheRunDoes();
    void takesTheWorstExitCode_data();
    void takesTheWorstExitCode();
    void keepsToItsSchema();
    void showsHostileTextsAsText();
    void drawsTwoPictures();
    void tellsWhatDidNotRun();
};

namespace {

SweepReport::Member member(const char *value, double perSecond, Nanoseconds p95)
{
    SweepReport::Member member;
    member.label = QString::fromUtf8(value);
    member.session = QStringLiteral("mix-%1.headroom").arg(member.label);
    member.offeredPerSecond = perSecond;
    member.achievedPerSecond = perSecond;
    member.requestsPerSecond = perSecond;
    member.requests = 10'000;
    member.iterations = 10'000;
    member.samples = 10'000;
    member.p50 = p95 / 2;
    member.p95 = p95;
    member.p99 = 2 * p95;
    member.verdict.result = Verdict::Result::Met;
    return member;
}

SweepReport sweepOf(std::vector<SweepReport::Member> members)
{
    SweepReport sweep;
    sweep.toolVersion = QStringLiteral("0.1.0");
    sweep.scenario = QStringLiteral("Mix");
    sweep.target = QStringLiteral("http://127.0.0.1:8080");
    sweep.parameter = QStringLiteral("users");
    for (const SweepReport::Member &one : members)
        sweep.values.push_back(one.label);
    sweep.members = std::move(members);
    sweep.exitCode = worstExitCode(sweep.members);
    return sweep;
}

QString bestOf(const SweepReport &sweep, Figure figure)
{
    const SweepReport::Member *best = sweep.best(figure);
    return best ? best->label : QString();
}

} // namespace

void SweepReportTest::takesItsFiguresFromTheReportOfEachRun()
{
    // Measured: 2 s with 12 planned iterations, 10 started, 10 finished requests, 2 of them errors.
    const auto made = runSummary(QStringLiteral("4"), QStringLiteral("s.headroom"), smallReport());
    QCOMPARE(made.offeredPerSecond, 6.0);
    QCOMPARE(made.achievedPerSecond, 5.0);
    QCOMPARE(made.requestsPerSecond, 5.0);
    QCOMPARE(made.errors, 2u);
    QCOMPARE(made.p50, std::optional(smallReport().measured.latencies[LatencyKind::Response].valueAtQuantile(0.5)));
    QCOMPARE(made.exitCode, smallReport().verdict.exitCode);
    QVERIFY(made.hasRun());
}

void SweepReportTest::namesTheBestOnlyWhenItStandsOut()
{
    // 200 is 5 % more than 190; 10 ms and 10.1 ms are as good as each other.
    const SweepReport sweep = sweepOf({member("1", 100, 10ms), member("2", 190, 10100us), member("4", 200, 50ms)});
    QCOMPARE(bestOf(sweep, Figure::Throughput), QStringLiteral("4"));
    QCOMPARE(bestOf(sweep, Figure::P95), QString());
    QCOMPARE(bestOf(sweep, Figure::Cpu), QString()); // nobody has it
    QCOMPARE(bestOf(sweepOf({member("1", 100, 10ms)}), Figure::Throughput), QString());
}

void SweepReportTest::comparesValidRunsOnly()
{
    SweepReport sweep = sweepOf({member("1", 100, 10ms), member("2", 150, 20ms), member("4", 300, 1ms)});
    sweep.members[2].verdict.isValid = false;
    QCOMPARE(bestOf(sweep, Figure::Throughput), QStringLiteral("2"));
    QCOMPARE(bestOf(sweep, Figure::P95), QStringLiteral("1"));
}

void SweepReportTest::comparesPercentilesOfEnoughSamplesOnly()
{
    SweepReport sweep = sweepOf({member("1", 100, 10ms), member("2", 150, 20ms), member("4", 200, 30ms)});
    sweep.members[0].hasFewForP99 = true;
    QCOMPARE(bestOf(sweep, Figure::P95), QStringLiteral("1"));
    QCOMPARE(bestOf(sweep, Figure::P99), QStringLiteral("2"));
}

void SweepReportTest::callsSamplesFewWhereTheReportOfTheRunDoes()
{
    // 20 s of 25 answers, those of one second all slow: 500 samples, more than the 368 that p99 needs of independent
    // ones, but worth about one a second.
    ReportModel report = smallReport();
    ReportBlock &measured = report.measured;
    measured.latencies = {};
    measured.spread = {};
    for (int second = 0; second < 20; ++second) {
        HdrHistogram times;
        times.record(second == 11 ? 100ms : 10ms, 25);
        measured.latencies[LatencyKind::Response].merge(times);
        measured.spread.times[std::size_t(LatencyKind::Response)].add(second, times);
    }
    QVERIFY(!measured.interval(LatencyKind::Response, 0.99).high);
    const auto made = runSummary(QStringLiteral("4"), QStringLiteral("s.headroom"), report);
    QCOMPARE(made.samples, 500u);
    QVERIFY(made.hasFewSamples(Figure::P99));
    QCOMPARE(made.hasFewSamples(Figure::P50), !measured.interval(LatencyKind::Response, 0.50).high);
    QVERIFY(!made.hasFewSamples(Figure::Throughput));
    const SweepReport sweep = sweepOf({made});
    const Json few = Json::parse(sweepJson(sweep).toStdString())["runs"][0]["few_samples"];
    QCOMPARE(few[few.size() - 1].as<std::string>(), std::string("p99"));
    QVERIFY(sweepText(sweep).contains(QStringLiteral("* few samples")));
    QVERIFY(sweepText(sweep).contains(QStringLiteral("ms*")));
    QVERIFY(QString::fromUtf8(sweepHtml(sweep)).contains(QStringLiteral("class=\"few\"")));
}

void SweepReportTest::takesTheWorstExitCode_data()
{
    QTest::addColumn<QList<int>>("codes");
    QTest::addColumn<int>("worst");
    QTest::newRow("all met") << QList<int>{0, 0} << 0;
    QTest::newRow("one not met") << QList<int>{0, 4, 0} << 4;
    QTest::newRow("not valid before not met") << QList<int>{4, 5} << 5;
    QTest::newRow("not reachable before not valid") << QList<int>{5, 3, 4} << 3;
    QTest::newRow("a fault before it") << QList<int>{3, 1} << 1;
    QTest::newRow("an interrupt before all") << QList<int>{1, 3, 5, 4, 130} << 130;
}

void SweepReportTest::takesTheWorstExitCode()
{
    QFETCH(QList<int>, codes);
    std::vector<SweepReport::Member> members;
    for (const int code : codes) {
        members.push_back(member("1", 1, 1ms));
        members.back().exitCode = code;
    }
    QTEST(worstExitCode(members), "worst");
}

void SweepReportTest::keepsToItsSchema()
{
    SweepReport sweep = sweepOf(
        {member("1", 100, 10ms), failedRunSummary(QStringLiteral("2"), QStringLiteral("nobody listens there"), 3)});
    sweep.values.push_back(QStringLiteral("4"));
    const Json json = Json::parse(sweepJson(sweep).toStdString());
    const QStringList problems = schemaProblems(sweepJsonSchema(), sweepJson(sweep));
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
    QCOMPARE(json["complete"].as<bool>(), false);
    QCOMPARE(json["exit_code"].as<int>(), 3);
    QVERIFY(json["runs"][1]["rate_per_s"].is_null());
    QCOMPARE(sweepJson(sweep), sweepJson(sweep));
}

void SweepReportTest::showsHostileTextsAsText()
{
    SweepReport sweep = sweepOf({member("<b>1</b>\x1b[2J", 100, 10ms), member("2", 50, 10ms)});
    sweep.scenario = QStringLiteral("</title><script>alert(1)</script>");
    sweep.parameter = QStringLiteral("load.<i>x");
    sweep.members[0].verdict.reasons = {QStringLiteral("<img src=x>")};
    const QString page = QString::fromUtf8(sweepHtml(sweep));
    for (const char *tag : {"<script", "<b>", "<i>", "<img"})
        QVERIFY2(!page.contains(QLatin1String(tag)), tag);
    QVERIFY(!sweepText(sweep).contains(QChar(0x1b)));
}

void SweepReportTest::drawsTwoPictures()
{
    const QString page = QString::fromUtf8(sweepHtml(sweepOf({member("1", 100, 10ms), member("2", 150, 20ms)})));
    QCOMPARE(page.count(QStringLiteral("<svg")), 2);
    QCOMPARE(page.count(QStringLiteral("<circle")), 4);
    QVERIFY(page.contains(QStringLiteral("users = 2: 150/s")));
    const QString none =
        QString::fromUtf8(sweepHtml(sweepOf({failedRunSummary(QStringLiteral("1"), QStringLiteral("no"), 3)})));
    QCOMPARE(none.count(QStringLiteral("<svg")), 0);
}

void SweepReportTest::tellsWhatDidNotRun()
{
    SweepReport sweep = sweepOf(
        {member("1", 100, 10ms), failedRunSummary(QStringLiteral("2"), QStringLiteral("nobody listens there"), 3)});
    sweep.values.push_back(QStringLiteral("4"));
    const QString text = sweepText(sweep);
    QVERIFY(text.contains(QStringLiteral("did not run: nobody listens there")));
    QVERIFY(text.contains(QStringLiteral("Stopped after 2 of 3 values")));
}

QTEST_GUILESS_MAIN(SweepReportTest)
#include "tst_sweepreport.moc"
