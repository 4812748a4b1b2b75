// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/contest.h"
#include "tests/benchmarks/loadtools.h"
#include "tests/benchmarks/resultfiles.h"
#include "tests/benchmarks/toolrun.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Headroom;

namespace {

/// What a program printed, as it came.
QByteArray recorded(const char *name)
{
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/data/loadtools/%1.txt").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class LoadToolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatLoadGeneratorsPrint_data();
    void readsWhatLoadGeneratorsPrint();
    void tellsWhatAToolSaidInsteadOfAResult();
    void readsOurReport();
    void countsTheTimeOfTheProcessItStarted();
    void namesAToolThatIsMissing();
    void endsAToolThatTakesTooLong();
    void takesTheMedianOfTheTurns();
    void givesUpWhenNothingIsAnswered();
    void writesATableThatReadsWell();
    void writesResultsAsJson();
};

using Reader = Result<ToolLoad> (*)(const QByteArray &);

void LoadToolsTest::readsWhatLoadGeneratorsPrint_data()
{
    QTest::addColumn<Reader>("read");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<double>("answered");
    QTest::addColumn<double>("failed");
    QTest::addColumn<double>("perSecond");
    QTest::newRow("wrk") << &readWrk << recorded("wrk") << 24.0 << 0.0 << 21.83;
    // 22 answers, of which one was no good; and four connections that broke.
    QTest::newRow("wrk with failures") << &readWrk << recorded("wrk-failures") << 21.0 << 5.0 << 21.97;
    QTest::newRow("h2load") << &readH2load << recorded("h2load") << 11.0 << 0.0 << 11.0;
    QTest::newRow("h2load, nobody there") << &readH2load << recorded("h2load-refused") << 0.0 << 2.0 << 0.0;
    QTest::newRow("hey") << &readHey << recorded("hey") << 19.0 << 1.0 << 22.0274;
    QTest::newRow("hey, nobody there") << &readHey << recorded("hey-refused") << 0.0 << 2.0 << 3990.4071;
}

void LoadToolsTest::readsWhatLoadGeneratorsPrint()
{
    QFETCH(Reader, read);
    QFETCH(QByteArray, output);
    const auto load = read(output);
    QVERIFY(load);
    QTEST(load->answered, "answered");
    QTEST(load->failed, "failed");
    QTEST(load->perSecond, "perSecond");
}

void LoadToolsTest::tellsWhatAToolSaidInsteadOfAResult()
{
    const auto load = readWrk("unable to connect to 127.0.0.1:18932 Connection refused\n");
    QVERIFY(!load);
    QCOMPARE(load.error().message,
             QStringLiteral("wrk printed no result, but: unable to connect to 127.0.0.1:18932 Connection refused"));
    QVERIFY(!readH2load({}));
    QVERIFY(!readHey("hey\n"));
    QVERIFY(!readHeadroom("not JSON"));
}

void LoadToolsTest::readsOurReport()
{
    const auto load =
        readHeadroom(R"({"totals": {"requests": 1000, "errors": 10}, "measured": {"rate_per_s": 250.5}})");
    QVERIFY(load);
    QCOMPARE(*load, (ToolLoad{990.0, 10.0, 250.5}));
}

void LoadToolsTest::countsTheTimeOfTheProcessItStarted()
{
    const auto run =
        runTool(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("echo out; echo err >&2; exit 3")},
                std::chrono::seconds(20));
    QVERIFY(run);
    QCOMPARE(run->exitCode, 3);
    QCOMPARE(run->output, QByteArray("out\nerr\n"));
    QVERIFY(run->cpuSeconds > 0.0);
}

void LoadToolsTest::namesAToolThatIsMissing()
{
    const QString name = QStringLiteral("headroom-no-such-tool");
    const auto run = runTool(name, {}, std::chrono::seconds(20));
    QVERIFY(!run);
    QCOMPARE(run.error().message, QStringLiteral("headroom-no-such-tool is not installed"));
    const auto found = findTools({QStringLiteral("sh"), name});
    QVERIFY(!found);
    QVERIFY(found.error().message.startsWith(QStringLiteral("headroom-no-such-tool is not installed;")));
}

void LoadToolsTest::endsAToolThatTakesTooLong()
{
    const auto run = runTool(QStringLiteral("sleep"), {QStringLiteral("60")}, std::chrono::seconds(0));
    QVERIFY(!run);
    QCOMPARE(run.error().message, QStringLiteral("sleep did not end within 0 s"));
}

void LoadToolsTest::takesTheMedianOfTheTurns()
{
    Contest contest;
    int turn = 0;
    contest.add(QStringLiteral("one"), [&]() -> Result<Contest::Turn> {
        constexpr double kSeconds[]{1.0, 9.0, 2.0}; // for a million requests each: 1, 9 and 2 us
        return Contest::Turn{{1e6, 1.0, 100.0}, kSeconds[turn++]};
    });
    contest.add(QStringLiteral("other"), [] { return Contest::Turn{{1e6, 0.0, 50.0}, 3.0}; });
    QVERIFY(contest.hold(3));
    QCOMPARE(contest.cpuMicroseconds(QStringLiteral("one")), 2.0);
    QCOMPARE(contest.failed(QStringLiteral("one")), 3.0);
    const ResultTable table = contest.table(QStringLiteral("Both"));
    QCOMPARE(table.rows.at(1).values, (std::vector<double>{50.0, 0.5, 3.0, 1.5}));
}

void LoadToolsTest::givesUpWhenNothingIsAnswered()
{
    Contest contest;
    contest.add(QStringLiteral("one"), [] { return Contest::Turn{{0.0, 5.0, 0.0}, 1.0}; });
    const auto held = contest.hold(1);
    QVERIFY(!held);
    QCOMPARE(held.error().text(), QStringLiteral("one: no request was answered"));
}

void LoadToolsTest::writesATableThatReadsWell()
{
    const ResultTable table{QStringLiteral("Title"),
                            {QStringLiteral("rate"), QStringLiteral("ratio")},
                            {0, 2},
                            {{QStringLiteral("first"), {12345.6, 1.0}},
                             {QStringLiteral("second"), {7.0, std::numeric_limits<double>::quiet_NaN()}}}};
    QCOMPARE(markdown(table),
             QStringLiteral("Title\n"
                            "\n"
                            "|        |   rate | ratio |\n"
                            "| ------ | -----: | ----: |\n"
                            "| first  | 12,346 |  1.00 |\n"
                            "| second |      7 |     - |\n"));
}

void LoadToolsTest::writesResultsAsJson()
{
    BenchmarkResults results{
        QStringLiteral("direct"),
        {{QStringLiteral("cores"), QStringLiteral("2")}},
        {{QStringLiteral("Title"), {QStringLiteral("rate")}, {0}, {{QStringLiteral("wrk"), {5.0}}}}},
        {{QStringLiteral("direct.cpu"), 1.5, QStringLiteral("ratio"), QStringLiteral("<= 1.25"),
          QStringLiteral("OVER")}},
        {}};
    const QJsonDocument document = QJsonDocument::fromJson(resultsJson(results));
    QCOMPARE(document[QLatin1String("machine")][QLatin1String("cores")].toString(), QStringLiteral("2"));
    QCOMPARE(document[QLatin1String("tables")][0][QLatin1String("rows")][0][QLatin1String("values")][0].toDouble(),
             5.0);
    QCOMPARE(document[QLatin1String("figures")][0][QLatin1String("verdict")].toString(), QStringLiteral("OVER"));
    QCOMPARE(resultsMarkdown(results),
             QByteArray("Measured on: cores 2.\n"
                        "\n"
                        "Title\n"
                        "\n"
                        "|     | rate |\n"
                        "| --- | ---: |\n"
                        "| wrk |    5 |\n"
                        "\n"
                        "| Figure | Value | Unit | Bound | Verdict |\n"
                        "| --- | ---: | --- | --- | --- |\n"
                        "| direct.cpu | 1.500 | ratio | <= 1.25 | OVER |\n"));
}

QTEST_GUILESS_MAIN(LoadToolsTest)
#include "tst_loadtools.moc"
