// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ghostlines.h"

#include "ui/charts/chartboard.h"
#include "ui/charts/chartlegend.h"
#include "ui/charts/chartpanel.h"

#include <QLabel>
#include <QTest>

using namespace Headroom;

class GhostLinesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matchesLinesByName();
    void matchesOnlyWithinTheSameChartAndUnit();
    void matchesAddedLinesInTheChartTheyAreFrom();
    void givesTheFirstOfEqualNamesToTheFirst();
    void hasNoValueBesideItsSeconds();
    void standsBehindTheLinesOfTheBoard();
    void staysWhenChartsAndRowsChange();
    void isTakenAway();
    void showsItsValueBesideTheLivingOne();
    void canBeReadBeyondTheEndOfTheRun();
    void takesPartInTheScale();
    void isDrawnPale();
    void goesWithAHiddenLine();
    void standsInThePicture();

private:
    std::unique_ptr<ChartBoard> board(int rows) const;
};

namespace {

ChartSpec chart(const char *id, ChartSpec::Unit unit, const std::vector<ChartSpec::Line> &lines)
{
    ChartSpec chart{QLatin1String(id), QLatin1String(id), unit, false, {}, {}};
    chart.lines = lines;
    return chart;
}

/// An earlier run of `seconds`: p95 is 30 ms and p50 20 ms, in another order than the board has them.
std::shared_ptr<GhostLines> ghostOf(int seconds)
{
    auto ghost = std::make_shared<GhostLines>();
    ghost->name = QStringLiteral("Retrieval mix, 14:03");
    ghost->charts = {
        chart("latency", ChartSpec::Unit::Milliseconds,
              {{QStringLiteral("p95"), 0, 5}, {QStringLiteral("p50"), 1, 6}, {QStringLiteral("p42"), 1, 7}})};
    ghost->rows = SeriesStore(2);
    for (int second = 0; second < seconds; ++second)
        ghost->rows.append(second, {30.0, 20.0});
    return ghost;
}

std::vector<ChartSpec> charts()
{
    return {chart("latency", ChartSpec::Unit::Milliseconds,
                  {{QStringLiteral("p50"), 0, 0}, {QStringLiteral("p95"), 1, 1}, {QStringLiteral("p99"), 2, 2}}),
            chart("memory", ChartSpec::Unit::Bytes, {{QStringLiteral("p50"), 0, 0}})};
}

ChartPanel *panel(const ChartBoard &board, const char *id)
{
    return board.findChild<ChartPanel *>(QStringLiteral("chart.") + QLatin1String(id));
}

QString valueOf(const ChartBoard &board, const char *line)
{
    return panel(board, "latency")->findChild<LegendEntry *>(QStringLiteral("legend.") + QLatin1String(line))->value();
}

QString noteOf(const ChartBoard &board, const char *id)
{
    const auto *note = panel(board, id)->findChild<QLabel *>(QStringLiteral("ghostNote"));
    return note && !note->isHidden() ? note->accessibleName() : QString();
}

using Columns = std::vector<std::optional<std::size_t>>;

} // namespace

std::unique_ptr<ChartBoard> GhostLinesTest::board(int rows) const
{
    auto board = std::make_unique<ChartBoard>();
    board->setTheme(Theme::of(QPalette(Qt::white)));
    board->setCharts(charts(), 3);
    for (int second = 0; second < rows; ++second)
        board->append(second, {10.0, 12.0, 14.0});
    board->resize(800, 500);
    board->show();
    return board;
}

void GhostLinesTest::matchesLinesByName()
{
    // p95 is its column 0 and p50 its column 1; it has no p99.
    QCOMPARE(ghostOf(1)->columnsFor(charts()[0]), (Columns{1, 0, std::nullopt}));
}

void GhostLinesTest::matchesOnlyWithinTheSameChartAndUnit()
{
    QCOMPARE(ghostOf(1)->columnsFor(charts()[1]), (Columns{std::nullopt})); // it has no memory
    ChartSpec other = charts()[0];
    other.unit = ChartSpec::Unit::Count;
    QCOMPARE(ghostOf(1)->columnsFor(other), (Columns{std::nullopt, std::nullopt, std::nullopt}));
}

void GhostLinesTest::matchesAddedLinesInTheChartTheyAreFrom()
{
    ChartSpec memory = charts()[1];
    memory.lines.push_back({QStringLiteral("Latency: p95"), 1, 1});
    memory.lines.back().unit = ChartSpec::Unit::Milliseconds;
    memory.lines.back().home = QStringLiteral("latency");
    memory.lines.back().homeName = QStringLiteral("p95");
    QCOMPARE(ghostOf(1)->columnsFor(memory), (Columns{std::nullopt, 0}));
}

void GhostLinesTest::givesTheFirstOfEqualNamesToTheFirst()
{
    auto ghost = ghostOf(1);
    ghost->charts = {
        chart("latency", ChartSpec::Unit::Milliseconds, {{QStringLiteral("a"), 3, 0}, {QStringLiteral("a"), 4, 0}})};
    const ChartSpec three =
        chart("latency", ChartSpec::Unit::Milliseconds,
              {{QStringLiteral("a"), 0, 0}, {QStringLiteral("a"), 1, 0}, {QStringLiteral("a"), 2, 0}});
    QCOMPARE(ghost->columnsFor(three), (Columns{3, 4, std::nullopt}));
}

void GhostLinesTest::hasNoValueBesideItsSeconds()
{
    const auto ghost = ghostOf(10);
    QCOMPARE(ghost->valueAt(0, 9.0), 30.0);
    QCOMPARE(ghost->valueAt(0, 9.4), 30.0);
    QVERIFY(!ghost->valueAt(0, 10.0));
    QVERIFY(!GhostLines().valueAt(0, 0.0));
}

void GhostLinesTest::standsBehindTheLinesOfTheBoard()
{
    const auto shown = board(10);
    QVERIFY(shown->ghostLines(QStringLiteral("latency")).isEmpty());
    shown->setGhost(ghostOf(10));
    QCOMPARE(shown->ghostLines(QStringLiteral("latency")), (QStringList{QStringLiteral("p50"), QStringLiteral("p95")}));
    QVERIFY(shown->ghostLines(QStringLiteral("memory")).isEmpty());
    QVERIFY(shown->ghostLines(QStringLiteral("unknown")).isEmpty());
    QCOMPARE(noteOf(*shown, "latency"), QStringLiteral("pale: Retrieval mix, 14:03"));
    QCOMPARE(noteOf(*shown, "memory"), QString()); // nothing is behind it
    QCOMPARE(panel(*shown, "latency")->findChildren<LegendEntry *>().size(), 3); // none of their own
}

void GhostLinesTest::staysWhenChartsAndRowsChange()
{
    const auto shown = board(10);
    shown->setGhost(ghostOf(10));
    shown->clearRows();
    QCOMPARE(shown->ghostLines(QStringLiteral("latency")).size(), 2);
    shown->setCharts({charts()[1], charts()[0]}, 3);
    QCOMPARE(shown->ghostLines(QStringLiteral("latency")).size(), 2);
    QCOMPARE(noteOf(*shown, "latency"), QStringLiteral("pale: Retrieval mix, 14:03"));
}

void GhostLinesTest::isTakenAway()
{
    const auto shown = board(10);
    shown->setGhost(ghostOf(100));
    shown->setGhost(nullptr);
    QVERIFY(!shown->ghost());
    QVERIFY(shown->ghostLines(QStringLiteral("latency")).isEmpty());
    QCOMPARE(noteOf(*shown, "latency"), QString());
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    QCOMPARE(panel(*shown, "latency")->view()->frame().to, 10.0);
    QCOMPARE(valueOf(*shown, "p50"), QStringLiteral("10.0 ms"));
}

void GhostLinesTest::showsItsValueBesideTheLivingOne()
{
    const auto shown = board(10);
    shown->setGhost(ghostOf(10));
    QTRY_COMPARE(valueOf(*shown, "p50"), QStringLiteral("10.0 ms (20.0 ms)")); // of the same second
    QCOMPARE(valueOf(*shown, "p95"), QStringLiteral("12.0 ms (30.0 ms)"));
    QCOMPARE(valueOf(*shown, "p99"), QStringLiteral("14.0 ms"));
    const QString heard = panel(*shown, "latency")->accessibleDescription();
    QVERIFY2(heard.contains(QStringLiteral("p50 10.0 ms, earlier 20.0 ms, p95 12.0 ms, earlier 30.0 ms, p99 14.0 ms")),
             qPrintable(heard));
}

void GhostLinesTest::canBeReadBeyondTheEndOfTheRun()
{
    const auto shown = board(10); // 0 to 9
    shown->setGhost(ghostOf(40)); // 0 to 39
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    QCOMPARE(panel(*shown, "latency")->view()->frame().to, 40.0);
    std::optional<double> cursor;
    connect(shown.get(), &ChartBoard::cursorMoved, this,
            [&cursor](const std::optional<double> &time) { cursor = time; });
    Q_EMIT panel(*shown, "latency")->view()->hovered(30.2);
    QCOMPARE(cursor, 30.0);
    QCOMPARE(valueOf(*shown, "p50"), QStringLiteral("– (20.0 ms)"));
    QCOMPARE(valueOf(*shown, "p99"), QStringLiteral("–"));
    Q_EMIT panel(*shown, "latency")->view()->hovered(4.3);
    QCOMPARE(cursor, 4.0);
    QCOMPARE(valueOf(*shown, "p50"), QStringLiteral("10.0 ms (20.0 ms)"));
    for (int i = 0; i < 8; ++i) // 5 to 12, by key
        QTest::keyClick(shown.get(), Qt::Key_Right);
    QCOMPARE(cursor, 12.0);
}

void GhostLinesTest::takesPartInTheScale()
{
    const auto shown = board(10);
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    QVERIFY(panel(*shown, "latency")->view()->frame().scale.high() < 30.0);
    shown->setGhost(ghostOf(10));
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    QVERIFY(panel(*shown, "latency")->view()->frame().scale.high() >= 30.0);
}

/// Where only the earlier run's p95 runs: of its colour, and nearer to the background than a line of the run itself.
void GhostLinesTest::isDrawnPale()
{
    const auto shown = board(10);
    shown->setGhost(ghostOf(10));
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    const PlotView *view = panel(*shown, "latency")->view();
    const QImage picture = view->picture().toImage();
    const auto darkest = [&](double value) {
        int darkest = 255;
        for (int y = *view->frame().yOf(value) - 2; y <= *view->frame().yOf(value) + 2; ++y)
            darkest = std::min(darkest, picture.pixelColor(view->frame().xOf(4.5), y).lightness());
        return darkest;
    };
    QVERIFY2(darkest(30.0) < 235, qPrintable(QString::number(darkest(30.0))));
    QVERIFY2(darkest(30.0) > darkest(12.0) + 40, qPrintable(QString::number(darkest(12.0))));
}

void GhostLinesTest::goesWithAHiddenLine()
{
    const auto shown = board(10);
    shown->setGhost(ghostOf(10));
    panel(*shown, "latency")->findChild<LegendEntry *>(QStringLiteral("legend.p95"))->click();
    QTRY_VERIFY(!panel(*shown, "latency")->view()->isStale());
    QVERIFY(panel(*shown, "latency")->view()->frame().scale.high() < 30.0); // the earlier p95 is gone as well
}

void GhostLinesTest::standsInThePicture()
{
    const auto shown = board(10);
    const QImage before = shown->picture(QStringLiteral("latency")).toImage();
    shown->setGhost(ghostOf(10));
    QVERIFY(shown->picture(QStringLiteral("latency")).toImage() != before);
}

QTEST_MAIN(GhostLinesTest)
#include "tst_ghostlines.moc"
