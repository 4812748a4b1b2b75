// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/seriesstore.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Headroom;

using Point = SeriesStore::Point;
using Polylines = std::vector<SeriesStore::Polyline>;

class SeriesStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingWithoutRows();
    void givesAllRowsThatFit();
    void addsTheNeighboursJustOutside();
    void partsALineAtGaps();
    void takesMissingAndUselessValuesAsGaps();
    void leavesOutRowsThatDoNotRise();
    void keepsMinimumAndMaximumOfEachPixel();
    void costsThePicturesWidth();
    void partsAThinnedLineWhereAPixelHasNoValue();
    void findsTheNearestRow();
    void findsTheRange();
    void forgetsAll();
};

namespace {

/// A value that jumps without order, from 0 to 999.
double noise(int row) { return double((row * 7919LL + row / 7 * 104729LL) % 1000); }

std::size_t pointsOf(const Polylines &lines)
{
    std::size_t sum = 0;
    for (const auto &line : lines)
        sum += line.size();
    return sum;
}

} // namespace

void SeriesStoreTest::knowsNothingWithoutRows()
{
    const SeriesStore store(1);
    QVERIFY(store.isEmpty());
    QCOMPARE(store.endTime(), 0.0);
    QVERIFY(store.polylines(0, 0.0, 10.0, 100).empty());
    QVERIFY(!store.valueAt(0, 1.0));
    QVERIFY(!store.nearestTime(1.0));
    QVERIFY(!store.range(0, 0.0, 10.0));
}

void SeriesStoreTest::givesAllRowsThatFit()
{
    SeriesStore store(2);
    store.append(1.0, {10.0, 1.0});
    store.append(2.0, {20.0, 2.0});
    QCOMPARE(store.columns(), 2U);
    QCOMPARE(store.endTime(), 2.0);
    QCOMPARE(store.polylines(0, 0.0, 10.0, 100), (Polylines{{{1.0, 10.0}, {2.0, 20.0}}}));
    QCOMPARE(store.polylines(1, 0.0, 10.0, 100), (Polylines{{{1.0, 1.0}, {2.0, 2.0}}}));
    QVERIFY(store.polylines(2, 0.0, 10.0, 100).empty());
    QVERIFY(store.polylines(0, 10.0, 10.0, 100).empty());
    QVERIFY(store.polylines(0, 0.0, 10.0, 0).empty());
}

void SeriesStoreTest::addsTheNeighboursJustOutside()
{
    SeriesStore store(1);
    for (int second = 0; second < 10; ++second)
        store.append(second, {second * 10.0});
    QCOMPARE(store.polylines(0, 3.5, 4.5, 100), (Polylines{{{3.0, 30.0}, {4.0, 40.0}, {5.0, 50.0}}}));
    QCOMPARE(store.polylines(0, 3.2, 3.8, 100), (Polylines{{{3.0, 30.0}, {4.0, 40.0}}})); // the line between two rows
    QCOMPARE(store.polylines(0, 20.0, 30.0, 100), (Polylines{{{9.0, 90.0}}}));
}

void SeriesStoreTest::partsALineAtGaps()
{
    SeriesStore store(1);
    store.append(0.0, {1.0});
    store.append(1.0, {2.0});
    store.append(2.0, {std::nullopt});
    store.append(3.0, {std::nullopt});
    store.append(4.0, {3.0});
    QCOMPARE(store.polylines(0, 0.0, 4.0, 100), (Polylines{{{0.0, 1.0}, {1.0, 2.0}}, {{4.0, 3.0}}}));
    QCOMPARE(store.polylines(0, 3.5, 5.0, 100), (Polylines{{{4.0, 3.0}}})); // a neighbour that is a gap is none
}

void SeriesStoreTest::takesMissingAndUselessValuesAsGaps()
{
    SeriesStore store(2);
    store.append(0.0, {1.0});
    store.append(1.0, {2.0, 5.0, 9.0});
    store.append(2.0, {std::numeric_limits<double>::infinity(), std::nan("")});
    QCOMPARE(store.polylines(0, 0.0, 4.0, 100), (Polylines{{{0.0, 1.0}, {1.0, 2.0}}}));
    QCOMPARE(store.polylines(1, 0.0, 4.0, 100), (Polylines{{{1.0, 5.0}}}));
}

void SeriesStoreTest::leavesOutRowsThatDoNotRise()
{
    SeriesStore store(1);
    store.append(5.0, {1.0});
    store.append(5.0, {2.0});
    store.append(4.0, {3.0});
    store.append(std::nan(""), {4.0});
    QCOMPARE(store.polylines(0, 0.0, 9.0, 100), (Polylines{{{5.0, 1.0}}}));
}

void SeriesStoreTest::keepsMinimumAndMaximumOfEachPixel()
{
    // 5,000 rows on 37 pixels, from 100 s to 4,100 s: 4,000 / 37 = 108.1 s a pixel.
    SeriesStore store(1);
    for (int row = 0; row < 5000; ++row)
        store.append(row, {noise(row)});
    const Polylines lines = store.polylines(0, 100.0, 4100.0, 37);
    QCOMPARE(lines.size(), 1U);
    const auto &line = lines.front();
    QCOMPARE(line.front(), (Point{99.0, noise(99)}));
    QCOMPARE(line.back(), (Point{4101.0, noise(4101)}));
    for (int pixel = 0; pixel < 37; ++pixel) {
        const double from = 100.0 + pixel * 4000.0 / 37.0;
        const double to = 100.0 + (pixel + 1) * 4000.0 / 37.0;
        double low = 1000.0, high = -1.0;
        for (int row = int(std::ceil(from)); row < to; ++row) {
            low = std::min(low, noise(row));
            high = std::max(high, noise(row));
        }
        double shownLow = 1000.0, shownHigh = -1.0;
        for (const Point &point : line) {
            if (point.time >= from && point.time < to) {
                shownLow = std::min(shownLow, point.value);
                shownHigh = std::max(shownHigh, point.value);
            }
        }
        QCOMPARE(shownLow, low);
        QCOMPARE(shownHigh, high);
    }
}

void SeriesStoreTest::costsThePicturesWidth()
{
    SeriesStore store(1);
    for (int row = 0; row < 100'000; ++row)
        store.append(row, {noise(row)});
    const Polylines lines = store.polylines(0, 0.0, 100'000.0, 600);
    QCOMPARE(lines.size(), 1U);
    QVERIFY2(pointsOf(lines) <= 4 * 600, qPrintable(QString::number(pointsOf(lines))));
    QVERIFY(pointsOf(lines) >= 600);
    for (std::size_t i = 1; i < lines.front().size(); ++i)
        QVERIFY(lines.front()[i - 1].time < lines.front()[i].time);
}

void SeriesStoreTest::partsAThinnedLineWhereAPixelHasNoValue()
{
    // 1,000 rows on 10 pixels of 100: rows 300-499 are gaps, and so is each tenth.
    SeriesStore store(1);
    for (int row = 0; row < 1000; ++row) {
        const bool isGap = (row >= 300 && row < 500) || row % 10 == 0;
        store.append(row, {isGap ? std::nullopt : std::optional(double(row))});
    }
    const Polylines lines = store.polylines(0, 0.0, 1000.0, 10);
    QCOMPARE(lines.size(), 2U);
    // Of a rising line each pixel keeps its first and last value: 1 and 99 ... 201 and 299.
    QCOMPARE(lines[0], (SeriesStore::Polyline{{1, 1}, {99, 99}, {101, 101}, {199, 199}, {201, 201}, {299, 299}}));
    QCOMPARE(lines[1].front(), (Point{501.0, 501.0}));
    QCOMPARE(lines[1].size(), 10U);
}

void SeriesStoreTest::findsTheNearestRow()
{
    SeriesStore store(1);
    store.append(10.0, {1.0});
    store.append(20.0, {std::nullopt});
    store.append(30.0, {3.0});
    QCOMPARE(store.nearestTime(-5.0), 10.0);
    QCOMPARE(store.nearestTime(14.9), 10.0);
    QCOMPARE(store.nearestTime(15.1), 20.0);
    QCOMPARE(store.nearestTime(99.0), 30.0);
    QCOMPARE(store.valueAt(0, 12.0), 1.0);
    QCOMPARE(store.valueAt(0, 22.0), std::optional<double>());
    QCOMPARE(store.valueAt(0, 26.0), 3.0);
    QCOMPARE(store.valueAt(1, 26.0), std::optional<double>());
}

void SeriesStoreTest::findsTheRange()
{
    SeriesStore store(1);
    for (int row = 0; row < 1000; ++row)
        store.append(row, {row == 500 ? std::nullopt : std::optional(std::abs(row - 600.0))});
    // 600 is the lowest with 0; 0 the highest with 600.
    const auto all = store.range(0, 0.0, 999.0);
    QVERIFY(all);
    QCOMPARE(all->low, 0.0);
    QCOMPARE(all->high, 600.0);
    const auto part = store.range(0, 100.0, 164.0); // 500 down to 436, both ends included
    QVERIFY(part);
    QCOMPARE(part->low, 436.0);
    QCOMPARE(part->high, 500.0);
    QVERIFY(!store.range(0, 500.0, 500.5)); // a gap alone
    QVERIFY(!store.range(0, 7.0, 3.0));
}

void SeriesStoreTest::forgetsAll()
{
    SeriesStore store(1);
    store.append(10.0, {1.0});
    store.clear();
    QVERIFY(store.isEmpty());
    QCOMPARE(store.columns(), 1U);
    store.append(1.0, {2.0}); // an earlier time is welcome again
    QCOMPARE(store.polylines(0, 0.0, 2.0, 10), (Polylines{{{1.0, 2.0}}}));
}

QTEST_GUILESS_MAIN(SeriesStoreTest)
#include "tst_seriesstore.moc"
