// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonreport.h"

#include "core/report/jsonvalue.h"
#include "core/report/reportschema.h"
#include "tests/core/report/climbreport.h"
#include "tests/support/schemaproblems.h"

#include <QFile>
#include <QTest>

#ifndef Q_MOC_RUN // moc cannot read it
#include <jsoncons_ext/jsonpointer/jsonpointer.hpp>
#endif

#include <limits>

using namespace Headroom;

class JsonReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheBytesOfTheGoldenFile();
    void givesTheSameBytesAgain();
    void keepsToItsSchema_data();
    void keepsToItsSchema();
    void refusesBrokenReports_data();
    void refusesBrokenReports();
    void describesEveryField();
    void writesHostileTextsAsPlainStrings();
    void roundsNumbers_data();
    void roundsNumbers();
    void writesNullForWhatIsAbsent();
    void writesBodiesAsText_data();
    void writesBodiesAsText();
    void marksPercentilesWithFewSamples();
};

namespace {

const char *const kGoldenPath = HEADROOM_SOURCE_DIR "/tests/data/report/small.json";

Json parsed(const QByteArray &bytes) { return Json::parse(bytes.toStdString()); }

QStringList problemsOf(const Json &report)
{
    return schemaProblems(reportJsonSchema(), QByteArray::fromStdString(report.to_string()));
}

ReportModel hostileReport()
{
    SessionHead head = smallHead();
    head.facts.name = QStringLiteral("a\"b\\c\n\x1b[31m</script>");
    head.facts.steps[0].name = QString(QChar(0xd800)) + QStringLiteral("\u202e\u0000x"); // an unpaired surrogate
    head.scenarioText = "name: \xff\xfe";
    head.environment = {{QStringLiteral("cpu"), QStringLiteral("one")}, {QStringLiteral("cpu"), QStringLiteral("two")}};
    return reportOf(head, smallFrames());
}

ReportModel namedReport(const QString &name)
{
    if (name == QLatin1String("small"))
        return smallReport();
    if (name == QLatin1String("hostile"))
        return hostileReport();
    if (name == QLatin1String("climb"))
        return climbReport();
    if (name == QLatin1String("killed"))
        return reportOf(smallHead(), smallFrames(), {std::nullopt, {}});
    if (name == QLatin1String("bare"))
        return reportOf({}, {});
    return reportOf(smallHead(), {});
}

// What a test breaks: the value at a JSON Pointer is replaced, or removed when there is none.
struct Break
{
    const char *name;
    const char *pointer;
    const char *value;
};
constexpr Break kBreaks[] = {
    {"other schema", "/schema", "\"headroom-report/2\""},
    {"missing section", "/verdict", nullptr},
    {"missing field", "/totals/response_ms/p99", nullptr},
    {"unknown field", "/totals/responses", "1"},
    {"unknown field of a step", "/steps/0/color", "\"red\""},
    {"text for a number", "/measured/requests", "\"10\""},
    {"negative count", "/measured/errors", "-1"},
    {"broken count", "/measured/errors", "1.5"},
    {"unknown result", "/rules/0/result", "\"maybe\""},
    {"unknown verdict", "/verdict/result", "\"fine\""},
    {"interval of one", "/rules/0/interval", "[1]"},
    {"bound of text", "/rules/0/bound", "\"50 ms\""},
    {"null for a list", "/events", "null"},
    {"text among the values", "/series/p50_ms/0", "\"fast\""},
    {"interval of a percentile without its end", "/totals/response_ms/interval_ms/p95", "[1]"},
    {"unknown percentile", "/totals/response_ms/few_samples", "[\"p42\"]"},
};

} // namespace

// The bytes are part of the interface. After a wanted change: HEADROOM_UPDATE_GOLDEN=1, then look at the difference.
void JsonReportTest::hasTheBytesOfTheGoldenFile()
{
    const QByteArray bytes = jsonReport(smallReport());
    QFile golden(QString::fromUtf8(kGoldenPath));
    if (qEnvironmentVariableIntValue("HEADROOM_UPDATE_GOLDEN") == 1) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        QCOMPARE(golden.write(bytes), bytes.size());
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), kGoldenPath);
    const QList<QByteArray> expected = golden.readAll().split('\n');
    const QList<QByteArray> actual = bytes.split('\n');
    for (qsizetype line = 0; line < std::min(expected.size(), actual.size()); ++line)
        QCOMPARE(actual[line], expected[line]);
    QCOMPARE(actual.size(), expected.size());
}

void JsonReportTest::givesTheSameBytesAgain() { QCOMPARE(jsonReport(smallReport()), jsonReport(smallReport())); }

void JsonReportTest::keepsToItsSchema_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"small", "hostile", "climb", "killed", "empty", "bare"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void JsonReportTest::keepsToItsSchema()
{
    QFETCH(QString, name);
    const QStringList problems = problemsOf(parsed(jsonReport(namedReport(name))));
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
}

void JsonReportTest::refusesBrokenReports_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    for (const Break &broken : kBreaks)
        QTest::newRow(broken.name) << QByteArray(broken.pointer) << QByteArray(broken.value);
}

void JsonReportTest::refusesBrokenReports()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    Json report = parsed(jsonReport(smallReport()));
    std::error_code error;
    if (value.isEmpty())
        jsoncons::jsonpointer::remove(report, pointer.toStdString(), error);
    else if (jsoncons::jsonpointer::contains(report, pointer.toStdString()))
        jsoncons::jsonpointer::replace(report, pointer.toStdString(), parsed(value), error);
    else
        jsoncons::jsonpointer::add(report, pointer.toStdString(), parsed(value), error);
    QVERIFY2(!error, error.message().c_str());
    QVERIFY(!problemsOf(report).isEmpty());
}

void JsonReportTest::describesEveryField()
{
    const std::function<void(const std::string &, const Json &)> look = [&](const std::string &path,
                                                                            const Json &schema) {
        QVERIFY2(schema.contains("description"), path.c_str());
        if (schema.contains("properties")) {
            for (const auto &field : schema["properties"].object_range())
                look(path + '/' + field.key(), field.value());
        }
        if (schema.contains("items"))
            look(path + "/items", schema["items"]);
    };
    const Json schema = parsed(reportJsonSchema());
    look("", schema);
    for (const auto &definition : schema["$defs"].object_range())
        look(definition.key(), definition.value());
}

void JsonReportTest::writesHostileTextsAsPlainStrings()
{
    const QByteArray bytes = jsonReport(hostileReport());
    QVERIFY(!bytes.contains('\x1b'));
    QCOMPARE(QString::fromUtf8(bytes).toUtf8(), bytes); // valid UTF-8
    const Json report = parsed(bytes);
    QCOMPARE(report["scenario"]["name"].as<std::string>(), std::string("a\"b\\c\n\x1b[31m</script>"));
    QCOMPARE(report["scenario"]["text"].as<std::string>(), std::string("name: \uFFFD\uFFFD"));
    QCOMPARE(report["environment"].size(), 1u);
    QCOMPARE(report["environment"]["cpu"].as<std::string>(), std::string("one"));
}

void JsonReportTest::roundsNumbers_data()
{
    QTest::addColumn<QByteArray>("actual");
    QTest::addColumn<QByteArray>("expected");
    const auto text = [](const Json &json) { return toBytes(json).trimmed(); };
    QTest::newRow("whole milliseconds") << text(jsonMilliseconds(10ms)) << QByteArray("10");
    QTest::newRow("microseconds") << text(jsonMilliseconds(10'007us)) << QByteArray("10.007");
    QTest::newRow("nanoseconds are rounded") << text(jsonMilliseconds(1'234'567ns)) << QByteArray("1.235");
    QTest::newRow("less than half a microsecond") << text(jsonMilliseconds(499ns)) << QByteArray("0");
    QTest::newRow("a third") << text(jsonNumber(1.0 / 3.0)) << QByteArray("0.333333");
    QTest::newRow("a small rate") << text(jsonNumber(170.0 / 3600.0)) << QByteArray("0.0472222");
    QTest::newRow("a large rate") << text(jsonNumber(123456.78949)) << QByteArray("123456.789");
    QTest::newRow("bytes in full") << text(jsonNumber(1234567890123.0)) << QByteArray("1234567890123.0");
    QTest::newRow("negative") << text(jsonNumber(-0.25)) << QByteArray("-0.25");
    QTest::newRow("not a number") << text(jsonNumber(std::numeric_limits<double>::quiet_NaN())) << QByteArray("null");
    QTest::newRow("infinite") << text(jsonMilliseconds(std::numeric_limits<double>::infinity())) << QByteArray("null");
    QTest::newRow("nothing") << text(jsonNumber(std::optional<double>())) << QByteArray("null");
}

void JsonReportTest::roundsNumbers()
{
    QFETCH(QByteArray, actual);
    QTEST(actual, "expected");
}

void JsonReportTest::writesNullForWhatIsAbsent()
{
    const Json report = parsed(jsonReport(namedReport(QStringLiteral("bare"))));
    QVERIFY(report["session"]["started_at"].is_null());
    QVERIFY(report["scenario"]["file"].is_null());
    QVERIFY(report["load"]["users_cap"].is_null());
    QVERIFY(report["load"]["late"].is_null());
    QVERIFY(report["totals"]["response_ms"]["p50"].is_null());
    QVERIFY(report["health"]["cpu_us_per_request"].is_null());
    QVERIFY(report["health"]["generator_limited_share"].is_null());
}

void JsonReportTest::marksPercentilesWithFewSamples()
{
    // 368 samples are just enough for p99 and too few for p99.9 (3,688).
    std::vector<MetricsFrame> frames = smallFrames();
    frames[1].steps[0] = stepOf(std::vector<Request>(368, Request{10ms}));
    frames[2].steps[0] = {};
    const Json report = parsed(jsonReport(reportOf(smallHead(), frames)));
    QCOMPARE(report["steps"][0]["response_ms"]["few_samples"].to_string(), std::string("[\"p99_9\"]"));
    QCOMPARE(report["steps"][2]["response_ms"]["few_samples"].to_string(),
             std::string("[\"p50\",\"p75\",\"p90\",\"p95\",\"p99\",\"p99_9\"]"));
}

void JsonReportTest::writesBodiesAsText_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text"); // empty: null
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("plain") << QByteArray("out of stock\n") << QStringLiteral("out of stock\n");
    QTest::newRow("UTF-8") << QByteArray("gr\xc3\xbc\xc3\x9f"
                                         "e")
                           << QStringLiteral("grüße");
    QTest::newRow("no UTF-8") << QByteArray("a\xff"
                                            "b")
                              << QStringLiteral("a\uFFFDb");
    QTest::newRow("cut in a character") << QByteArray("a\xc3") << QStringLiteral("a\uFFFD");
    QTest::newRow("zero") << QByteArray("a\0b", 3) << QStringLiteral("a\0b");
    QTest::newRow("script") << QByteArray("</script>") << QStringLiteral("</script>");
}

void JsonReportTest::writesBodiesAsText()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    std::vector<MetricsFrame> frames = smallFrames();
    FailureExample example{.method = QStringLiteral("GET"), .url = QStringLiteral("http://h/"), .bodyHead = body};
    example.bodyBytes = std::uint64_t(body.size()) + 7;
    frames[2].failures[1].example = std::make_shared<const FailureExample>(example);
    const Json report = parsed(jsonReport(reportOf(smallHead(), frames)));
    QCOMPARE(problemsOf(report), QStringList());
    const Json &failure = report["failures"][1];
    QVERIFY(report["failures"][0]["example"].is_null());
    QCOMPARE(failure["example"]["method"].as<std::string>(), "GET");
    QVERIFY(failure["example"]["content_type"].is_null());
    QCOMPARE(failure["example"]["body_bytes"].as<std::uint64_t>(), example.bodyBytes);
    const Json &written = failure["example"]["body"];
    QCOMPARE(written.is_null() ? QString() : QString::fromStdString(written.as<std::string>()), text);
}

QTEST_GUILESS_MAIN(JsonReportTest)
#include "tst_jsonreport.moc"
