// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promquantile.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

class PromQuantileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void interpolatesInsideABucket_data();
    void interpolatesInsideABucket();
    void hasNoneWithoutObservations_data();
    void hasNoneWithoutObservations();
};

void PromQuantileTest::interpolatesInsideABucket_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<std::vector<PromBucket>>("buckets");
    QTest::addColumn<double>("expected");
    // 20 up to 0.1, 60 more up to 0.5, 15 more up to 1, 5 beyond.
    const std::vector<PromBucket> usual{{0.1, 20}, {0.5, 80}, {1.0, 95}, {HUGE_VAL, 100}};
    QTest::newRow("middle") << 0.5 << usual << 0.1 + 0.4 * 30 / 60; // rank 50, the 30th of 60
    QTest::newRow("first bucket, from zero") << 0.1 << usual << 0.05; // rank 10, the 10th of 20
    QTest::newRow("on a bound") << 0.8 << usual << 0.5;
    QTest::newRow("last finite bucket") << 0.95 << usual << 1.0;
    QTest::newRow("beyond the highest bound") << 0.99 << usual << 1.0;
    QTest::newRow("lowest") << 0.0 << usual << 0.0;
    QTest::newRow("in any order") << 0.5 << std::vector<PromBucket>{usual.rbegin(), usual.rend()} << 0.3;
    QTest::newRow("bounds below zero") << 0.5 << std::vector<PromBucket>{{-1, 10}, {HUGE_VAL, 10}} << -1.0;
    QTest::newRow("counts that go back") << 0.5 << std::vector<PromBucket>{{1, 10}, {2, 8}, {HUGE_VAL, 10}} << 0.5;
    QTest::newRow("empty first bucket") << 0.5 << std::vector<PromBucket>{{1, 0}, {2, 10}, {HUGE_VAL, 10}} << 1.5;
}

void PromQuantileTest::interpolatesInsideABucket()
{
    QFETCH(double, share);
    QFETCH(std::vector<PromBucket>, buckets);
    QFETCH(double, expected);
    const auto found = histogramQuantile(share, buckets);
    QVERIFY(found);
    QVERIFY2(std::abs(*found - expected) < 1e-12, qPrintable(QString::number(*found)));
}

void PromQuantileTest::hasNoneWithoutObservations_data()
{
    QTest::addColumn<std::vector<PromBucket>>("buckets");
    QTest::newRow("no buckets") << std::vector<PromBucket>{};
    QTest::newRow("one bucket") << std::vector<PromBucket>{{HUGE_VAL, 5}};
    QTest::newRow("not up to infinity") << std::vector<PromBucket>{{1, 5}, {2, 6}};
    QTest::newRow("no observations") << std::vector<PromBucket>{{1, 0}, {HUGE_VAL, 0}};
}

void PromQuantileTest::hasNoneWithoutObservations()
{
    QFETCH(std::vector<PromBucket>, buckets);
    QVERIFY(!histogramQuantile(0.5, buckets));
}

QTEST_GUILESS_MAIN(PromQuantileTest)
#include "tst_promquantile.moc"
