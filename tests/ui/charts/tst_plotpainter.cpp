// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotpainter.h"

#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QTest>

using namespace Headroom;

class PlotPainterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesTheSameMarginsWhateverTheValues();
    void placesTimesAndValues();
    void takesWhatNoLogarithmHasAsGap();
    void drawsBoundsAcrossThePlot();
    void shadesBandsAsFarAsTheScaleReaches();
    void hasASecondAxisAtTheRight();
    void drawsNoLineForABoundAboveTheScale();
    void drawsMarksDownThePlot();
    void keepsLinesInSightWhereMarksCrowd();
    void namesWhatIsNear();
};

namespace {

/// 100 s across 600 x 160 pixels, values up to 100.
PlotFrame frameOf()
{
    PlotFrame frame;
    frame.theme = Theme::of(QPalette(Qt::white));
    frame.plot = PlotFrame::plotIn({600, 160}, frame.font);
    frame.to = 100.0;
    frame.scale = NiceScale::linear(0.0, 100.0, 4, ChartSpec::Unit::Count);
    return frame;
}

QImage notesOn(const PlotFrame &frame, const std::vector<ChartSpec::Bound> &bounds, const std::vector<ChartMark> &marks)
{
    QImage image(600, 160, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintNotes(painter, frame, bounds, marks);
    return image;
}

int pixelsInRow(const QImage &image, int y, const QColor &color)
{
    int count = 0;
    for (int x = 0; x < image.width(); ++x)
        count += image.pixelColor(x, y) == color ? 1 : 0;
    return count;
}

} // namespace

void PlotPainterTest::leavesTheSameMarginsWhateverTheValues()
{
    const QRect low = PlotFrame::plotIn({600, 160}, QFont());
    const QRect high = PlotFrame::plotIn({600, 400}, QFont());
    QCOMPARE(low.left(), high.left());
    QCOMPARE(low.right(), high.right());
    QVERIFY(PlotFrame::plotIn({1, 1}, QFont()).isValid());
}

void PlotPainterTest::placesTimesAndValues()
{
    const PlotFrame frame = frameOf();
    QCOMPARE(frame.xOf(0.0), frame.plot.left());
    QCOMPARE(frame.xOf(100.0), frame.plot.right());
    QCOMPARE(frame.timeAt(frame.plot.right()), 100.0);
    QCOMPARE(frame.yOf(0.0), frame.plot.bottom());
    QCOMPARE(frame.yOf(100.0), frame.plot.top());
    QVERIFY(!frame.yOf(101.0));
    QVERIFY(!frame.yOf(-1.0));
}

void PlotPainterTest::takesWhatNoLogarithmHasAsGap()
{
    PlotFrame frame = frameOf();
    frame.scale = NiceScale::logarithmic(1.0, 100.0, 4);
    const auto pieces = frame.pieces({{{0.0, 1.0}, {25.0, 10.0}, {50.0, 0.0}, {75.0, 100.0}}});
    QCOMPARE(pieces, (std::vector<QList<QPointF>>{{{0.0, 0.0}, {0.25, 0.5}}, {{0.75, 1.0}}}));
}

void PlotPainterTest::drawsBoundsAcrossThePlot()
{
    const PlotFrame frame = frameOf();
    const QImage image = notesOn(frame, {{50.0, QStringLiteral("p95 < 50 ms")}}, {});
    // Dashes of four pixels and gaps of two.
    const int dashes = pixelsInRow(image, *frame.yOf(50.0), frame.theme.bound);
    QVERIFY2(std::abs(dashes - frame.plot.width() * 4 / 6) <= 4, qPrintable(QString::number(dashes)));
}

void PlotPainterTest::shadesBandsAsFarAsTheScaleReaches()
{
    const PlotFrame frame = frameOf();
    const auto shaded = [&](const ChartSpec::Band &band) {
        QImage image(600, 160, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintBands(painter, frame, {band});
        painter.end();
        int rows = 0;
        for (int y = frame.plot.top(); y <= frame.plot.bottom(); ++y)
            rows += image.pixelColor(frame.plot.center().x(), y) == QColor(Qt::white) ? 0 : 1;
        return rows;
    };
    QCOMPARE(shaded({25.0, 75.0}), *frame.yOf(25.0) - *frame.yOf(75.0) + 1);
    QCOMPARE(shaded({50.0, 500.0}), *frame.yOf(50.0) - frame.plot.top() + 1); // its upper end is out of sight
    QCOMPARE(shaded({200.0, 500.0}), 0);
    QCOMPARE(shaded({-1e9, 1e9}), frame.plot.height());
}

void PlotPainterTest::hasASecondAxisAtTheRight()
{
    PlotFrame frame = frameOf();
    frame.plot = PlotFrame::plotIn({600, 160}, frame.font, true);
    QVERIFY(frame.plot.right() < PlotFrame::plotIn({600, 160}, frame.font).right()); // room for its texts
    QCOMPARE(frame.plot.left(), PlotFrame::plotIn({600, 160}, frame.font).left());
    frame.rightUnit = ChartSpec::Unit::Bytes;
    frame.rightScale = NiceScale::linear(0.0, 4096.0, 4, ChartSpec::Unit::Bytes);
    QCOMPARE(frame.yOf(4096.0, true), frame.plot.top());
    QCOMPARE(frame.pieces({{{0.0, 2048.0}, {100.0, 4096.0}}}, true), (std::vector<QList<QPointF>>{{{0.0, 0.5}, {1.0, 1.0}}}));
    QImage image(600, 160, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintAxes(painter, frame);
    painter.end();
    int ink = 0;
    for (int x = frame.plot.right() + 8; x < 600; ++x) {
        for (int y = 0; y < frame.plot.bottom(); ++y)
            ink += image.pixelColor(x, y) == QColor(Qt::white) ? 0 : 1;
    }
    QVERIFY(ink > 50); // its texts
}

void PlotPainterTest::drawsNoLineForABoundAboveTheScale()
{
    const PlotFrame frame = frameOf();
    const QImage image = notesOn(frame, {{500.0, QStringLiteral("p95 < 500 ms")}}, {});
    int most = 0, ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        most = std::max(most, pixelsInRow(image, y, frame.theme.bound));
        ink += image.width() - pixelsInRow(image, y, Qt::white);
    }
    QVERIFY(most < frame.plot.width() / 4); // letters at most
    QVERIFY(ink > 50); // but its text stands there
}

void PlotPainterTest::drawsMarksDownThePlot()
{
    const PlotFrame frame = frameOf();
    const QImage image = notesOn(frame, {},
                                 {{25.0, ChartMark::Kind::Change, QStringLiteral("rate 50/s")},
                                  {75.0, ChartMark::Kind::Problem, QStringLiteral("lost")},
                                  {175.0, ChartMark::Kind::Problem, QStringLiteral("later")}});
    for (const int y : {frame.plot.top(), frame.plot.center().y(), frame.plot.bottom()}) {
        QCOMPARE(image.pixelColor(frame.xOf(25.0), y), frame.theme.mark);
        QCOMPARE(image.pixelColor(frame.xOf(75.0), y), frame.theme.bad);
        QCOMPARE(pixelsInRow(image, y, frame.theme.mark), 1);
        QCOMPARE(pixelsInRow(image, y, frame.theme.bad), 1);
    }
}

void PlotPainterTest::keepsLinesInSightWhereMarksCrowd()
{
    const PlotFrame frame = frameOf();
    std::vector<ChartMark> marks;
    for (int i = 0; i < 10'000; ++i)
        marks.push_back({i * 0.01, ChartMark::Kind::Problem, QStringLiteral("lost")});
    const QImage image = notesOn(frame, {}, marks);
    const int lines = pixelsInRow(image, frame.plot.center().y(), frame.theme.bad);
    QCOMPARE(lines, (frame.plot.width() + 7) / 8); // eight pixels apart
}

void PlotPainterTest::namesWhatIsNear()
{
    const PlotFrame frame = frameOf();
    const std::vector<ChartSpec::Bound> bounds = {{50.0, QStringLiteral("p95 < 50 ms")}};
    std::vector<ChartMark> marks = {{25.0, ChartMark::Kind::Stage, QStringLiteral("steady")}};
    const QPoint crossing(frame.xOf(25.0) + 3, *frame.yOf(50.0) - 3);
    QCOMPARE(notesAt(frame, crossing, bounds, marks), QStringLiteral("p95 < 50 ms\n0:25  steady"));
    QCOMPARE(notesAt(frame, crossing + QPoint(20, 20), bounds, marks), QString());
    marks.assign(1000, marks.front());
    QCOMPARE(notesAt(frame, crossing, bounds, marks).count(QLatin1Char('\n')), 7); // eight lines
}

QTEST_MAIN(PlotPainterTest)
#include "tst_plotpainter.moc"
