// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"

#include "core/report/htmlchart.h"
#include "core/report/htmlpage.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace Headroom;

class HtmlReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheSameBytesAgain();
    void holdsTheNumbersOfTheJsonReport_data();
    void holdsTheNumbersOfTheJsonReport();
    void holdsTheTotalsOfTheJsonReport();
    void holdsTheRulesOfTheJsonReport();
    void chartsHoldTheSeriesOfTheJsonReport();
    void aStripTellsWhatLimitedTheSeconds();
    void countsOfProbesHaveChartsOfTheirOwn();
    void saysTheVerdictInWords_data();
    void saysTheVerdictInWords();
    void marksPercentilesWithFewSamples();
    void showsOneExampleOfAFailure();
    void showsNoBodyThatIsNoText();
    void letsHostileTextsBreakOutNowhere();
    void leavesPlacesOfTheTemplateInValuesAlone();
    void loadsNothing();
    void allowsItsOwnScriptsOnly();
    void keepsTheLicenceOfTheLibrary();
    void showsWhatThereIs_data();
    void showsWhatThereIs();
    void keepsTheHighestTimesOfLongRuns();
    void drawsAHoleAsAGap();
    void drawsBoundsOfRules();
    void staysSmallForAnHour();
};

namespace {

/// What the first group of a pattern matches, each time.
QStringList matches(const QString &text, const char *pattern)
{
    const QRegularExpression expression(QString::fromUtf8(pattern), QRegularExpression::DotMatchesEverythingOption);
    QStringList found;
    for (const auto &match : expression.globalMatch(text))
        found += match.captured(1);
    return found;
}

QStringList rowsOf(const QString &page, const char *tableId)
{
    const QString pattern = QStringLiteral("<table id=\"%1\">.*?<tbody>(.*?)</tbody>").arg(QLatin1String(tableId));
    const QStringList bodies = matches(page, pattern.toUtf8().constData());
    return bodies.isEmpty() ? QStringList() : matches(bodies.first(), "<tr[^>]*>(.*?)</tr>");
}

/// The numbers of a row; a cell without one is left out.
QStringList numbersOf(const QString &row) { return matches(row, "<data value=\"([^\"]*)\">"); }

QString numberText(const Json &value) { return QString::fromStdString(value.to_string()); }

QStringList numbersOf(const Json &object, std::initializer_list<const char *> keys)
{
    QStringList numbers;
    for (const char *key : keys) {
        if (!object[key].is_null())
            numbers += numberText(object[key]);
    }
    return numbers;
}

Json dataOf(const QString &page)
{
    return Json::parse(
        matches(page, "<script type=\"application/json\" id=\"data\">(.*?)</script>").value(0).toStdString());
}

Json chartOf(const QString &page, const char *id)
{
    const Json data = dataOf(page);
    for (const Json &chart : data["charts"].array_range()) {
        if (chart["id"].as<std::string>() == id)
            return chart;
    }
    return jsonObject();
}

const QString kHostile =
    QStringLiteral("</script><img src=x onerror=alert(1)>\"' {{ data }} <!-- --> &lt; \x1b[31m\u202e");

/// As the page shows it.
QString tame(QString text)
{
    for (const char16_t hidden : {u'\x1b', u'\u202e'})
        text.replace(QChar(hidden), QChar(QChar::ReplacementCharacter));
    return text;
}

ReportModel hostileReport()
{
    SessionHead head = smallHead();
    RunFacts &facts = head.facts;
    facts.name = kHostile;
    facts.target = kHostile;
    facts.latePolicy = kHostile;
    for (RunFacts::Step &step : facts.steps)
        step.name = step.method = step.path = kHostile;
    for (RunFacts::Flow &flow : facts.flows)
        flow.name = kHostile;
    for (RunFacts::Stage &stage : facts.stages)
        stage.name = kHostile;
    facts.series[0].probe = kHostile;
    facts.rules += kHostile;
    head.scenarioText = kHostile.toUtf8();
    head.scenarioFile = kHostile;
    head.toolVersion = kHostile;
    head.overrides = {{kHostile, kHostile}};
    head.environment = {{kHostile, kHostile}};
    std::vector<MetricsFrame> frames = smallFrames();
    frames[1].events = {{0ns, kHostile, kHostile}};
    frames[2].failures[0].message = kHostile;
    ReportModel model = reportOf(head, frames);
    model.failures[0].example =
        std::make_shared<FailureExample>(FailureExample{kHostile, kHostile, kHostile, kHostile.toUtf8(), 500, kHostile});
    model.verdict.reasons.push_back(kHostile);
    model.validity.warnings.push_back(kHostile);
    return model;
}

ReportModel namedReport(const QString &name)
{
    if (name == QLatin1String("killed"))
        return reportOf(smallHead(), smallFrames(), {std::nullopt, {}});
    if (name == QLatin1String("bare"))
        return reportOf({}, {});
    return name == QLatin1String("empty") ? reportOf(smallHead(), {}) : smallReport();
}

/// So many seconds of which one was slow.
std::vector<ReportModel::SeriesRow> longSeries(int seconds, int slowSecond)
{
    std::vector<ReportModel::SeriesRow> rows(static_cast<std::size_t>(seconds));
    for (int second = 0; second < seconds; ++second) {
        ReportModel::SeriesRow &row = rows[std::size_t(second)];
        row.second = second;
        row.offered = row.achieved = row.requests = 100.0 + second % 7 / 3.0;
        row.p50Ms = 5.125 + second % 13;
        row.p95Ms = 20.375 + second % 17;
        row.p99Ms = second == slowSecond ? 900.0 : 30.625 + second % 19;
        row.serviceP50Ms = row.p50Ms;
        row.serviceP95Ms = row.p95Ms;
        row.serviceP99Ms = row.p99Ms;
        row.probes = {29'741'056.0 + second};
    }
    return rows;
}

/// Those of an interval that are not open.
QStringList endsOf(const Json &interval)
{
    QStringList ends;
    if (interval.is_array()) {
        for (const Json &end : interval.array_range()) {
            if (!end.is_null())
                ends += numberText(end);
        }
    }
    return ends;
}

} // namespace

void HtmlReportTest::givesTheSameBytesAgain() { QCOMPARE(htmlReport(smallReport()), htmlReport(smallReport())); }

void HtmlReportTest::holdsTheNumbersOfTheJsonReport_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("times");
    QTest::newRow("response time") << QByteArray("response-table") << QByteArray("response_ms");
    QTest::newRow("service time") << QByteArray("service-table") << QByteArray("service_ms");
}

void HtmlReportTest::holdsTheNumbersOfTheJsonReport()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, times);
    const ReportModel model = smallReport();
    const Json json = jsonOf(model);
    const QStringList rows = rowsOf(pageOf(model), table.constData());
    QCOMPARE(rows.size(), qsizetype(json["steps"].size() + 1)); // the last one: all steps
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const Json &block = i < rows.size() - 1 ? json["steps"][std::size_t(i)] : json["measured"];
        const Json &latency = block[times.toStdString()];
        QStringList expected = numbersOf(latency, {"count", "min", "mean"});
        for (const char *key : {"p50", "p75", "p90", "p95", "p99", "p99_9"}) {
            expected += numbersOf(latency, {key});
            expected += endsOf(latency["interval_ms"].get_value_or<Json>(key, Json::null()));
        }
        expected += numbersOf(latency, {"max"});
        QCOMPARE(numbersOf(rows[i]), expected);
    }
}

void HtmlReportTest::holdsTheTotalsOfTheJsonReport()
{
    const ReportModel model = smallReport();
    const Json json = jsonOf(model);
    const QString page = pageOf(model);
    const QStringList totals = rowsOf(page, "totals-table");
    QCOMPARE(totals.size(), 2);
    for (const auto &[row, name] : {std::pair(totals[0], "totals"), std::pair(totals[1], "measured")})
        QCOMPARE(numbersOf(row).sliced(1), // the length is no number of the JSON block
                 numbersOf(json[name], {"requests", "rate_per_s", "iterations", "errors"})
                     + endsOf(json[name]["error_interval"])
                     + numbersOf(json[name],
                                 {"rejected", "dropped", "resends", "redirects", "bytes_in", "bytes_out"}));
    const QStringList steps = rowsOf(page, "steps-table");
    QCOMPARE(steps.size(), 4);
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(
            numbersOf(steps[qsizetype(i)]),
            numbersOf(json["steps"][i], {"requests", "rate_per_s", "errors"})
                + endsOf(json["steps"][i]["error_interval"])
                + numbersOf(json["steps"][i], {"rejected", "bytes_in", "bytes_out"}));
    QCOMPARE(numbersOf(rowsOf(page, "failures-table").at(0)),
             numbersOf(json["failures"][0], {"status", "count", "first_s", "last_s"}));
}

void HtmlReportTest::holdsTheRulesOfTheJsonReport()
{
    const ReportModel model = smallReport();
    const Json json = jsonOf(model);
    const QStringList rows = rowsOf(pageOf(model), "rules-table");
    QCOMPARE(rows.size(), 3);
    for (std::size_t i = 0; i < 3; ++i) {
        const Json &rule = json["rules"][i];
        QStringList expected = numbersOf(rule, {"bound", "value"});
        for (const Json &end : rule["interval"].array_range()) {
            if (!end.is_null())
                expected += numberText(end);
        }
        expected += numberText(rule["samples"]);
        QCOMPARE(numbersOf(rows[qsizetype(i)]), expected);
        const QString word =
            QString::fromStdString(rule["result"].as<std::string>()).replace(QLatin1Char('_'), QLatin1Char(' '));
        QVERIFY2(rows[qsizetype(i)].contains(word + QLatin1String("</span>")), qPrintable(rows[qsizetype(i)]));
    }
}

void HtmlReportTest::aStripTellsWhatLimitedTheSeconds()
{
    // Of the four seconds the generator limited the one from 2 to 3 s; the run ends at 3.5 s, and 726 units are wide.
    const QByteArray page = htmlReport(smallReport());
    QCOMPARE(page.count("class=\"limit limit-"), 2); // a last part of a second is not drawn
    QVERIFY(page.contains("class=\"limit limit-generator\" x=\"480.9\" y=\"0.0\" width=\"207.4\" height=\"24.0\""));
    QVERIFY(page.contains("class=\"limit limit-nothing\" x=\"66.0\" y=\"18.0\""));
    QVERIFY(page.contains("the generator: 1 s"));
    QVERIFY(page.contains("Limited by the generator in 1 s, nothing in 1 s."));
    const Json limits = dataOf(page)["limits"];
    QCOMPARE(limits.size(), 1u);
    QCOMPARE(limits[0]["from"].as<double>(), 2.0);
    QCOMPARE(limits[0]["to"].as<double>(), 3.0);
    QCOMPARE(limits[0]["by"].as<std::string>(), "generator");
}

void HtmlReportTest::chartsHoldTheSeriesOfTheJsonReport()
{
    ReportModel model = smallReport();
    QCOMPARE(numberText(dataOf(pageOf(model))["t"]), "[0,1,2]"); // without the last half second
    model.series.pop_back();
    const Json json = jsonOf(model);
    const QString page = pageOf(model);
    QCOMPARE(numberText(dataOf(page)["t"]), numberText(json["series"]["t_s"]));
    const Json load = chartOf(page, "load");
    QCOMPARE(numberText(load["lines"][0]["values"]), numberText(json["series"]["offered_per_s"]));
    QCOMPARE(numberText(load["lines"][3]["values"]), numberText(json["series"]["errors_per_s"]));
    const Json response = chartOf(page, "response");
    QCOMPARE(numberText(response["lines"][0]["values"]), numberText(json["series"]["p50_ms"]));
    QCOMPARE(numberText(response["lines"][2]["values"]), numberText(json["series"]["p99_ms"]));
    const Json memory = chartOf(page, "memory");
    QCOMPARE(numberText(memory["lines"][0]["values"]), numberText(json["probes"]["api.rss"]["values"]));
    QVERIFY(chartOf(page, "cpu").empty()); // no series in percent
}

void HtmlReportTest::countsOfProbesHaveChartsOfTheirOwn()
{
    SessionHead head = smallHead();
    head.facts.series = {{"depth", "", ""}, {"redis", "memory", "bytes"}, {"redis", "keys", ""}, {"live", "up", "up"},
                         {"ready", "up", "up"}};
    for (int i = 0; i < 7; ++i)
        head.facts.series.push_back({"shop", QStringLiteral("stock%1").arg(i), ""});
    head.facts.rules = {QStringLiteral("max(redis.keys) < 2000000"), QStringLiteral("max(redis.memory) < 1 MB")};
    std::vector<MetricsFrame> frames = smallFrames();
    for (MetricsFrame &frame : frames)
        frame.probes.assign(head.facts.series.size(), 1e6);
    const QString page = pageOf(reportOf(head, frames));

    const auto namesOf = [&](const char *chart) {
        const Json drawn = chartOf(page, chart);
        QStringList names;
        for (const Json &line : drawn["lines"].array_range())
            names += QString::fromStdString(line["name"].as<std::string>());
        return names;
    };
    QCOMPARE(namesOf("queues"), (QStringList{"backlog", "in flight", "users"}));
    QCOMPARE(namesOf("counts-0"), QStringList{"depth"});
    QCOMPARE(namesOf("counts-1"), QStringList{"redis.keys"});
    QCOMPARE(namesOf("health"), (QStringList{"live.up", "ready.up"}));
    QCOMPARE(namesOf("counts-3").size(), 7); // of one probe: together
    QCOMPARE(namesOf("memory"), QStringList{"redis.memory"});
    for (const char *chart : {"queues", "counts-0", "health", "counts-3", "cpu"})
        QVERIFY2(chartOf(page, chart).empty() || chartOf(page, chart)["bounds"].empty(), chart);
    QCOMPARE(chartOf(page, "counts-1")["bounds"][0]["value"].as<double>(), 2e6);
    QCOMPARE(chartOf(page, "memory")["bounds"][0]["value"].as<double>(), 1e6);
    QVERIFY(page.contains("<strong>Probe redis.keys</strong>"));
}

void HtmlReportTest::saysTheVerdictInWords_data()
{
    QTest::addColumn<Verdict::Result>("result");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("color");
    using Result = Verdict::Result;
    QTest::newRow("met") << Result::Met << true << 0 << QStringLiteral("All rules met") << QStringLiteral("good");
    QTest::newRow("met, target lost") << Result::Met << true << 4 << QStringLiteral("All rules met")
                                      << QStringLiteral("open");
    QTest::newRow("not met") << Result::NotMet << true << 4 << QStringLiteral("Rules not met") << QStringLiteral("bad");
    QTest::newRow("undecided") << Result::Undecided << true << 0 << QStringLiteral("Undecided")
                               << QStringLiteral("open");
    QTest::newRow("no rules") << Result::None << true << 0 << QStringLiteral("Nothing judged")
                              << QStringLiteral("open");
    QTest::newRow("not valid") << Result::Met << false << 5 << QStringLiteral("NOT VALID") << QStringLiteral("bad");
}

void HtmlReportTest::saysTheVerdictInWords()
{
    QFETCH(Verdict::Result, result);
    QFETCH(bool, isValid);
    QFETCH(int, exitCode);
    QFETCH(QString, words);
    QFETCH(QString, color);
    ReportModel model = smallReport();
    model.verdict = {result, isValid, {QStringLiteral("Because of this")}, exitCode};
    const QString page = pageOf(model);
    QCOMPARE(matches(page, "<strong id=\"verdict-words\">([^<]*)</strong>"), QStringList(words));
    QCOMPARE(matches(page, "<section id=\"verdict\" class=\"verdict (\\w+)\">"), QStringList(color));
    QVERIFY(page.contains(QStringLiteral("<li>Because of this</li>")));
    QVERIFY(page.contains(QStringLiteral("Exit code %1<").arg(exitCode)));
}

void HtmlReportTest::marksPercentilesWithFewSamples()
{
    // 368 samples are just enough for p99 and too few for p99.9 (3,688).
    std::vector<MetricsFrame> frames = smallFrames();
    frames[1].steps[0] = stepOf(std::vector<Request>(368, Request{10ms}));
    frames[2].steps[0] = {};
    const QStringList rows = rowsOf(pageOf(reportOf(smallHead(), frames)), "response-table");
    QCOMPARE(rows[0].count(QStringLiteral("class=\"few\"")), 1);
    const QStringList cells =
        matches(rows[0], "<td[^>]*>(.*?)</td>"); // count, min, mean, p50, p75, p90, p95, p99, p99.9, max
    QVERIFY(cells.at(8).contains(QStringLiteral("class=\"few\"")));
    QCOMPARE(rows[2].count(QStringLiteral("class=\"few\"")), 6);
}

void HtmlReportTest::showsOneExampleOfAFailure()
{
    ReportModel model = smallReport();
    model.failures[0].example = std::make_shared<FailureExample>(
        FailureExample{QStringLiteral("GET"), QStringLiteral("http://127.0.0.1/items"), QStringLiteral("text/html"),
                       QByteArray("<b>sorry</b>\n\tline"), 5000});
    const QString row = rowsOf(pageOf(model), "failures-table").at(0);
    QVERIFY(row.contains(QStringLiteral("<details><summary>One example</summary>")));
    QVERIFY(row.contains(QStringLiteral("GET http://127.0.0.1/items")));
    QVERIFY(row.contains(QStringLiteral("&lt;b&gt;sorry&lt;/b&gt;\n\tline")));
    QVERIFY(row.contains(QStringLiteral("text/html, the first 18 B of 4.9 KiB")));
    QVERIFY(!rowsOf(pageOf(smallReport()), "failures-table").at(0).contains(QStringLiteral("<details>")));
}

void HtmlReportTest::showsNoBodyThatIsNoText()
{
    ReportModel model = smallReport();
    model.failures[0].example =
        std::make_shared<FailureExample>(FailureExample{QStringLiteral("GET"),
                                                        QStringLiteral("http://127.0.0.1/"),
                                                        {},
                                                        QByteArray("\x89PNG\0\xff\xfe\xfd....", 12),
                                                        12});
    const QString row = rowsOf(pageOf(model), "failures-table").at(0);
    QVERIFY(row.contains(QStringLiteral("The body is no text.")));
    QVERIFY(!row.contains(QStringLiteral("PNG")));
}

void HtmlReportTest::letsHostileTextsBreakOutNowhere()
{
    const QByteArray bytes = htmlReport(hostileReport());
    QCOMPARE(QString::fromUtf8(bytes).toUtf8(), bytes); // valid UTF-8
    const QString page = QString::fromUtf8(bytes);
    QVERIFY(!page.contains(QStringLiteral("<img")));
    QVERIFY(!page.contains(QChar(0x1b)));
    QVERIFY(!page.contains(QChar(0x202e)));
    QVERIFY(page.contains(QStringLiteral("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;")));
    // The data, the library and the script, as in any page.
    QCOMPARE(page.count(QStringLiteral("<script")), 3);
    QCOMPARE(page.count(QStringLiteral("</script>")), 3);
    QCOMPARE(page.count(QStringLiteral("<!--")), 1);
    static const QRegularExpression kScript(QStringLiteral("<script.*?</script>"),
                                            QRegularExpression::DotMatchesEverythingOption);
    QString visible = page;
    visible.remove(kScript);
    static const QRegularExpression kValue(QStringLiteral("=\"[^\"]*\""));
    visible.remove(kValue);
    static const QRegularExpression kStrange(
        QStringLiteral("<[^>]*[=\"'][^>]*>")); // what no tag of ours holds any more
    QVERIFY(!visible.contains(kStrange));
    const QString island = matches(page, "id=\"data\">(.*?)</script>").value(0);
    QVERIFY(!island.contains(QLatin1Char('<')));
    QVERIFY(!island.contains(QLatin1Char('&')));
    QCOMPARE(QString::fromStdString(chartOf(page, "memory")["lines"][0]["name"].as<std::string>()),
             tame(kHostile) + QStringLiteral(".rss"));
}

void HtmlReportTest::leavesPlacesOfTheTemplateInValuesAlone()
{
    QCOMPARE(filledTemplate("<p>{{ a }}{{b}}</p>", {{"a", "{{b}}"}, {"b", "{{ a }}"}}),
             QByteArray("<p>{{b}}{{ a }}</p>"));
    QVERIFY(pageOf(hostileReport()).contains(QStringLiteral("{{ data }}")));
}

void HtmlReportTest::loadsNothing()
{
    const QString page = pageOf(hostileReport());
    static const QRegularExpression kAddress(
        QStringLiteral("\\s(src|href|action|srcset|poster)\\s*=\\s*[\"']?\\s*(https?:|//)"));
    QString visible = page;
    static const QRegularExpression kScript(QStringLiteral("<script>.*?</script>"),
                                            QRegularExpression::DotMatchesEverythingOption);
    visible.remove(kScript);
    QVERIFY(!visible.contains(kAddress));
    for (const char *tag :
         {"<link", "<iframe", "<object", "<embed", "<form", "<base", "@import", "url(", "sourceMappingURL"})
        QVERIFY2(!page.contains(QLatin1String(tag)), tag);
    QVERIFY(page.contains(QStringLiteral("content=\"default-src 'none'; script-src 'sha256-")));
}

void HtmlReportTest::allowsItsOwnScriptsOnly()
{
    const QString page = pageOf(hostileReport());
    const QStringList scripts = matches(page, "<script>(.*?)</script>");
    QCOMPARE(scripts.size(), 2);
    const QString policy = matches(page, "Content-Security-Policy\" content=\"([^\"]*)\"").value(0);
    QCOMPARE(policy.count(QStringLiteral("'sha256-")), 2);
    for (const QString &script : scripts) {
        const QByteArray hash = QCryptographicHash::hash(script.toUtf8(), QCryptographicHash::Sha256).toBase64();
        QVERIFY(policy.contains(QLatin1String(hash)));
    }
    QVERIFY(scripts[0].startsWith(QStringLiteral("/*! @license")));
}

void HtmlReportTest::keepsTheLicenceOfTheLibrary()
{
    const QString page = pageOf(smallReport());
    QVERIFY(page.contains(QStringLiteral("dygraphs is MIT-licenced")));
    QVERIFY(page.contains(QStringLiteral("Dan Vanderkam")));
    QVERIFY(page.contains(QStringLiteral("The above copyright notice and this permission notice shall be")));
}

void HtmlReportTest::showsWhatThereIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("hasCharts");
    QTest::newRow("whole") << QStringLiteral("small") << QStringLiteral("Small shop") << true;
    QTest::newRow("changed") << QStringLiteral("small") << QStringLiteral("<dd>load.stages[0].rate=2/s</dd>") << true;
    QTest::newRow("killed") << QStringLiteral("killed") << QStringLiteral("The session was not closed") << true;
    QTest::newRow("no frame") << QStringLiteral("empty") << QStringLiteral("No request was finished") << false;
    QTest::newRow("nothing at all") << QStringLiteral("bare") << QStringLiteral("The scenario has no rules") << false;
}

void HtmlReportTest::showsWhatThereIs()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    QFETCH(bool, hasCharts);
    const QString page = pageOf(namedReport(name));
    QVERIFY(page.contains(text));
    QCOMPARE(page.contains(QStringLiteral("<svg")), hasCharts);
    QCOMPARE(!dataOf(page)["charts"].empty(), hasCharts);
    QVERIFY(!page.contains(QStringLiteral(">nan")));
    for (const char *tag : {"table", "section", "div", "dl", "ul", "figure", "svg", "details", "main", "html"})
        QCOMPARE(matches(page, qPrintable(QStringLiteral("(<%1[ >])").arg(QLatin1String(tag)))).size(),
                 page.count(QStringLiteral("</%1>").arg(QLatin1String(tag))));
}

void HtmlReportTest::keepsTheHighestTimesOfLongRuns()
{
    // 3,600 s in at most 1,200 points: slices of 3 s. Second 1,000 stands in slice 333, which starts at 999.
    ReportModel model = smallReport();
    model.series = longSeries(3600, 1000);
    const std::vector<HtmlSlice> slices = slicesOf(model.series, 1200);
    QCOMPARE(slices.size(), 1200u);
    QCOMPARE(slices[333].second, 999);
    const QString page = pageOf(model);
    const Json response = chartOf(page, "response");
    QCOMPARE(response["lines"][2]["values"].size(), 1200u);
    QCOMPARE(response["lines"][2]["values"][333].as<double>(), 900.0);
    QVERIFY(page.contains(QStringLiteral("Each point stands for 3 s, on paper")));
    // Rates are means: seconds 0 to 2 offer 100, 100 1/3 and 100 2/3.
    QCOMPARE(chartOf(page, "load")["lines"][0]["values"][0].as<double>(), 100.333);
}

void HtmlReportTest::drawsAHoleAsAGap()
{
    std::vector<ReportModel::SeriesRow> rows = longSeries(4, -1);
    rows[3].second = 1000; // seconds 3 to 999 are missing
    const std::vector<HtmlSlice> slices = slicesOf(rows, 1200);
    QCOMPARE(slices.size(), 5u);
    QCOMPARE(slices[3].second, 3);
    QCOMPARE(slices[3].begin, slices[3].end);
    QCOMPARE(slices[4].second, 1000);
    ReportModel model = smallReport();
    model.series = rows;
    const Json values = chartOf(pageOf(model), "response")["lines"][0]["values"];
    QVERIFY(values[3].is_null());
    QVERIFY(!values[4].is_null());
}

void HtmlReportTest::drawsBoundsOfRules()
{
    SessionHead head = smallHead();
    head.facts.rules = {QStringLiteral("p95 < 50 ms"), QStringLiteral("p95(list) < 40 ms"),
                        QStringLiteral("max(api.rss) < 4 KiB"), QStringLiteral("service.p99 < 10 s"),
                        QStringLiteral("p50 between 20 ms and 30 ms")};
    const QString page = pageOf(reportOf(head, smallFrames()));
    const Json response = chartOf(page, "response");
    QCOMPARE(response["bounds"].size(), 3u); // the one of a step is no line of all steps
    QCOMPARE(response["bounds"][0]["value"].as<double>(), 50.0);
    QCOMPARE(response["bounds"][0]["text"].as<std::string>(), std::string("p95 < 50 ms"));
    QCOMPARE(response["bounds"][1]["text"].as<std::string>(), std::string("p50 >= 20 ms"));
    QCOMPARE(response["bounds"][2]["text"].as<std::string>(), std::string("p50 <= 30 ms"));
    QCOMPARE(chartOf(page, "memory")["bounds"][0]["value"].as<double>(), 4096.0);
    // 10 s would press lines of at most 39 ms flat, so it is named only.
    QVERIFY(response["bounds"][0]["shown"].as<bool>());
    QVERIFY(!chartOf(page, "service")["bounds"][0]["shown"].as<bool>());
    QVERIFY(page.contains(QStringLiteral("rule, far above: service.p99 &lt; 10 s")));
}

void HtmlReportTest::staysSmallForAnHour()
{
    SessionHead head = smallHead();
    head.facts.steps.resize(10, head.facts.steps[0]);
    std::vector<MetricsFrame> frames = smallFrames();
    for (MetricsFrame &frame : frames)
        frame.steps.resize(10, frame.steps[0]);
    ReportModel model = reportOf(head, frames);
    model.series = longSeries(3600, 1000);
    model.lengthSeconds = 3600.0;
    QByteArray page;
    QBENCHMARK_ONCE { page = htmlReport(model); }
    QVERIFY2(page.size() < 1'000'000, qPrintable(QString::number(page.size())));
}

QTEST_GUILESS_MAIN(HtmlReportTest)
#include "tst_htmlreport.moc"
