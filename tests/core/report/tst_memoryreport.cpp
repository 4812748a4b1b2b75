// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportschema.h"
#include "core/report/runview.h"
#include "core/report/textmemory.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"
#include "tests/support/framebuilder.h"
#include "tests/support/schemaproblems.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

constexpr int kSeconds = 60;
constexpr double kMegabyte = 1e6;

/// A process with memory, processor time and storage, the machine, and a heap that answers tell of.
SessionHead watchedHead(const QStringList &rules = {})
{
    SessionHead head;
    head.facts = exampleFacts();
    head.facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")},
                         {QStringLiteral("api"), QStringLiteral("cpu"), QStringLiteral("percent")},
                         {QStringLiteral("api"), QStringLiteral("cpu_seconds"), QStringLiteral("seconds")},
                         {QStringLiteral("api"), QStringLiteral("write_bytes"), QStringLiteral("bytes")},
                         {QStringLiteral("host"), QStringLiteral("cpu_share"), QStringLiteral("percent")},
                         {QStringLiteral("host"), QStringLiteral("memory"), QStringLiteral("bytes")},
                         {QStringLiteral("heap"), QString(), QStringLiteral("bytes")}};
    head.facts.stages[1].length = kSeconds * 1s;
    head.facts.machineMemoryBytes = 1'000'000'000;
    head.facts.rules = rules;
    head.environment = {{QStringLiteral("cores"), QStringLiteral("4")}};
    return head;
}

/// Second i, from 0: 10 requests, memory by `rss`, 20 % of a core, 500 bytes written a second, the machine at 25 %.
std::vector<MetricsFrame> watchedFrames(auto rss)
{
    std::vector<MetricsFrame> frames;
    for (int i = 0; i < kSeconds; ++i) {
        frames.push_back(FrameBuilder(2 + i).answered(0, 10, 1ms).bytes(0, 2000, 500));
        frames.back().probes = {rss(i), 20.0, 0.2 * i, 500.0 * i, 25.0, 400e6, std::nullopt};
    }
    return frames;
}

double flat(int i) { return (i % 2 == 0 ? 100.0 : 101.0) * kMegabyte; }
double leak(int i) { return (100.0 + i) * kMegabyte; } // 1 MB a second

/// One report of each for all that only look at it.
const ReportModel &flatReport()
{
    static const ReportModel kModel = reportOf(watchedHead(), watchedFrames(flat));
    return kModel;
}

const ReportModel &leakReport()
{
    static const ReportModel kModel = reportOf(watchedHead(), watchedFrames(leak));
    return kModel;
}

bool isNear(double value, double wanted) { return std::abs(value - wanted) < 1e-6 * std::abs(wanted); }

} // namespace

/// Memory, its verdict and what requests cost, from frames to the reports.
class MemoryReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesEachMemorySeries();
    void tellsTheTimeToTheLimitOfARule();
    void takesTheMachineAsLimitOfAProcess();
    void forgetsWhatWasBeforeARestart();
    void isTheSameAsTheRuleSays();
    void knowsWhatARequestCosts();
    void countsTheMachineByItsCores();
    void leavesOutWhatHadNoValues();
    void writesThemAsJson();
    void drawsAPicture();
    void writesALineForEachToTheTerminal();
    void survivesValuesBeyondAllMeasure();
};

void MemoryReportTest::judgesEachMemorySeries()
{
    const ReportModel &model = leakReport();
    QCOMPARE(model.memory.size(), 2U); // rss and the host's; bytes written are no memory, and the heap had no value
    const MemoryFigure &rss = model.memory.front();
    QCOMPARE(rss.finding.verdict, LeakFinding::Verdict::Leak);
    QCOMPARE(rss.finding.baseline, 102.5e6); // 6 values from 100 to 105 MB
    QCOMPARE(rss.finding.final, 156.5e6);
    QCOMPARE(rss.finding.peak, 159e6);
    QVERIFY(isNear(rss.perHour().value, 3600e6));
    QVERIFY(isNear(rss.perThousand->value, 100e6)); // 1,000 requests take 100 s
    QCOMPARE(rss.samples, 60U);
    QVERIFY(rss.fromSeconds == 2.0 && rss.toSeconds == 61.0);
    QCOMPARE(model.memory[1].finding.verdict, LeakFinding::Verdict::NoLeak);
}

void MemoryReportTest::tellsTheTimeToTheLimitOfARule()
{
    const QStringList rules{QStringLiteral("max(api.rss) < 300 MB"), QStringLiteral("last(api.rss) < 516.5 MB"),
                            QStringLiteral("growth(api.rss) <= 20 %"), QStringLiteral("max(api.rss) > 1 B")};
    const MemoryFigure rss = reportOf(watchedHead(rules), watchedFrames(leak)).memory.front();
    QCOMPARE(rss.limitBytes, std::optional(300e6));
    QCOMPARE(rss.limitRule, rules.front());
    QCOMPARE(rss.growthLimit, std::optional(0.2));
    QVERIFY(isNear(rss.hoursToLimit->value, 143.5 / 3600.0)); // 143.5 MB left, at 1 MB a second
    QVERIFY(timeToLimitText(rss).startsWith(u"reaches 286 MiB (max(api.rss) < 300 MB) in 2 min 24 s"));
}

void MemoryReportTest::takesTheMachineAsLimitOfAProcess()
{
    const QStringList rules{QStringLiteral("max(api.rss) < 90 % of machine")};
    const MemoryFigure bound = reportOf(watchedHead(rules), watchedFrames(leak)).memory.front();
    QCOMPARE(bound.limitBytes, std::optional(900e6));
    const MemoryFigure free = leakReport().memory.front();
    QCOMPARE(free.limitBytes, std::optional(1e9));
    QVERIFY(free.limitRule.isEmpty());
    QCOMPARE(free.machineShare, std::optional(0.159));
    const MemoryFigure none = flatReport().memory.front();
    QVERIFY(none.limitBytes && !none.hoursToLimit && timeToLimitText(none).isEmpty());
}

void MemoryReportTest::forgetsWhatWasBeforeARestart()
{
    // Leaks for 30 s, is started anew and then stays as it is; its processor time begins anew as well.
    std::vector<MetricsFrame> frames = watchedFrames([](int i) { return i < 30 ? leak(i) : flat(i); });
    for (int i = 30; i < kSeconds; ++i)
        frames[std::size_t(i)].probes[2] = 0.2 * (i - 30);
    const MemoryFigure rss = reportOf(watchedHead(), frames).memory.front();
    QCOMPARE(rss.restartedAt, std::optional(32));
    QCOMPARE(rss.samples, 30U);
    QCOMPARE(rss.finding.verdict, LeakFinding::Verdict::NoLeak);
    QVERIFY(rss.finding.peak == 101e6);
}

void MemoryReportTest::isTheSameAsTheRuleSays()
{
    const QStringList rules{QStringLiteral("leak(api.rss) < 1 GB/min"), QStringLiteral("growth(api.rss) <= 20 %"),
                            QStringLiteral("cost(cpu, api) < 1 s")};
    const ReportModel model = reportOf(watchedHead(rules), watchedFrames(leak));
    const MemoryFigure &rss = model.memory.front();
    QCOMPARE(*model.rules[0].value, rss.finding.trend.slope);
    QCOMPARE(model.rules[0].low, rss.finding.trend.low);
    QVERIFY(isNear(*model.rules[1].value, *rss.finding.growthShare()));
    QVERIFY(isNear(*model.rules[2].value, *model.resources.front().cpuSecondsPerRequest() * 1e3));
}

void MemoryReportTest::knowsWhatARequestCosts()
{
    const ReportModel &model = flatReport();
    const ResourceUse &api = model.resources.front();
    QCOMPARE(api.probe, QStringLiteral("api"));
    QCOMPARE(api.requests, 600U);
    QVERIFY(isNear(*api.cpuSeconds, 12.0)); // 20 % of 60 s
    QVERIFY(isNear(*api.cpuSecondsPerRequest(), 0.02));
    QVERIFY(isNear(*api.requestsPerCoreSecond(), 50.0)); // 10/s by a fifth of a core
    QVERIFY(isNear(*api.memoryPerRequest, 10.05e6)); // 100.5 MB for the second in which it answers 10
    QVERIFY(isNear(*api.writtenPerRequest, 50.0)); // 59 x 500 bytes for the 590 requests since the first reading
    QVERIFY(!api.readPerRequest);
}

void MemoryReportTest::countsTheMachineByItsCores()
{
    const ReportModel &model = flatReport();
    QCOMPARE(model.resources.size(), 2U);
    QVERIFY(model.resources[1].isMachine);
    QVERIFY(isNear(*model.resources[1].cpuSeconds, 60.0)); // 25 % of four cores for 60 s
    SessionHead unknown = watchedHead();
    unknown.environment.clear();
    QCOMPARE(reportOf(unknown, watchedFrames(flat)).resources.size(), 1U);
}

void MemoryReportTest::leavesOutWhatHadNoValues()
{
    std::vector<MetricsFrame> frames = watchedFrames(flat);
    for (MetricsFrame &frame : frames)
        frame.probes.assign(frame.probes.size(), std::nullopt);
    const ReportModel model = reportOf(watchedHead(), frames);
    QVERIFY(model.memory.empty() && model.resources.empty());
    const QByteArray page = htmlReport(model);
    QVERIFY(!page.contains("id=\"memory\"") && !page.contains("id=\"resources\""));
    QVERIFY(memoryLines(model).isEmpty() && resourceLines(model).isEmpty());
    QVERIFY(schemaProblems(reportJsonSchema(), jsonReport(model)).isEmpty());
}

void MemoryReportTest::writesThemAsJson()
{
    const ReportModel model =
        reportOf(watchedHead({QStringLiteral("max(api.rss) < 300 MB"), QStringLiteral("growth(api.rss) <= 20 %")}),
                 watchedFrames(leak));
    const QStringList problems = schemaProblems(reportJsonSchema(), jsonReport(model));
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    const Json json = jsonOf(model);
    const Json &rss = json["memory"][0];
    QCOMPARE(rss["series"].as<std::string>(), std::string("api.rss"));
    QVERIFY(rss["memory_leak_detected"].as<bool>() && rss["monotonic_growth"].as<bool>());
    QCOMPARE(rss["verdict"].as<std::string>(), std::string("leak"));
    QCOMPARE(rss["baseline_mb"].as<double>(), 102.5);
    QCOMPARE(rss["growth_mb"].as<double>(), 54.0);
    QCOMPARE(rss["growth_percent"].as<double>(), 52.6829);
    QCOMPARE(rss["threshold_percent"].as<double>(), 20.0);
    QCOMPARE(rss["limit_mb"].as<double>(), 300.0);
    QCOMPARE(rss["slope_mb_per_h"].as<double>(), 3600.0);
    QCOMPARE(rss["slope_mb_per_1000_requests"].as<double>(), 100.0);
    QCOMPARE(rss["rising_steps_percent"].as<double>(), 100.0);
    QCOMPARE(json["memory"][1]["hours_to_limit"].is_null(), true);
    const Json &resources = json["resources"];
    QCOMPARE(resources["bytes_in_per_request"].as<double>(), 200.0);
    QCOMPARE(resources["bytes_out_per_request"].as<double>(), 50.0);
    QCOMPARE(resources["uses"][0]["cpu_s_per_request"].as<double>(), 0.02);
    QCOMPARE(resources["uses"][0]["requests_per_s_per_core"].as<double>(), 50.0);
}

void MemoryReportTest::drawsAPicture()
{
    const QString page = QString::fromUtf8(htmlReport(leakReport()));
    const QString section =
        page.section(QStringLiteral("id=\"memory\""), 1).section(QStringLiteral("</section>"), 0, 0);
    QVERIFY(section.contains(u"memory-table") && section.contains(u"LEAK"));
    QCOMPARE(section.count(QStringLiteral("<svg")), 2);
    for (const char *name : {"trend", "baseline", "peak", "trend at least", "trend at most"})
        QVERIFY2(section.contains(QLatin1Char('>') + QLatin1String(name) + QLatin1Char('<')), name);
    QVERIFY(page.contains(u"id=\"resources\"") && page.contains(u"Requests/s per core"));
}

void MemoryReportTest::writesALineForEachToTheTerminal()
{
    const ReportModel &model = leakReport();
    const QStringList memory = memoryLines(model);
    QCOMPARE(memory[0], QStringLiteral("Memory"));
    QCOMPARE(memory[1],
             QStringLiteral("  api.rss: LEAK: 97.8 MiB to 149 MiB (+52.68 %), peak 152 MiB, 15.9 % of the machine"));
    QVERIFY(memory[2].startsWith(u"    it rises, its last third included; +3.4 GiB/h"));
    QVERIFY(memory.last().contains(u"host.memory: no leak: 381 MiB to 381 MiB (+0 %)"));
    const QStringList resources = resourceLines(model);
    QCOMPARE(resources.size(), 3);
    QCOMPARE(resources[0], QStringLiteral("For each request: 50 B sent, 200 B received"));
    QVERIFY(resources[1].startsWith(u"  api: 20.0 ms of processor time, "));
    QVERIFY(resources[1].contains(u"50/s for each"));
    QVERIFY(viewOf(model).memory.contains(u"LEAK") && viewOf(model).resources.contains(u"20.0 ms"));
}

void MemoryReportTest::survivesValuesBeyondAllMeasure()
{
    const ReportModel wild = reportOf(watchedHead(), watchedFrames([](int i) {
                                          return i % 3 == 0 ? 1e308 : i % 3 == 1 ? -1e308 : i * 1e29;
                                      }));
    QVERIFY(schemaProblems(reportJsonSchema(), jsonReport(wild)).isEmpty());
    QVERIFY(!htmlReport(wild).isEmpty() && !memoryLines(wild).isEmpty());
}

QTEST_GUILESS_MAIN(MemoryReportTest)
#include "tst_memoryreport.moc"
