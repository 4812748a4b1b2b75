// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"
#include "ui/charts/axistext.h"
#include "ui/charts/chartchoices.h"
#include "ui/charts/linelook.h"
#include "ui/charts/runcharts.h"

#include <QTest>

#include <set>

using namespace Headroom;

class RunChartsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsEachSeriesWhereItsUnitBelongs();
    void leavesOutChartsWithoutLines();
    void givesEachCountItsOwnScale();
    void keepsTheManyCountsOfAProbeTogether();
    void offersCountsBeyondABoard();
    void tellsEachOfFortyLinesFromTheOthers();
    void drawsServiceTimesDashed();
    void showsConnectionsWhereTheTransportTells();
    void drawsRulesAsBounds_data();
    void drawsRulesAsBounds();
    void drawsTheSameRuleOnce();
    void givesARowsValuesInColumns();
    void showsWhatAnswersSay();
    void marksEvents_data();
    void marksEvents();
    void drawsRulesWithTwoBoundsAsBands();
    void offersTimesThatNoChartShows();
    void addsSeriesToOtherCharts();
    void addsWithAnAxisOfItsOwnWhereTheUnitDiffers();
    void findsAChoiceAgainWhoseCountHasMoved();
    void givesAddedLinesALookOfTheirOwn();
    void leavesOutWhatARunDoesNotHave();
    void laysBandsOnLines();
    void keepsChoicesAsText();
    void leavesNonsenseOutOfTexts();
    void readsTypedValues_data();
    void readsTypedValues();
};

namespace {

std::vector<Rule> rules(const QStringList &texts)
{
    std::vector<Rule> rules;
    for (const QString &text : texts)
        rules.push_back(parseRule(text).value());
    return rules;
}

/// "latency 100, memory 5": all bounds of all charts.
QString boundsOf(const RunCharts &run)
{
    QStringList found;
    for (const ChartSpec &chart : run.charts) {
        for (const ChartSpec::Bound &bound : chart.bounds)
            found << QStringLiteral("%1 %2").arg(chart.id).arg(bound.value);
    }
    return found.join(QStringLiteral(", "));
}

const ChartSpec *chartOf(const RunCharts &run, const QString &id)
{
    const auto chart = std::ranges::find(run.charts, id, &ChartSpec::id);
    return chart == run.charts.end() ? nullptr : &*chart;
}

QString linesOf(const ChartSpec *chart)
{
    QStringList names;
    if (chart) {
        for (const ChartSpec::Line &line : chart->lines)
            names << QStringLiteral("%1=%2").arg(line.name).arg(line.column);
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

void RunChartsTest::showsEachSeriesWhereItsUnitBelongs()
{
    RunFacts facts = exampleFacts(); // api.rss in bytes, api.cpu in percent, queue without a unit
    facts.series.push_back({QStringLiteral("api"), QStringLiteral("uptime"), QStringLiteral("seconds")});
    facts.series.push_back({QStringLiteral("db"), QStringLiteral("open"), QStringLiteral("count")});
    facts.series.push_back({QStringLiteral("api"), QStringLiteral("threads"), QStringLiteral("count")});
    facts.series.push_back({QStringLiteral("api"), QStringLiteral("read_bytes"), QStringLiteral("bytes")});
    const RunCharts run = chartsOf(facts, {});
    QCOMPARE(run.columns, 29U); // 22 and seven series
    QCOMPARE(run.charts.size(), 11U);
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("lag"))), QStringLiteral("send lag p99=14, loop lag p99=15"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("generator"))),
             QStringLiteral("busiest thread=16, whole program=17, waiting=18"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("handles"))), QStringLiteral("api.threads=27"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("traffic"))), QStringLiteral("api.read_bytes=28"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("memory"))), QStringLiteral("api.rss=22"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("cpu"))), QStringLiteral("api.cpu=23"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("queues"))),
             QStringLiteral("client backlog=12, in flight=13"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("counts.queue"))), QStringLiteral("queue=24"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("counts.db.open"))), QStringLiteral("db.open=26"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("throughput"))),
             QStringLiteral("offered=6, achieved=7, requests=8, errors=9, rejected=10, dropped=11"));
}

void RunChartsTest::leavesOutChartsWithoutLines()
{
    RunFacts facts = exampleFacts();
    facts.series.clear();
    const RunCharts run = chartsOf(facts, {});
    QCOMPARE(run.columns, 22U);
    QVERIFY(chartOf(run, QStringLiteral("latency")));
    QVERIFY(chartOf(run, QStringLiteral("queues")));
    QVERIFY(!chartOf(run, QStringLiteral("memory")));
    QVERIFY(!chartOf(run, QStringLiteral("cpu")));
}

void RunChartsTest::givesEachCountItsOwnScale()
{
    // All three stood on one chart, where a counter of a million pressed a queue of three to the ground.
    RunFacts facts = exampleFacts();
    facts.series = {{QStringLiteral("stats"), QStringLiteral("queue"), QStringLiteral("count")},
                    {QStringLiteral("stats"), QStringLiteral("hits"), {}},
                    {QStringLiteral("files"), {}, QStringLiteral("count")},
                    {QStringLiteral("api_live"), QStringLiteral("up"), QStringLiteral("up")},
                    {QStringLiteral("api_ready"), QStringLiteral("up"), QStringLiteral("up")}};
    const RunCharts run = chartsOf(facts, {});
    QStringList ids;
    for (const ChartSpec &chart : run.charts)
        ids << chart.id;
    QCOMPARE(ids.mid(ids.indexOf(QStringLiteral("queues"))),
             (QStringList{QStringLiteral("queues"), QStringLiteral("counts.stats.queue"), QStringLiteral("counts.stats.hits"),
                          QStringLiteral("counts.files"), QStringLiteral("health"), QStringLiteral("lag"), QStringLiteral("generator")}));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("counts.stats.hits"))), QStringLiteral("stats.hits=23"));
    QCOMPARE(chartOf(run, QStringLiteral("counts.stats.hits"))->title, QStringLiteral("Probe stats.hits"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("health"))), QStringLiteral("api_live.up=25, api_ready.up=26"));
}

namespace {

/// A run of a probe with so many counts.
RunFacts factsWithCounts(int count, bool isOfOneProbe)
{
    RunFacts facts = exampleFacts();
    facts.series.clear();
    for (int i = 0; i < count; ++i) {
        const QString number = QString::number(i);
        facts.series.push_back({isOfOneProbe ? QStringLiteral("all") : QStringLiteral("p") + number,
                                isOfOneProbe ? number : QString(), QStringLiteral("count")});
    }
    return facts;
}

} // namespace

void RunChartsTest::keepsTheManyCountsOfAProbeTogether()
{
    const RunCharts six = chartsOf(factsWithCounts(6, true), {});
    QCOMPARE(linesOf(chartOf(six, QStringLiteral("counts.all.5"))), QStringLiteral("all.5=27"));
    const RunCharts seven = chartsOf(factsWithCounts(7, true), {});
    QCOMPARE(chartOf(seven, QStringLiteral("counts.all"))->lines.size(), 7U);
}

void RunChartsTest::offersCountsBeyondABoard()
{
    const RunCharts run = chartsOf(factsWithCounts(1000, false), {});
    QVERIFY(chartOf(run, QStringLiteral("counts.p23")));
    QVERIFY(!chartOf(run, QStringLiteral("counts.p24")));
    QVERIFY(std::ranges::contains(run.others, QStringLiteral("counts.p24"), &ChartSpec::id));
    QVERIFY(std::ranges::contains(run.others, QStringLiteral("counts.p999"), &ChartSpec::id));
}

void RunChartsTest::tellsEachOfFortyLinesFromTheOthers()
{
    const RunCharts run = chartsOf(factsWithCounts(40, true), {});
    std::set<std::pair<std::size_t, std::size_t>> looks;
    for (const ChartSpec::Line &line : chartOf(run, QStringLiteral("counts.all"))->lines) {
        if (looks.size() < kLineColors)
            QCOMPARE(strokeOf(line), 0U); // colours alone, as long as there are some
        looks.emplace(line.color % kLineColors, strokeOf(line));
    }
    QCOMPARE(looks.size(), 40U);
    const auto dashes = [](std::size_t stroke) { return linePen(Qt::black, 1.5, stroke).dashPattern(); };
    QVERIFY(dashes(0).isEmpty());
    for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t b = 0; b < a; ++b)
            QVERIFY(dashes(a) != dashes(b));
    }
}

void RunChartsTest::drawsServiceTimesDashed()
{
    const RunCharts run = chartsOf(exampleFacts(), {});
    const ChartSpec *latency = chartOf(run, QStringLiteral("latency"));
    QVERIFY(latency);
    QCOMPARE(linesOf(latency), QStringLiteral("p50=0, p95=1, p99=2, p50 service=3, p95 service=4, p99 service=5, p95 first byte=19"));
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(!latency->lines[i].isDashed);
        QVERIFY(latency->lines[i + 3].isDashed);
        QCOMPARE(latency->lines[i + 3].color, latency->lines[i].color);
    }
    QVERIFY(latency->mayBeLogarithmic);
}

void RunChartsTest::showsConnectionsWhereTheTransportTells()
{
    RunFacts facts = exampleFacts();
    QVERIFY(!chartOf(chartsOf(facts, {}), QStringLiteral("connections")));
    facts.transport = QStringLiteral("direct");
    QCOMPARE(linesOf(chartOf(chartsOf(facts, {}), QStringLiteral("connections"))), QStringLiteral("opened=20, open=21"));
}

void RunChartsTest::drawsRulesAsBounds_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("bounds");
    QTest::newRow("percentile of all steps") << "p95 < 100 ms" << "latency 100";
    QTest::newRow("percentile of one step") << "p95(retrieve) < 0.9 s" << "latency 900";
    QTest::newRow("mean of all steps") << "mean < 20 ms" << "latency 20";
    QTest::newRow("mean of one step") << "mean(retrieve) < 20 ms" << "";
    QTest::newRow("share") << "errors < 1 %" << "";
    QTest::newRow("throughput") << "throughput > 40/s" << "throughput 40";
    QTest::newRow("throughput of one step") << "throughput(retrieve) > 40/s" << "";
    QTest::newRow("memory") << "max(api.rss) < 1 KiB" << "memory 1024";
    QTest::newRow("share of a processor") << "max(api.cpu) < 70 %" << "cpu 70";
    QTest::newRow("the same as a number") << "max(api.cpu) < 70" << "cpu 70";
    QTest::newRow("queue") << "mean(queue) < 5" << "counts.queue 5";
    QTest::newRow("first byte") << "first_byte(p95) < 80 ms" << "latency 80";
    QTest::newRow("mean of first bytes") << "first_byte(mean) < 80 ms" << "";
    QTest::newRow("growth is no level") << "growth(api.rss) < 10 %" << "";
    QTest::newRow("two bounds") << "p50 between 5 ms and 9 ms" << "latency 5, latency 9";
}

void RunChartsTest::drawsRulesAsBounds()
{
    QFETCH(QString, rule);
    QFETCH(QString, bounds);
    const RunCharts run = chartsOf(exampleFacts(), rules({rule}));
    QCOMPARE(boundsOf(run), bounds);
    for (const ChartSpec &chart : run.charts) {
        if (!chart.bands.empty())
            continue; // its edges have words of their own
        for (const ChartSpec::Bound &bound : chart.bounds)
            QCOMPARE(bound.text, rule);
    }
}

void RunChartsTest::drawsTheSameRuleOnce()
{
    const QString text = QStringLiteral("p95 < 100 ms");
    QCOMPARE(boundsOf(chartsOf(exampleFacts(), rules({text, text}))), QStringLiteral("latency 100"));
}

void RunChartsTest::givesARowsValuesInColumns()
{
    ReportModel::SeriesRow row;
    row.offered = 10.0;
    row.achieved = 9.0;
    row.requests = 27.0;
    row.errors = 3.0;
    row.rejected = 2.0;
    row.dropped = 1.0;
    row.backlog = 4;
    row.inFlight = 5;
    row.p50Ms = 1.5;
    row.serviceP99Ms = 2.5;
    row.sendLagP99Ms = 0.25;
    row.busyPercent = 40.0;
    row.processCpuPercent = 75.0;
    row.waitPercent = 12.5;
    row.firstByteP95Ms = 1.75;
    row.opened = 6;
    row.connections = 8;
    row.probes = {100.0, std::nullopt, 7.0};
    const std::vector<std::optional<double>> expected = {1.5, {},  {},  {},   {}, 2.5,  10.0, 9.0,  27.0,  3.0, 2.0,
                                                         1.0, 4.0, 5.0, 0.25, {}, 40.0, 75.0, 12.5, 1.75,  6.0, 8.0,
                                                         100.0, {}, 7.0};
    QCOMPARE(chartValues(row, exampleFacts()), expected);
    QCOMPARE(expected.size(), chartsOf(exampleFacts(), {}).columns);
}

void RunChartsTest::showsWhatAnswersSay()
{
    using Kind = RunFacts::Observation::Kind;
    RunFacts facts = exampleFacts(); // three series: columns 22 to 24
    facts.observations = {{QStringLiteral("server_time"), Kind::ServerTime, QStringLiteral("ms")},
                          {QStringLiteral("cache"), Kind::Hit, {}},
                          {QStringLiteral("db"), Kind::Part, QStringLiteral("ms")},
                          {QStringLiteral("tokens"), Kind::Value, {}}};
    const RunCharts run = chartsOf(facts, rules({QStringLiteral("hit_rate(cache) > 30 %"),
                                                 QStringLiteral("value(db) < 40 ms"), QStringLiteral("value(tokens) < 300"),
                                                 QStringLiteral("value(db, p95) < 70 ms")})); // of no mean: no line
    QCOMPARE(run.columns, 29U);
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("server"))), QStringLiteral("server_time=25, db=27, p50 service=3"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("hits"))), QStringLiteral("cache=26"));
    QCOMPARE(linesOf(chartOf(run, QStringLiteral("values"))), QStringLiteral("tokens=28"));
    QCOMPARE(boundsOf(run), QStringLiteral("server 40, hits 30, values 300"));
    // 30 ms in 2 answers, 1 hit of 4, 8 ms in one, and no tokens.
    ReportModel::SeriesRow row;
    row.observations = {{2, 0, 30.0}, {4, 1, 0.0}, {1, 0, 8.0}, {}};
    const auto values = chartValues(row, facts);
    QCOMPARE(values.size(), run.columns);
    QCOMPARE(values[25], std::optional(15.0));
    QCOMPARE(values[26], std::optional(25.0));
    QCOMPARE(values[27], std::optional(8.0));
    QVERIFY(!values[28]);
}

void RunChartsTest::marksEvents_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("mark");
    QTest::addColumn<QString>("shown");
    QTest::newRow("stage") << "stage" << "stage 'warm up' begins" << int(ChartMark::Kind::Stage) << "warm up";
    QTest::newRow("stage in other words") << "stage" << "a stage" << int(ChartMark::Kind::Stage) << "a stage";
    QTest::newRow("rate") << "steer" << "rate set to 80/s by hand (planned 60/s)" << int(ChartMark::Kind::Change) << "80/s";
    QTest::newRow("rate in a pause") << "steer" << "rate set to 80/s by hand (planned 60/s), once the pause is over"
                                     << int(ChartMark::Kind::Change) << "80/s";
    QTest::newRow("users") << "steer" << "users set to 12 by hand (planned 1)" << int(ChartMark::Kind::Change) << "12";
    QTest::newRow("pause") << "steer" << "paused by hand" << int(ChartMark::Kind::Change) << "paused";
    QTest::newRow("resume") << "steer" << "resumed after 2.00 s, at 80/s (planned 60/s)" << int(ChartMark::Kind::Change) << "resumed";
    QTest::newRow("hold") << "steer" << "held by hand at 80/s, in stage 'day'" << int(ChartMark::Kind::Change) << "held";
    QTest::newRow("release") << "steer" << "released after it was held for 2.00 s, as planned, at 60/s" << int(ChartMark::Kind::Change) << "released";
    QTest::newRow("rule") << "rule" << "rule added by hand: errors < 1 % from 3 s" << int(ChartMark::Kind::Change) << "rule added";
    QTest::newRow("back") << "steer" << "back to plan, at 60/s" << int(ChartMark::Kind::Change) << "back to plan";
    QTest::newRow("stop") << "stop" << "stopped by hand" << int(ChartMark::Kind::Change) << "stopped by hand";
    QTest::newRow("interrupt") << "interrupt" << "x" << int(ChartMark::Kind::Change) << "x";
    QTest::newRow("probe") << "probe" << "api is 'gone'" << int(ChartMark::Kind::Problem) << "api is 'gone'";
    QTest::newRow("health") << "health" << "ready went down: 503 after 12.0 s up" << int(ChartMark::Kind::Problem) << "ready down";
    QTest::newRow("target") << "target" << "lost" << int(ChartMark::Kind::Problem) << "lost";
    QTest::newRow("note") << "note" << "x" << -1 << "";
    QTest::newRow("unknown") << "future" << "x" << -1 << "";
}

void RunChartsTest::marksEvents()
{
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(int, mark);
    QFETCH(QString, shown);
    const std::optional<ChartMark> found = markOf({2500ms, kind, text});
    QCOMPARE(found.has_value(), mark >= 0);
    if (!found)
        return;
    QCOMPARE(int(found->kind), mark);
    QCOMPARE(found->text, shown);
    QCOMPARE(found->time, 2.5);
    QCOMPARE(markOf({-1s, kind, text})->time, 0.0);
}

void RunChartsTest::drawsRulesWithTwoBoundsAsBands()
{
    RunFacts facts = exampleFacts();
    facts.series = {{QStringLiteral("host"), QStringLiteral("cpu_share"), QStringLiteral("percent")}};
    const QString text = QStringLiteral("mean(host.cpu_share) between 40 % and 70 %");
    const RunCharts run = chartsOf(facts, rules({text, text}));
    QCOMPARE(boundsOf(run), QStringLiteral("cpu 40, cpu 70"));
    const ChartSpec &cpu = *chartOf(run, QStringLiteral("cpu"));
    QCOMPARE(cpu.bands, (std::vector<ChartSpec::Band>{{40.0, 70.0}}));
    QCOMPARE(cpu.bounds[0].text, QStringLiteral("mean(host.cpu_share) >= 40 %"));
    QCOMPARE(cpu.bounds[1].text, QStringLiteral("mean(host.cpu_share) <= 70 %"));
    QVERIFY(chartOf(run, QStringLiteral("latency"))->bands.empty());
}

void RunChartsTest::offersTimesThatNoChartShows()
{
    RunFacts facts = exampleFacts();
    facts.series = {{QStringLiteral("service"), QStringLiteral("cpu_seconds"), QStringLiteral("seconds")},
                    {QStringLiteral("service"), QStringLiteral("switches"), QStringLiteral("count")}};
    const RunCharts run = chartsOf(facts, {});
    QCOMPARE(run.others.size(), 2u);
    QCOMPARE(run.others[0].lines.size(), 1u);
    QCOMPARE(run.others[1].lines.size(), 1u); // no line among the queues, which it would press to the ground
    QCOMPARE(run.others[1].lines[0].name, QStringLiteral("service.switches"));
    const auto shown = withChoices(run.charts, run.others, {.lines = {{QStringLiteral("latency"), QStringLiteral("times"), QStringLiteral("service.cpu_seconds")}}});
    QCOMPARE(shown.front().lines.back().unit, ChartSpec::Unit::Seconds);
    QCOMPARE(shown.front().lines.back().column, run.others[0].lines[0].column);
}

namespace {

/// Latency (ms) with p50 and p95 in the columns 0 and 1, throughput (/s) with requests in 2, memory with rss in 3.
std::vector<ChartSpec> threeCharts()
{
    ChartSpec latency{QStringLiteral("latency"), QStringLiteral("Latency"), ChartSpec::Unit::Milliseconds, true, {}, {}};
    latency.lines = {{QStringLiteral("p50"), 0, 0}, {QStringLiteral("p95"), 1, 1}};
    ChartSpec throughput{QStringLiteral("throughput"), QStringLiteral("Throughput"), ChartSpec::Unit::PerSecond, false, {}, {}};
    throughput.lines = {{QStringLiteral("requests"), 2, 0}};
    ChartSpec memory{QStringLiteral("memory"), QStringLiteral("Memory"), ChartSpec::Unit::Bytes, false, {}, {}};
    memory.lines = {{QStringLiteral("rss"), 3, 0}};
    return {latency, throughput, memory};
}

ChartChoices::Added added(const char *chart, const char *home, const char *line)
{
    return {QLatin1String(chart), QLatin1String(home), QLatin1String(line)};
}

} // namespace

void RunChartsTest::addsSeriesToOtherCharts()
{
    std::vector<ChartSpec> charts = threeCharts();
    charts[1].unit = ChartSpec::Unit::Milliseconds;
    charts[1].lines[0].name = QStringLiteral("p50"); // as one of the other's
    const auto shown = withChoices(charts, {}, {.lines = {added("latency", "throughput", "p50"), added("latency", "throughput", "p50")}});
    QCOMPARE(linesOf(&shown[0]), QStringLiteral("p50=0, p95=1, Throughput: p50=2")); // once
    QVERIFY(!shown[0].lines[2].unit); // the same axis
    QCOMPARE(shown[0].lines[2].color, 2u); // that no other has
    QVERIFY(shown[1] == charts[1]);
    QVERIFY(withChoices(charts, {}, {}) == charts);
}

void RunChartsTest::addsWithAnAxisOfItsOwnWhereTheUnitDiffers()
{
    const std::vector<ChartSpec> charts = threeCharts();
    const auto shown = withChoices(charts, {}, {.lines = {added("latency", "memory", "rss"), added("latency", "throughput", "requests")}});
    QCOMPARE(linesOf(&shown[0]), QStringLiteral("p50=0, p95=1, rss=3")); // a third unit has no axis
    QCOMPARE(shown[0].rightUnit(), ChartSpec::Unit::Bytes);
    QCOMPARE(refusalOf(shown[0], charts[1], charts[1].lines[0]), QStringLiteral("the chart has axes for ms and bytes already"));
    QVERIFY(!refusalOf(shown[0], charts[2], charts[2].lines[0]).isEmpty()); // there already
    QVERIFY(refusalOf(charts[0], charts[1], charts[1].lines[0]).isEmpty());
}

void RunChartsTest::findsAChoiceAgainWhoseCountHasMoved()
{
    // The count of a probe stood among the queues when this was chosen.
    const RunCharts run = chartsOf(exampleFacts(), {});
    const ChartChoices kept{.lines = {added("latency", "queues", "queue"), added("queues", "memory", "api.rss"), added("latency", "queues", "in flight")},
                            .bands = {{QStringLiteral("queues"), QStringLiteral("queue"), 1.0, 2.0}, {QStringLiteral("queues"), QStringLiteral("in flight"), 1.0, 2.0}}};
    ChartChoices expected = kept;
    expected.lines[0].home = QStringLiteral("counts.queue");
    expected.bands[0].chart = QStringLiteral("counts.queue");
    QCOMPARE(withMovedCounts(kept, run.charts), expected);
    const auto shown = withChoices(run.charts, run.others, expected);
    QVERIFY(linesOf(&shown.front()).endsWith(QStringLiteral("queue=24, in flight=13")));
}

void RunChartsTest::givesAddedLinesALookOfTheirOwn()
{
    std::vector<ChartSpec> charts = threeCharts();
    charts[0].lines.clear();
    for (std::size_t i = 0; i < 8; ++i)
        charts[0].lines.push_back({QString::number(i), 10 + i, lineColor(i)});
    const auto shown = withChoices(charts, {}, {.lines = {added("latency", "throughput", "requests"), added("latency", "memory", "rss")}});
    const ChartSpec::Line &first = shown[0].lines[8];
    QCOMPARE(std::pair(first.color % kLineColors, strokeOf(first)), std::pair(std::size_t(0), std::size_t(1)));
}

void RunChartsTest::leavesOutWhatARunDoesNotHave()
{
    const ChartChoices choices{.lines = {added("latency", "memory", "gone"), added("latency", "gone", "rss"), added("gone", "memory", "rss")},
                               .bands = {{QStringLiteral("latency"), QStringLiteral("gone"), 1.0, 2.0}, {QStringLiteral("gone"), QStringLiteral("p50"), 1.0, 2.0}}};
    QVERIFY(withChoices(threeCharts(), {}, choices) == threeCharts());
}

void RunChartsTest::laysBandsOnLines()
{
    const ChartChoices choices{.lines = {added("latency", "memory", "rss")},
                               .bands = {{QStringLiteral("latency"), QStringLiteral("rss"), 1024.0, 4096.0}, {QStringLiteral("latency"), QStringLiteral("p95"), 10.0, 20.0}}};
    const ChartSpec shown = withChoices(threeCharts(), {}, choices)[0];
    QCOMPARE(shown.bands, (std::vector<ChartSpec::Band>{{1024.0, 4096.0, 2, true}, {10.0, 20.0, 1, false}}));
    QCOMPARE(shown.bounds.size(), 4u); // the edges
    QCOMPARE(shown.bounds[0].text, QStringLiteral("rss >= 1.0 KiB"));
    QCOMPARE(shown.bounds[1].text, QStringLiteral("rss <= 4.0 KiB"));
    QVERIFY(shown.bounds[1].isRight);
}

void RunChartsTest::keepsChoicesAsText()
{
    const ChartChoices choices{.lines = {added("latency", "memory", "a \"b\"\n, c")},
                               .bands = {{QStringLiteral("cpu"), QStringLiteral("größe"), -0.5, 1e12}}};
    QCOMPARE(ChartChoices::fromText(choices.text()), choices);
    QVERIFY(!choices.text().contains(QLatin1Char('\n'))); // settings part entries by it
    QCOMPARE(ChartChoices().text(), QString());
}

void RunChartsTest::leavesNonsenseOutOfTexts()
{
    for (const char *text : {"", "no JSON", "[]", "{\"lines\": 5}", "{\"lines\": [1, {}, {\"chart\": \"a\"}]}",
                             "{\"bands\": [{\"chart\": \"a\", \"line\": \"b\", \"low\": 2, \"high\": 1}]}",
                             "{\"bands\": [{\"chart\": \"a\", \"line\": \"b\", \"low\": \"x\", \"high\": 1}]}"})
        QVERIFY2(ChartChoices::fromText(QLatin1String(text)).isEmpty(), text);
    ChartChoices many;
    for (int i = 0; i < 300; ++i)
        many.lines.push_back({QStringLiteral("a"), QStringLiteral("b"), QString::number(i)});
    QCOMPARE(ChartChoices::fromText(many.text()).lines.size(), ChartChoices::kMost);
}

void RunChartsTest::readsTypedValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("unit");
    QTest::addColumn<double>("value");
    using Unit = ChartSpec::Unit;
    const auto row = [](const char *text, Unit unit, double value) { QTest::newRow(text) << QString::fromUtf8(text) << int(unit) << value; };
    row("12", Unit::Milliseconds, 12.0);
    row("1.5 s", Unit::Milliseconds, 1500.0);
    row("2 min", Unit::Seconds, 120.0);
    row("40 MiB", Unit::Bytes, 40.0 * 1048576.0);
    row("70 %", Unit::Percent, 70.0);
    row("70", Unit::Percent, 70.0);
    row("600/min", Unit::PerSecond, 10.0);
    row("1e3", Unit::Count, 1000.0);
}

void RunChartsTest::readsTypedValues()
{
    QFETCH(QString, text);
    QFETCH(int, unit);
    const auto value = parseValue(text, ChartSpec::Unit(unit));
    QVERIFY(value);
    QTEST(*value, "value");
    QVERIFY(!parseValue(QStringLiteral("4 elephants"), ChartSpec::Unit(unit)));
}

QTEST_GUILESS_MAIN(RunChartsTest)
#include "tst_runcharts.moc"
