// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartboard.h"
#include "ui/charts/chartlegend.h"
#include "ui/charts/chartpanel.h"

#include <QContextMenuEvent>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace Headroom;

class ChartBoardTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_board.reset(); }

    void showsNewRowsAfterARedraw();
    void showsThePlotsOfAllPanelsInTheSamePlace();
    void drawsManyRowsInOneRedraw();
    void leavesHiddenPanelsAlone();
    void drawsAHiddenPanelOnceItIsShown();
    void leavesPanelsOutOfSightAlone();
    void zoomsAllPanelsByDrag();
    void takesAShortDragForAClick();
    void resetsTheZoomByDoubleClick();
    void zoomsByWheelWithControl();
    void hidesALineByItsLegend();
    void remembersHiddenLines();
    void showsTheValuesAtTheSharedCursor();
    void isUsedWithTheKeyboard();
    void showsTheLatestWithoutACursor();
    void drawsBoundsAndMarks();
    void drawsGapsAsGaps();
    void leavesOutWhatALogarithmDoesNotHave();
    void showsTheEndOfTheRun();
    void makesPictures();
    void followsTheTheme();
    void forgetsItsRows();
    void addsASeriesByItsDialog();
    void keepsItsRowsWhenSeriesAreAdded();
    void alignsAllPanelsBesideAnAxisAtTheRight();
    void removesAnAddedSeriesByItsMenu();
    void laysABandByItsDialog();
    void keepsBandsWhenRulesChange();

private:
    ChartPanel *panel(const char *id) const
    {
        return m_board->findChild<ChartPanel *>(QStringLiteral("chart.") + QLatin1String(id));
    }
    PlotView *plot(const char *id) const { return panel(id)->view(); }
    LegendEntry *entry(const char *id, const char *line) const
    {
        return panel(id)->findChild<LegendEntry *>(QStringLiteral("legend.") + QLatin1String(line));
    }
    /// Where a time stands in the middle of a plot.
    QPoint at(const char *id, double time) const
    {
        const PlotFrame &frame = plot(id)->frame();
        return {frame.xOf(time), frame.plot.center().y()};
    }
    void addRows(int from, int to);
    void awaitRedraw();
    int pixelsOf(const char *id, const QColor &color, double fromTime, double toTime) const;

    std::unique_ptr<ChartBoard> m_board;
};

namespace {

std::vector<ChartSpec> twoCharts()
{
    ChartSpec latency{
        QStringLiteral("latency"), QStringLiteral("Latency"), ChartSpec::Unit::Milliseconds, true, {}, {}};
    latency.lines = {{QStringLiteral("p50"), 0, 0}, {QStringLiteral("p95"), 1, 1, true}};
    latency.bounds = {{60.0, QStringLiteral("p95 < 60 ms")}};
    ChartSpec memory{QStringLiteral("memory"), QStringLiteral("Memory"), ChartSpec::Unit::Bytes, false, {}, {}};
    memory.lines = {{QStringLiteral("rss"), 2, 2}};
    return {latency, memory};
}

bool isLike(const QColor &one, const QColor &other)
{
    return std::abs(one.red() - other.red()) < 24 && std::abs(one.green() - other.green()) < 24
        && std::abs(one.blue() - other.blue()) < 24;
}

} // namespace

void ChartBoardTest::init()
{
    m_board = std::make_unique<ChartBoard>();
    m_board->setTheme(Theme::of(QPalette(Qt::white)));
    m_board->setCharts(twoCharts(), 3);
    m_board->resize(800, 500);
    m_board->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_board.get()));
    awaitRedraw();
}

/// p50 is 10 ms, p95 as many ms as seconds have passed, rss a MiB a second.
void ChartBoardTest::addRows(int from, int to)
{
    for (int second = from; second < to; ++second)
        m_board->append(second, {10.0, double(second), second * 1048576.0});
}

void ChartBoardTest::awaitRedraw()
{
    for (ChartPanel *panel : m_board->findChildren<ChartPanel *>()) {
        if (panel->isVisible())
            QTRY_VERIFY(!panel->view()->isStale());
    }
}

int ChartBoardTest::pixelsOf(const char *id, const QColor &color, double fromTime, double toTime) const
{
    const QImage image = plot(id)->picture().toImage();
    const PlotFrame &frame = plot(id)->frame();
    int count = 0;
    for (int x = frame.xOf(fromTime); x <= frame.xOf(toTime); ++x) {
        for (int y = frame.plot.top(); y <= frame.plot.bottom(); ++y)
            count += isLike(image.pixelColor(x, y), color) ? 1 : 0;
    }
    return count;
}

void ChartBoardTest::showsNewRowsAfterARedraw()
{
    const QColor color = Theme::of(QPalette(Qt::white)).line(0);
    QCOMPARE(pixelsOf("latency", color, 0.0, 10.0), 0);
    addRows(0, 50);
    QVERIFY(plot("latency")->isStale());
    awaitRedraw();
    QVERIFY(pixelsOf("latency", color, 0.0, 49.0) > 100);
    QCOMPARE(plot("latency")->frame().to, 50.0); // steps of 5 s
    QCOMPARE(plot("latency")->frame().scale.high(), 60.0); // the bound
}

void ChartBoardTest::showsThePlotsOfAllPanelsInTheSamePlace()
{
    const QRect first = plot("latency")->frame().plot;
    const QRect second = plot("memory")->frame().plot;
    QCOMPARE(first.left(), second.left());
    QCOMPARE(first.right(), second.right());
    QCOMPARE(plot("latency")->mapTo(m_board.get(), QPoint()).x(), plot("memory")->mapTo(m_board.get(), QPoint()).x());
}

void ChartBoardTest::drawsManyRowsInOneRedraw()
{
    const int before = panel("latency")->redraws();
    addRows(0, 5000);
    awaitRedraw();
    QCOMPARE(panel("latency")->redraws(), before + 1);
    QCOMPARE(panel("memory")->redraws(), before + 1);
}

void ChartBoardTest::leavesHiddenPanelsAlone()
{
    QVERIFY(m_board->isChartVisible(QStringLiteral("memory")));
    m_board->setChartVisible(QStringLiteral("memory"), false);
    QVERIFY(!m_board->isChartVisible(QStringLiteral("memory")));
    const int before = panel("memory")->redraws();
    addRows(0, 10);
    awaitRedraw();
    m_board->zoomTo(2.0, 5.0);
    awaitRedraw();
    QCOMPARE(panel("memory")->redraws(), before);
    QVERIFY(!m_board->isChartVisible(QStringLiteral("unknown")));
}

void ChartBoardTest::drawsAHiddenPanelOnceItIsShown()
{
    m_board->setChartVisible(QStringLiteral("memory"), false);
    addRows(0, 10);
    awaitRedraw();
    const int before = panel("memory")->redraws();
    m_board->setChartVisible(QStringLiteral("memory"), true);
    QTRY_COMPARE(panel("memory")->redraws(), before + 1);
    QVERIFY(pixelsOf("memory", Theme::of(QPalette(Qt::white)).line(2), 0.0, 9.0) > 50);
}

void ChartBoardTest::leavesPanelsOutOfSightAlone()
{
    std::vector<ChartSpec> charts;
    for (int i = 0; i < 12; ++i)
        charts.push_back({QString::number(i),
                          QString::number(i),
                          ChartSpec::Unit::Count,
                          false,
                          {{QStringLiteral("line"), 0, 0}},
                          {}});
    m_board->setCharts(charts, 1);
    QTRY_VERIFY(panel("0")->redraws() > 0);
    m_board->append(1.0, {5.0});
    QTRY_VERIFY(!plot("0")->isStale());
    QCOMPARE(panel("11")->redraws(), 0); // twelve panels do not fit into 500 pixels
    QTest::keyClick(m_board.get(), Qt::Key_PageDown);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(m_board.get(), Qt::Key_PageDown);
    QTRY_VERIFY(panel("11")->redraws() > 0);
}

void ChartBoardTest::zoomsAllPanelsByDrag()
{
    addRows(0, 101); // 0 to 100 s
    awaitRedraw();
    QSignalSpy zoomed(m_board.get(), &ChartBoard::zoomChanged);
    QTest::mousePress(plot("latency"), Qt::LeftButton, {}, at("latency", 60.0));
    QTest::mouseMove(plot("latency"), at("latency", 40.0));
    QTest::mouseRelease(plot("latency"), Qt::LeftButton, {}, at("latency", 20.0)); // from right to left as well
    QVERIFY(m_board->isZoomed());
    QCOMPARE(zoomed.size(), 1);
    QCOMPARE(zoomed.first().first().toBool(), true);
    awaitRedraw();
    for (const char *id : {"latency", "memory"}) { // a pixel is about 0.15 s
        QVERIFY(std::abs(plot(id)->frame().from - 20.0) < 0.3);
        QVERIFY(std::abs(plot(id)->frame().to - 60.0) < 0.3);
    }
    addRows(101, 200);
    awaitRedraw();
    QVERIFY(std::abs(plot("memory")->frame().to - 60.0) < 0.3); // stays while the run goes on
}

void ChartBoardTest::takesAShortDragForAClick()
{
    addRows(0, 101);
    awaitRedraw();
    const QPoint start = at("latency", 50.0);
    QTest::mousePress(plot("latency"), Qt::LeftButton, {}, start);
    QTest::mouseRelease(plot("latency"), Qt::LeftButton, {}, start + QPoint(3, 0));
    QVERIFY(!m_board->isZoomed());
}

void ChartBoardTest::resetsTheZoomByDoubleClick()
{
    addRows(0, 101);
    m_board->zoomTo(20.0, 60.0);
    awaitRedraw();
    QSignalSpy zoomed(m_board.get(), &ChartBoard::zoomChanged);
    QTest::mouseDClick(plot("memory"), Qt::LeftButton, {}, at("memory", 50.0));
    QVERIFY(!m_board->isZoomed());
    QCOMPARE(zoomed.size(), 1);
    awaitRedraw();
    QCOMPARE(plot("latency")->frame().from, 0.0);
    QCOMPARE(plot("latency")->frame().to, 100.0);
}

void ChartBoardTest::zoomsByWheelWithControl()
{
    addRows(0, 101);
    awaitRedraw();
    const QPointF point = at("latency", 50.0);
    const auto turn = [&](Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(point, plot("latency")->mapToGlobal(point), {}, {0, 120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(plot("latency"), &event);
    };
    turn(Qt::NoModifier);
    QVERIFY(!m_board->isZoomed());
    turn(Qt::ControlModifier);
    QVERIFY(m_board->isZoomed());
    awaitRedraw();
    // A notch shows 1 / 1.25 of 100 s around 50 s: 10 to 90.
    QVERIFY(std::abs(plot("latency")->frame().from - 10.0) < 0.3);
    QVERIFY(std::abs(plot("latency")->frame().to - 90.0) < 0.3);
}

void ChartBoardTest::hidesALineByItsLegend()
{
    addRows(0, 50);
    awaitRedraw();
    const QColor color = Theme::of(QPalette(Qt::white)).line(0);
    QVERIFY(pixelsOf("latency", color, 0.0, 49.0) > 100);
    QTest::mouseClick(entry("latency", "p50"), Qt::LeftButton);
    QVERIFY(!entry("latency", "p50")->isChecked());
    awaitRedraw();
    QCOMPARE(pixelsOf("latency", color, 0.0, 49.0), 0);
    QTest::keyClick(entry("latency", "p50"), Qt::Key_Space);
    awaitRedraw();
    QVERIFY(pixelsOf("latency", color, 0.0, 49.0) > 100);
}

void ChartBoardTest::remembersHiddenLines()
{
    QTest::mouseClick(entry("latency", "p50"), Qt::LeftButton);
    m_board->setCharts(twoCharts(), 3);
    QVERIFY(!entry("latency", "p50")->isChecked());
    QVERIFY(entry("latency", "p95")->isChecked());
}

void ChartBoardTest::showsTheValuesAtTheSharedCursor()
{
    addRows(0, 101);
    awaitRedraw();
    QSignalSpy moved(m_board.get(), &ChartBoard::cursorMoved);
    QTest::mouseMove(plot("latency"), at("latency", 30.2));
    QTRY_COMPARE(moved.size(), 1);
    QCOMPARE(moved.first().first().value<std::optional<double>>(), 30.0); // the nearest row
    QCOMPARE(entry("latency", "p95")->value(), QStringLiteral("30.0 ms"));
    QCOMPARE(entry("memory", "rss")->value(), QStringLiteral("30.0 MiB"));
    QCOMPARE(panel("memory")->accessibleDescription(), QStringLiteral("At 0:30: rss 30.0 MiB"));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(plot("latency"), &leave);
    QCOMPARE(moved.size(), 2);
    QVERIFY(!moved.last().first().value<std::optional<double>>());
    QCOMPARE(entry("memory", "rss")->value(), QStringLiteral("100 MiB"));
}

void ChartBoardTest::isUsedWithTheKeyboard()
{
    addRows(0, 101);
    awaitRedraw();
    QSignalSpy moved(m_board.get(), &ChartBoard::cursorMoved);
    const auto cursor = [&] { return moved.last().first().value<std::optional<double>>(); };
    QTest::keyClick(m_board.get(), Qt::Key_Left);
    QCOMPARE(cursor(), 100.0); // begins at the end
    QTest::keyClick(m_board.get(), Qt::Key_Left);
    QCOMPARE(cursor(), 99.0);
    QTest::keyClick(m_board.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(cursor(), 89.0);
    QTest::keyClick(m_board.get(), Qt::Key_Right);
    QCOMPARE(cursor(), 90.0);
    QTest::keyClick(m_board.get(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(m_board->isZoomed());
    QTest::keyClick(m_board.get(), Qt::Key_Home);
    QVERIFY(!m_board->isZoomed());
    QTest::keyClick(m_board.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(m_board.get(), Qt::Key_Minus, Qt::ControlModifier);
    QVERIFY(!m_board->isZoomed());
    QTest::keyClick(m_board.get(), Qt::Key_Escape);
    QVERIFY(!cursor());
}

void ChartBoardTest::showsTheLatestWithoutACursor()
{
    QCOMPARE(panel("memory")->accessibleName(), QStringLiteral("Memory"));
    addRows(0, 8);
    awaitRedraw();
    QCOMPARE(entry("latency", "p95")->value(), QStringLiteral("7.00 ms"));
    QCOMPARE(panel("latency")->accessibleDescription(), QStringLiteral("Latest: p50 10.0 ms, p95 7.00 ms"));
}

void ChartBoardTest::drawsBoundsAndMarks()
{
    const Theme theme = Theme::of(QPalette(Qt::white));
    addRows(0, 51);
    awaitRedraw();
    const PlotFrame frame = plot("latency")->frame();
    const QImage before = plot("latency")->picture().toImage();
    QVERIFY(isLike(before.pixelColor(frame.xOf(1.0), *frame.yOf(60.0)), theme.bound)
            || isLike(before.pixelColor(frame.xOf(1.0) + 3, *frame.yOf(60.0)), theme.bound)); // dashes of 4 pixels
    m_board->addMark({20.0, ChartMark::Kind::Change, QStringLiteral("rate 50/s")});
    awaitRedraw();
    for (const char *id : {"latency", "memory"}) {
        const PlotFrame marked = plot(id)->frame();
        const QColor color = plot(id)->picture().toImage().pixelColor(marked.xOf(20.0), marked.plot.bottom() - 2);
        QVERIFY2(isLike(color, theme.mark), qPrintable(color.name()));
    }
    const QString notes = notesAt(frame, {frame.xOf(20.0), *frame.yOf(60.0)}, twoCharts()[0].bounds,
                                  {{20.0, ChartMark::Kind::Change, QStringLiteral("rate 50/s")}});
    QCOMPARE(notes, QStringLiteral("p95 < 60 ms\n0:20  rate 50/s"));
}

void ChartBoardTest::drawsGapsAsGaps()
{
    const QColor color = Theme::of(QPalette(Qt::white)).line(0);
    for (int second = 0; second <= 100; ++second) // a gap from 30 to 70 s, one value alone in it
        m_board->append(second, {second > 30 && second < 70 && second != 50 ? std::nullopt : std::optional(10.0)});
    awaitRedraw();
    QVERIFY(pixelsOf("latency", color, 5.0, 25.0) > 20);
    QVERIFY(pixelsOf("latency", color, 75.0, 95.0) > 20);
    QCOMPARE(pixelsOf("latency", color, 32.0, 48.0), 0);
    QCOMPARE(pixelsOf("latency", color, 52.0, 68.0), 0);
    QVERIFY(pixelsOf("latency", color, 49.0, 51.0) > 0); // the lonely one is a dot
}

void ChartBoardTest::leavesOutWhatALogarithmDoesNotHave()
{
    const QColor color = Theme::of(QPalette(Qt::white)).line(0);
    for (int second = 0; second <= 100; ++second)
        m_board->append(second, {second > 30 && second < 70 ? 0.0 : 20.0, {}, 1048576.0});
    QVERIFY(!m_board->isLogarithmic());
    m_board->setLogarithmic(true);
    QVERIFY(m_board->isLogarithmic());
    awaitRedraw();
    QVERIFY(plot("latency")->frame().scale.isLogarithmic());
    QVERIFY(!plot("memory")->frame().scale.isLogarithmic()); // may not be
    QCOMPARE(plot("latency")->frame().scale.low(), 10.0);
    QCOMPARE(plot("latency")->frame().scale.high(), 100.0);
    QVERIFY(pixelsOf("latency", color, 5.0, 25.0) > 20);
    QCOMPARE(pixelsOf("latency", color, 32.0, 68.0), 0);
}

void ChartBoardTest::showsTheEndOfTheRun()
{
    m_board->setSpan(60.0);
    QCOMPARE(m_board->span(), 60.0);
    addRows(0, 101);
    QTRY_COMPARE(plot("latency")->frame().from, 40.0);
    QCOMPARE(plot("latency")->frame().to, 100.0);
    m_board->setSpan(std::nullopt);
    awaitRedraw();
    QCOMPARE(plot("latency")->frame().from, 0.0);
}

void ChartBoardTest::makesPictures()
{
    addRows(0, 51);
    m_board->setChartVisible(QStringLiteral("memory"), false);
    for (const char *id : {"latency", "memory"}) { // seen or not
        const QPixmap picture = m_board->picture(QLatin1String(id));
        QVERIFY(picture.width() >= 1200);
        const QImage image = picture.toImage();
        QSet<QRgb> colors;
        for (int x = 0; x < image.width(); x += 2) {
            for (int y = 0; y < image.height(); y += 2)
                colors << image.pixel(x, y);
        }
        QVERIFY(colors.size() > 20);
        QVERIFY(colors.contains(Theme::of(QPalette(Qt::white)).line(id[0] == 'l' ? 0 : 2).rgb()));
    }
    QVERIFY(m_board->picture(QStringLiteral("unknown")).isNull());
    awaitRedraw(); // the panel goes back to its own size
    QCOMPARE(plot("latency")->picture().deviceIndependentSize().toSize(), plot("latency")->size());
}

void ChartBoardTest::followsTheTheme()
{
    const Theme dark = Theme::of(QPalette(Qt::black));
    QVERIFY(dark.isDark);
    m_board->setTheme(dark);
    awaitRedraw();
    QCOMPARE(plot("latency")->picture().toImage().pixelColor(1, 1), dark.background);
}

void ChartBoardTest::forgetsItsRows()
{
    addRows(0, 101);
    m_board->addMark({20.0, ChartMark::Kind::Stage, QStringLiteral("steady")});
    m_board->zoomTo(10.0, 20.0);
    m_board->clearRows();
    QVERIFY(!m_board->isZoomed());
    awaitRedraw();
    QCOMPARE(plot("latency")->frame().to, 10.0);
    QCOMPARE(entry("latency", "p95")->value(), QStringLiteral("–"));
    QCOMPARE(pixelsOf("latency", Theme::of(QPalette(Qt::white)).line(0), 0.0, 10.0), 0);
    QCOMPARE(m_board->chartIds(), (QStringList{QStringLiteral("latency"), QStringLiteral("memory")}));
    QCOMPARE(m_board->chartTitle(QStringLiteral("memory")), QStringLiteral("Memory"));
}

void ChartBoardTest::addsASeriesByItsDialog()
{
    addRows(0, 50);
    QSignalSpy changed(m_board.get(), &ChartBoard::choicesChanged);
    QTest::mouseClick(panel("latency")->findChild<QToolButton *>(QStringLiteral("addSeries.latency")), Qt::LeftButton);
    auto *dialog = m_board->findChild<QDialog *>(QStringLiteral("seriesDialog"));
    QVERIFY(dialog);
    auto *search = dialog->findChild<QLineEdit *>(QStringLiteral("seriesSearch"));
    QTest::keyClicks(search, QStringLiteral("zzz"));
    QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("addSeriesButton"))->isEnabled());
    QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("seriesNote"))->text(), QStringLiteral("No series fits that"));
    search->clear();
    QTest::keyClicks(search, QStringLiteral("RSS"));
    QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("seriesNote"))->text(), QStringLiteral("Its axis (bytes) is at the right."));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_board->choices().lines, (std::vector<ChartChoices::Added>{{QStringLiteral("latency"), QStringLiteral("memory"), QStringLiteral("rss")}}));
    QCOMPARE(entry("latency", "rss")->value(), QStringLiteral("49.0 MiB")); // in its own unit
    QCOMPARE(entry("latency", "p95")->value(), QStringLiteral("49.0 ms"));
    awaitRedraw();
    QCOMPARE(plot("latency")->frame().rightUnit, ChartSpec::Unit::Bytes);
    QVERIFY(pixelsOf("latency", Theme::of(QPalette(Qt::white)).line(2), 0.0, 49.0) > 30);
    m_board->addSeries(QStringLiteral("latency")); // what is there already is not possible, and says so
    const auto dialogs = m_board->findChildren<QDialog *>(QStringLiteral("seriesDialog"));
    QCOMPARE(dialogs.last()->findChild<QLabel *>(QStringLiteral("seriesNote"))->text(),
             QStringLiteral("Not possible: it stands in this chart already"));
}

void ChartBoardTest::keepsItsRowsWhenSeriesAreAdded()
{
    addRows(0, 101);
    m_board->zoomTo(20.0, 60.0);
    m_board->setChartVisible(QStringLiteral("memory"), false);
    QTest::mouseClick(entry("latency", "p50"), Qt::LeftButton); // hidden
    m_board->setChoices({.lines = {{QStringLiteral("latency"), QStringLiteral("memory"), QStringLiteral("rss")},
                                   {QStringLiteral("memory"), QStringLiteral("latency"), QStringLiteral("p95")}}});
    QVERIFY(m_board->isZoomed());
    QVERIFY(!entry("latency", "p50")->isChecked());
    QVERIFY(!m_board->isChartVisible(QStringLiteral("memory")));
    QCOMPARE(entry("memory", "p95")->value(), QStringLiteral("100 ms"));
    awaitRedraw();
    QCOMPARE(plot("latency")->frame().from, 20.0);
    m_board->setChoices({});
    QVERIFY(!panel("latency")->findChild<LegendEntry *>(QStringLiteral("legend.rss")));
    QCOMPARE(m_board->chartIds(), (QStringList{QStringLiteral("latency"), QStringLiteral("memory")}));
    QVERIFY(m_board->isZoomed());
}

void ChartBoardTest::alignsAllPanelsBesideAnAxisAtTheRight()
{
    const int right = plot("memory")->frame().plot.right();
    m_board->setChoices({.lines = {{QStringLiteral("latency"), QStringLiteral("memory"), QStringLiteral("rss")}}});
    awaitRedraw();
    QCOMPARE(plot("memory")->frame().plot.right(), plot("latency")->frame().plot.right());
    QVERIFY(plot("memory")->frame().plot.right() < right);
    QVERIFY(!m_board->picture(QStringLiteral("latency")).isNull());
}

void ChartBoardTest::removesAnAddedSeriesByItsMenu()
{
    m_board->setChoices({.lines = {{QStringLiteral("latency"), QStringLiteral("memory"), QStringLiteral("rss")}},
                         .bands = {{QStringLiteral("latency"), QStringLiteral("rss"), 1.0, 2.0}}});
    QContextMenuEvent event(QContextMenuEvent::Mouse, entry("latency", "rss")->rect().center(),
                            entry("latency", "rss")->mapToGlobal(entry("latency", "rss")->rect().center()));
    QCoreApplication::sendEvent(entry("latency", "rss"), &event);
    auto *menu = m_board->findChild<QMenu *>(QStringLiteral("chartMenu"));
    QVERIFY(menu);
    const auto actions = menu->actions();
    const auto remove = std::ranges::find(actions, QStringLiteral("&Remove rss"), &QAction::text);
    QVERIFY(remove != actions.end());
    (*remove)->trigger();
    QVERIFY(m_board->choices().isEmpty()); // with its band
    QVERIFY(!panel("latency")->findChild<LegendEntry *>(QStringLiteral("legend.rss")));
}

void ChartBoardTest::laysABandByItsDialog()
{
    addRows(0, 50);
    m_board->addBand(QStringLiteral("memory"), QStringLiteral("rss"));
    auto *dialog = m_board->findChild<QDialog *>(QStringLiteral("bandDialog"));
    auto *set = dialog->findChild<QPushButton *>(QStringLiteral("setBand"));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("bandLow")), QStringLiteral("30 MiB"));
    QVERIFY(!set->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("bandHigh")), QStringLiteral("20 MiB"));
    QVERIFY(!set->isEnabled());
    QCOMPARE(dialog->findChild<QLabel *>(QStringLiteral("bandProblem"))->text(), QStringLiteral("A band reaches from the smaller value to the larger one"));
    dialog->findChild<QLineEdit *>(QStringLiteral("bandHigh"))->setText(QStringLiteral("40 MiB"));
    QTest::mouseClick(set, Qt::LeftButton);
    QCOMPARE(m_board->choices().bands.size(), 1u);
    awaitRedraw();
    const PlotFrame &frame = plot("memory")->frame();
    const QImage image = plot("memory")->picture().toImage();
    const int inside = *frame.yOf(35.0 * 1048576.0);
    QVERIFY(image.pixelColor(frame.plot.left() + 3, inside) != image.pixelColor(frame.plot.left() + 3, *frame.yOf(45.0 * 1048576.0)));
}

void ChartBoardTest::keepsBandsWhenRulesChange()
{
    m_board->setChoices({.bands = {{QStringLiteral("memory"), QStringLiteral("rss"), 1.0, 2.0}}});
    std::vector<ChartSpec> changed = twoCharts();
    changed[1].bounds = {{5.0, QStringLiteral("max(rss) < 5")}};
    changed[1].bands = {{3.0, 5.0}};
    m_board->setBounds(changed);
    QCOMPARE(panel("memory")->chart().bounds.size(), 3u);
    QCOMPARE(panel("memory")->chart().bands.size(), 2u);
    m_board->setChoices({});
    QCOMPARE(panel("memory")->chart().bounds, changed[1].bounds);
}

QTEST_MAIN(ChartBoardTest)
#include "tst_chartboard.moc"
