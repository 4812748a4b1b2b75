// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/kpistrip.h"

#include "ui/run/kpitile.h"
#include "viewfixture.h"

#include <QTest>
#include <QVBoxLayout>

using namespace Headroom;
using Standing = RuleResult::Standing;

Q_DECLARE_METATYPE(Headroom::RunView)

class KpiStripTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsDashesBeforeTheFirstSecond();
    void showsTheNumbersOfAView();
    void saysTheRunsPercentilesBelow();
    void tellsOfConnectionsInATip();
    void marksFewSamples();
    void marksErrorsWithASymbol();
    void saysHowTheGeneratorDid_data();
    void saysHowTheGeneratorDid();
    void saysTheVerdictInWords_data();
    void saysTheVerdictInWords();
    void saysThatThereIsNoProbe();
    void namesAndExplainsEveryTile();
    void showsHostileTextAsItIs();
    void keepsItsWidthWhateverItShows();
    void wrapsIntoRowsAboutAsFull();
    void getsAllRowsInANarrowWindow();
    void toldNothingOfARunShowsDashesAgain();
};

namespace {

const QStringList kTiles{QStringLiteral("offered"), QStringLiteral("achieved"), QStringLiteral("inflight"),
                         QStringLiteral("backlog"), QStringLiteral("p50"),      QStringLiteral("p95"),
                         QStringLiteral("p99"),     QStringLiteral("errors"),   QStringLiteral("rejected"),
                         QStringLiteral("cpu"),     QStringLiteral("rss"),      QStringLiteral("generator"),
                         QStringLiteral("verdict")};

RunView example() { return exampleView(viewFacts()); }

QString describedIn(const KpiStrip &strip, const QString &tile)
{
    return strip.findChild<KpiTile *>(tile)->accessibleDescription();
}

QStringList valuesOf(const KpiStrip &strip)
{
    QStringList values;
    for (const QString &tile : kTiles)
        values += strip.valueOf(tile);
    return values;
}

/// How many tiles stand in each row, by their top.
std::map<int, int> tilesByTop(const KpiStrip &strip)
{
    std::map<int, int> rows;
    for (const KpiTile *tile : strip.findChildren<KpiTile *>())
        ++rows[tile->y()];
    return rows;
}

} // namespace

void KpiStripTest::showsDashesBeforeTheFirstSecond()
{
    KpiStrip strip;
    const QStringList dashes(kTiles.size(), QStringLiteral("–"));
    QCOMPARE(valuesOf(strip), dashes);
    RunView view = example();
    view.latest.reset();
    strip.setView(shared(view));
    QCOMPARE(valuesOf(strip), dashes);
    QCOMPARE(strip.valueOf(QStringLiteral("p12")), QString());
}

void KpiStripTest::showsTheNumbersOfAView()
{
    KpiStrip strip;
    strip.setView(shared(example()));
    const QStringList expected{QStringLiteral("60/s"),
                               QStringLiteral("59.8/s"),
                               QStringLiteral("7"),
                               QStringLiteral("0"),
                               QStringLiteral("8.20 ms"),
                               QStringLiteral("12.1 ms"),
                               QStringLiteral("15.4 ms"),
                               QStringLiteral("0"),
                               QStringLiteral("70"),
                               QStringLiteral("85 %"),
                               QStringLiteral("300 MiB"),
                               QStringLiteral("✓ fine"),
                               QStringLiteral("✓ all rules met")};
    QCOMPARE(valuesOf(strip), expected);
    // 70 of 7,000 requests
    QCOMPARE(describedIn(strip, QStringLiteral("rejected")), QStringLiteral("70, 1 %"));
    QCOMPARE(describedIn(strip, QStringLiteral("achieved")), QStringLiteral("59.8/s, requests 118/s"));
    QCOMPARE(describedIn(strip, QStringLiteral("generator")), QStringLiteral("✓ fine, lag p99 310 µs"));
}

void KpiStripTest::saysTheRunsPercentilesBelow()
{
    KpiStrip strip;
    strip.setView(shared(example()));
    QCOMPARE(describedIn(strip, QStringLiteral("p50")), QStringLiteral("8.20 ms, run 8.40 ms"));
    QCOMPARE(describedIn(strip, QStringLiteral("p99")), QStringLiteral("15.4 ms, run 16.9 ms"));
}

void KpiStripTest::tellsOfConnectionsInATip()
{
    KpiStrip strip;
    RunView view = example();
    view.network = QStringLiteral("First byte: p50 1 ms.\nConnections: 50 opened.");
    strip.setView(shared(view));
    const auto *tile = strip.findChild<KpiTile *>(QStringLiteral("inflight"));
    QVERIFY(tile);
    QVERIFY2(tile->toolTip().contains(QStringLiteral("Connections: 50 opened.")), qPrintable(tile->toolTip()));
}

void KpiStripTest::marksFewSamples()
{
    KpiStrip strip;
    RunView view = example();
    view.trailing.hasFewSamples = true;
    strip.setView(shared(view));
    QCOMPARE(describedIn(strip, QStringLiteral("p99")), QStringLiteral("15.4 ms, few samples, run 16.9 ms"));
    view.wholeRun.hasFewSamples = true;
    strip.setView(shared(view));
    QCOMPARE(describedIn(strip, QStringLiteral("p99")), QStringLiteral("15.4 ms, few samples, run 16.9 ms*"));
}

void KpiStripTest::marksErrorsWithASymbol()
{
    KpiStrip strip;
    RunView view = example();
    view.errors = 35; // of 7,000
    strip.setView(shared(view));
    QCOMPARE(strip.valueOf(QStringLiteral("errors")), QStringLiteral("✗ 35"));
    QCOMPARE(describedIn(strip, QStringLiteral("errors")), QStringLiteral("✗ 35, 0.5 %"));
}

void KpiStripTest::saysHowTheGeneratorDid_data()
{
    QTest::addColumn<int>("measured");
    QTest::addColumn<int>("limited");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing measured yet") << 0 << 0 << true << QStringLiteral("–");
    QTest::newRow("kept up") << 50 << 0 << true << QStringLiteral("✓ fine");
    QTest::newRow("late at times") << 50 << 2 << true << QStringLiteral("! 2 of 50 s limited");
    QTest::newRow("late too often") << 50 << 9 << false << QStringLiteral("✗ 9 of 50 s limited");
}

void KpiStripTest::saysHowTheGeneratorDid()
{
    QFETCH(int, measured);
    QFETCH(int, limited);
    QFETCH(bool, isValid);
    RunView view = example();
    view.measuredSeconds = measured;
    view.generatorLimitedSeconds = limited;
    view.validity.isValid = isValid;
    KpiStrip strip;
    strip.setView(shared(view));
    QTEST(strip.valueOf(QStringLiteral("generator")), "words");
}

void KpiStripTest::saysTheVerdictInWords_data()
{
    using Result = Verdict::Result;
    QTest::addColumn<std::vector<Standing>>("rules");
    QTest::addColumn<Result>("result");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<QString>("whileRunning");
    QTest::addColumn<QString>("atTheEnd");
    const auto row = [](const char *name, std::vector<Standing> rules, Result result, bool isValid,
                        const QString &running, const QString &end = {}) {
        QTest::newRow(name) << rules << result << isValid << running << (end.isEmpty() ? running : end);
    };
    row("all met", {Standing::Met, Standing::Met}, Result::Met, true, QStringLiteral("✓ running: all rules hold"),
        QStringLiteral("✓ all rules met"));
    row("one not met", {Standing::NotMet, Standing::Met}, Result::NotMet, true, QStringLiteral("✗ 1 rule not met"));
    row("two not met", {Standing::NotMet, Standing::NotMet}, Result::NotMet, true, QStringLiteral("✗ 2 rules not met"));
    row("one undecided", {Standing::Undecided, Standing::Met}, Result::Undecided, true,
        QStringLiteral("? 1 rule undecided"));
    row("one not run yet", {Standing::NotRun, Standing::Met}, Result::Undecided, true,
        QStringLiteral("✓ running: all rules hold"), QStringLiteral("? 1 rule not run"));
    row("two not run", {Standing::NotRun, Standing::NotRun, Standing::Met}, Result::Undecided, true,
        QStringLiteral("✓ running: all rules hold"), QStringLiteral("? 2 rules not run"));
    row("met by no request", {Standing::Met}, Result::Undecided, true, QStringLiteral("? undecided"));
    row("none judged", {Standing::NotRun}, Result::None, true, QStringLiteral("– nothing judged"));
    row("no rules", {}, Result::None, true, QStringLiteral("– no rules"));
    row("not valid", {Standing::Met}, Result::Met, false, QStringLiteral("✗ NOT VALID"));
}

void KpiStripTest::saysTheVerdictInWords()
{
    QFETCH(std::vector<Standing>, rules);
    QFETCH(Verdict::Result, result);
    QFETCH(bool, isValid);
    RunView view = example();
    view.rules.clear();
    for (const Standing standing : rules)
        view.rules.push_back(ruleThatIs(standing, QStringLiteral("p95 < 900 ms")));
    view.verdict.result = result;
    view.verdict.isValid = isValid;
    KpiStrip strip;
    strip.setView(shared(view));
    QTEST(strip.valueOf(QStringLiteral("verdict")), "atTheEnd");
    strip.setState(RunState::Running);
    QTEST(strip.valueOf(QStringLiteral("verdict")), "whileRunning");
    strip.setState(RunState::Finished);
    QTEST(strip.valueOf(QStringLiteral("verdict")), "atTheEnd");
}

void KpiStripTest::saysThatThereIsNoProbe()
{
    RunFacts facts = *viewFacts();
    facts.series.clear();
    RunView view = exampleView(std::make_shared<const RunFacts>(facts));
    view.targetCpuPercent.reset();
    KpiStrip strip;
    strip.setView(shared(view));
    QCOMPARE(describedIn(strip, QStringLiteral("cpu")), QStringLiteral("–, no probe"));
}

void KpiStripTest::namesAndExplainsEveryTile()
{
    KpiStrip strip;
    strip.setView(shared(example()));
    QCOMPARE(strip.findChildren<KpiTile *>().size(), kTiles.size());
    for (const KpiTile *tile : strip.findChildren<KpiTile *>()) {
        QVERIFY(!tile->accessibleName().isEmpty());
        QVERIFY(tile->accessibleDescription().startsWith(tile->value()));
        QVERIFY(tile->toolTip().contains(tile->value()));
        QVERIFY2(tile->toolTip().size() > 80, qPrintable(tile->toolTip()));
    }
    QCOMPARE(strip.findChild<KpiTile *>(QStringLiteral("p95"))->accessibleName(), QStringLiteral("p95"));
}

void KpiStripTest::showsHostileTextAsItIs()
{
    RunFacts facts = *viewFacts();
    facts.series[1].probe = hostileText();
    RunView view = exampleView(std::make_shared<const RunFacts>(facts));
    view.rules = {ruleThatIs(Standing::NotMet, hostileText())};
    view.verdict.reasons = {hostileText()};
    KpiStrip strip;
    strip.setView(shared(view));
    for (const KpiTile *tile : strip.findChildren<KpiTile *>()) {
        QVERIFY(!tile->toolTip().contains(QStringLiteral("<img")));
        QVERIFY(!tile->accessibleDescription().contains(QChar(0x1b)));
        QVERIFY(!tile->accessibleDescription().contains(QChar(0x202e)));
    }
    QVERIFY(strip.findChild<KpiTile *>(QStringLiteral("verdict"))->toolTip().contains(QStringLiteral("&lt;img")));
}

void KpiStripTest::keepsItsWidthWhateverItShows()
{
    KpiStrip strip;
    const QSize before = strip.sizeHint();
    const int highBefore = strip.heightForWidth(900);
    RunView view = example();
    view.latest->offered = 123456.0;
    view.latest->inFlight = 12'345'678;
    view.rules = {ruleThatIs(Standing::NotMet, QString(300, QLatin1Char('m')))};
    strip.setView(shared(view));
    QCOMPARE(strip.sizeHint(), before);
    QCOMPARE(strip.heightForWidth(900), highBefore);
}

void KpiStripTest::wrapsIntoRowsAboutAsFull()
{
    KpiStrip strip;
    const int tile = strip.findChild<KpiTile *>(QStringLiteral("p95"))->sizeHint().height();
    // 11 tiles of one cell and 2 of two: 15 cells, in one row when there is room.
    QCOMPARE(strip.heightForWidth(5000), tile);
    strip.resize(strip.sizeHint());
    strip.show();
    // Eight columns: 8 numbers above, the other 3 and both wordy ones below.
    const std::map<int, int> rows = tilesByTop(strip);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.begin()->second, 8);
    QCOMPARE(rows.rbegin()->second, 5);
    QVERIFY(strip.heightForWidth(300) > 3 * tile);
    for (const KpiTile *each : strip.findChildren<KpiTile *>())
        QCOMPARE(each->height(), tile);
}

void KpiStripTest::getsAllRowsInANarrowWindow()
{
    // A box layout held it at the height of two rows, and the verdict was below its edge.
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *strip = new KpiStrip;
    column->addWidget(strip);
    column->addStretch(1);
    const int tile = strip->findChild<KpiTile *>(QStringLiteral("p95"))->sizeHint().width();
    window.resize(6 * tile, 600);
    window.show();
    QCOMPARE(tilesByTop(*strip).size(), 3);
    for (const KpiTile *each : strip->findChildren<KpiTile *>())
        QVERIFY2(strip->rect().contains(each->geometry()), qPrintable(each->objectName()));
    QCOMPARE(strip->height(), strip->heightForWidth(strip->width()));
}

void KpiStripTest::toldNothingOfARunShowsDashesAgain()
{
    KpiStrip strip;
    strip.setView(shared(example()));
    strip.setView({});
    QCOMPARE(valuesOf(strip), QStringList(kTiles.size(), QStringLiteral("–")));
}

QTEST_MAIN(KpiStripTest)
#include "tst_kpistrip.moc"
