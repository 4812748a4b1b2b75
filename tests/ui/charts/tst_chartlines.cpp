// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartlines.h"
#include "ui/charts/linelook.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <set>

using namespace Headroom;

class ChartLinesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawsALineWhereItBelongs();
    void keepsTheFullWidthAtBothEnds();
    void partsALineBetweenPieces();
    void aLonePointIsADotToBeSeen();
    void forgetsPiecesThatAreGone();
    void drawsALinePartedTooOftenAsDots();
    void showsStrokesAsTheLegendDoes();
};

namespace {

/// 200 x 100 pixels of white, with the lines on them.
QImage pictureOf(ChartLines &lines)
{
    QImage image(200, 100, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    lines.paint(painter, QPointF(0.5, 0.5));
    return image;
}

void prepare(ChartLines &lines)
{
    lines.setStyles({{QColor(Qt::black), false}});
    lines.setSize({199.0, 99.0}); // between the middles of the outer pixels
}

/// How dark the rows around a place are in sum: 255 for a full pixel.
int inkAt(const QImage &image, int x, int y)
{
    int ink = 0;
    for (int row = std::max(0, y - 3); row <= std::min(image.height() - 1, y + 3); ++row)
        ink += 255 - image.pixelColor(x, row).lightness();
    return ink;
}

} // namespace

void ChartLinesTest::drawsALineWhereItBelongs()
{
    ChartLines lines;
    prepare(lines);
    lines.setLine(0, {{{0.0, 0.25}, {1.0, 0.25}}});
    const QImage image = pictureOf(lines);
    // A quarter up: 99 - 0.25 x 99 = row 74. 1.5 pixels wide.
    for (const int x : {1, 100, 198})
        QVERIFY2(std::abs(inkAt(image, x, 74) - 382) < 20, qPrintable(QString::number(inkAt(image, x, 74))));
    QCOMPARE(inkAt(image, 100, 50), 0);
}

void ChartLinesTest::keepsTheFullWidthAtBothEnds()
{
    for (const double value : {0.0, 1.0}) {
        ChartLines lines;
        prepare(lines);
        lines.setLine(0, {{{0.0, value}, {1.0, value}}});
        // One pixel of it and a quarter inside; the other quarter falls outside of this picture.
        const int ink = inkAt(pictureOf(lines), 100, value == 0.0 ? 99 : 0);
        QVERIFY2(ink > 300, qPrintable(QString::number(ink)));
    }
}

void ChartLinesTest::partsALineBetweenPieces()
{
    ChartLines lines;
    prepare(lines);
    lines.setLine(0, {{{0.0, 0.5}, {0.4, 0.5}}, {{0.5, 0.5}}, {{0.6, 0.5}, {1.0, 0.5}}});
    const QImage image = pictureOf(lines);
    QVERIFY(inkAt(image, 50, 50) > 300);
    QVERIFY(inkAt(image, 150, 50) > 300);
    QVERIFY(inkAt(image, 100, 50) > 300); // the single point
    QCOMPARE(inkAt(image, 90, 50), 0);
    QCOMPARE(inkAt(image, 110, 50), 0);
}

void ChartLinesTest::aLonePointIsADotToBeSeen()
{
    const auto inkOfDot = [](ChartLines &lines) {
        const QImage image = pictureOf(lines);
        int ink = 0;
        for (int x = 95; x <= 105; ++x)
            ink += inkAt(image, x, 50);
        return ink;
    };
    ChartLines lines;
    prepare(lines);
    lines.setLine(0, {{{0.5, 0.5}}}); // the first second of a run
    const int alone = inkOfDot(lines);
    lines.setLine(0, {{{0.0, 0.5}, {0.2, 0.5}}, {{0.5, 0.5}}});
    const int besideALine = inkOfDot(lines);
    // Six pixels across are 28 full ones.
    QVERIFY2(alone > 20 * 255, qPrintable(QString::number(alone)));
    QVERIFY2(besideALine < alone / 2, qPrintable(QString::number(besideALine)));
}

void ChartLinesTest::forgetsPiecesThatAreGone()
{
    ChartLines lines;
    prepare(lines);
    lines.setLine(0, {{{0.0, 0.5}, {0.4, 0.5}}, {{0.5, 0.5}}, {{0.6, 0.5}, {1.0, 0.5}}});
    lines.setLine(0, {{{0.0, 0.5}, {0.4, 0.5}}});
    const QImage image = pictureOf(lines);
    QVERIFY(inkAt(image, 50, 50) > 300);
    QCOMPARE(inkAt(image, 100, 50), 0);
    QCOMPARE(inkAt(image, 150, 50), 0);
    lines.setLine(0, {});
    QCOMPARE(inkAt(pictureOf(lines), 50, 50), 0);
    lines.setLine(7, {{{0.0, 0.5}, {0.4, 0.5}}}); // there is none
}

void ChartLinesTest::drawsALinePartedTooOftenAsDots()
{
    ChartLines lines;
    prepare(lines);
    std::vector<QList<QPointF>> pieces; // 0 to 0.02, 0.04 to 0.06 ...
    for (int i = 0; i < 25; ++i)
        pieces.push_back({{i * 0.04, 0.5}, {i * 0.04 + 0.02, 0.5}});
    lines.setLine(0, pieces);
    const QImage image = pictureOf(lines);
    const int dot = 80; // 0.4 x 199 = 79.6
    QVERIFY(inkAt(image, dot, 50) > 300);
    QVERIFY(inkAt(image, dot + 4, 50) > 300);
    QVERIFY(inkAt(image, dot + 2, 50) < 200); // no line between the two
}

void ChartLinesTest::showsStrokesAsTheLegendDoes()
{
    // Along a row: the changes between ink and none, of a line and of its sample in a legend.
    const auto changes = [](const QImage &image, int row) {
        std::size_t count = 0;
        for (int x = 4; x < 40; ++x) { // behind its beginning
            const bool isInk = inkAt(image, x, row) > 190;
            count += isInk != (inkAt(image, x - 1, row) > 190) ? 1 : 0;
        }
        return count;
    };
    std::set<std::size_t> seen;
    for (std::size_t stroke = 0; stroke < 5; ++stroke) {
        ChartLines lines;
        lines.setStyles({{QColor(Qt::black), stroke, 2.0}});
        lines.setSize({199.0, 99.0});
        lines.setLine(0, {{{0.0, 0.5}, {1.0, 0.5}}});
        QImage legend(200, 100, QImage::Format_RGB32);
        legend.fill(Qt::white);
        QPainter painter(&legend);
        paintLineSample(painter, QRect(0, 0, 200, 100), Qt::black, stroke);
        painter.end();
        const std::size_t drawn = changes(pictureOf(lines), 49);
        QVERIFY2(std::abs(int(drawn) - int(changes(legend, 49))) <= 1, qPrintable(QString::number(drawn)));
        QVERIFY2((drawn == 0) == (stroke == 0), qPrintable(QStringLiteral("%1: %2").arg(stroke).arg(drawn)));
        seen.insert(drawn);
    }
    QVERIFY(seen.size() >= 4);
}

QTEST_MAIN(ChartLinesTest)
#include "tst_chartlines.moc"
