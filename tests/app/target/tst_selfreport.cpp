// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/selfreport.h"

#include <QTest>

using namespace Headroom;

class SelfReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTimesToTwoDecimals();
    void takesTheTotalApart();
    void hitsAtTheShareThatItIsTold();
    void repeatsItself();
    void countsTokens();
};

void SelfReportTest::tellsTimesToTwoDecimals()
{
    QCOMPARE(selfReportOf(12'344'999ns, 1, 0, 0.5).latency, QByteArray("12.34"));
    QCOMPARE(selfReportOf(12'346'000ns, 1, 0, 0.5).latency, QByteArray("12.35"));
    QCOMPARE(selfReportOf(0ns, 1, 0, 0.5).latency, QByteArray("0.00"));
}

void SelfReportTest::takesTheTotalApart()
{
    // 60 %, 25 % and 10 % of 20 ms.
    const auto headers = selfReportOf(20ms, 1, 0, 1.0).headers();
    const std::vector<std::pair<QByteArray, QByteArray>> expected{
        {"X-Request-Latency-Ms", "20.00"},
        {"Server-Timing", "total;dur=20.00, model;dur=12.00, db;dur=5.00, render;dur=2.00"},
        {"X-Cache", "HIT"}};
    QVERIFY(headers == expected);
}

void SelfReportTest::hitsAtTheShareThatItIsTold()
{
    const auto hits = [](double share) {
        int count = 0;
        for (std::uint64_t number = 0; number < 10'000; ++number)
            count += selfReportOf(1ms, 7, number, share).isHit;
        return count;
    };
    QCOMPARE(hits(0.0), 0);
    QCOMPARE(hits(1.0), 10'000);
    QVERIFY(qAbs(hits(0.3) - 3000) < 200); // 4 standard deviations of 46
}

void SelfReportTest::repeatsItself()
{
    int different = 0;
    for (std::uint64_t number = 0; number < 100; ++number) {
        QCOMPARE(selfReportOf(1ms, 3, number, 0.5).isHit, selfReportOf(2ms, 3, number, 0.5).isHit);
        different += selfReportOf(1ms, 3, number, 0.5).isHit != selfReportOf(1ms, 4, number, 0.5).isHit;
    }
    QVERIFY(different > 0); // with another seed others hit
}

void SelfReportTest::countsTokens()
{
    for (std::uint64_t number = 0; number < 1000; ++number)
        QVERIFY(tokensOf(number) >= 100 && tokensOf(number) <= 299);
    QCOMPARE(tokensOf(5), tokensOf(5));
}

QTEST_GUILESS_MAIN(SelfReportTest)
#include "tst_selfreport.moc"
