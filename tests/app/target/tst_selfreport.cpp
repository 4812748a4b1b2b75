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
    void takesItApartAsItIsTold();
    void keepsQuietWhereItIsTold();
    void hitsAtTheShareThatItIsTold();
    void repeatsItself();
    void countsTokens();
};

void SelfReportTest::tellsTimesToTwoDecimals()
{
    QCOMPARE(selfReportOf(0ns, 12'344'999ns, true).latency, QByteArray("12.34"));
    QCOMPARE(selfReportOf(0ns, 12'346'000ns, true).latency, QByteArray("12.35"));
    QCOMPARE(selfReportOf(0ns, 0ns, true).latency, QByteArray("0.00"));
    QCOMPARE(selfReportOf(1'500'000ns, 0ns, true).queue, QByteArray("1.50"));
}

void SelfReportTest::takesTheTotalApart()
{
    // 60 %, 25 % and 10 % of 20 ms.
    const auto headers = selfReportOf(3ms, 20ms, true).headers(TimingParts());
    const std::vector<std::pair<QByteArray, QByteArray>> expected{
        {"X-Request-Latency-Ms", "20.00"},
        {"Server-Timing",
         "total;dur=20.00, queue;dur=3.00, work;dur=20.00, model;dur=12.00, db;dur=5.00, render;dur=2.00, cache;desc=HIT"},
        {"X-Cache", "HIT"}};
    QVERIFY(headers == expected);
}

void SelfReportTest::takesItApartAsItIsTold()
{
    const auto parts = TimingParts::parse(u"db=60%, render_html=30 %");
    QVERIFY(parts);
    QCOMPARE(selfReportOf(0ns, 10ms, std::nullopt).headers(*parts).at(1).second,
             QByteArray("total;dur=10.00, queue;dur=0.00, work;dur=10.00, db;dur=6.00, render_html;dur=3.00"));
    QCOMPARE(TimingParts::parse(u"")->of(10.0), QByteArray());
    QVERIFY(TimingParts::parse(u"a=10%,b=10%,c=10%,d=10%,e=10%,f=10%,g=10%,h=10%,i=10%,j=10%")); // the whole
}

void SelfReportTest::keepsQuietWhereItIsTold()
{
    QVERIFY(SelfReport().headers(TimingParts()).empty());
    const std::vector<std::pair<QByteArray, QByteArray>> expected{{"X-Cache", "MISS"}};
    QVERIFY(SelfReport{.isHit = false}.headers(TimingParts()) == expected);
}

void SelfReportTest::hitsAtTheShareThatItIsTold()
{
    const auto hits = [](double share) {
        int count = 0;
        for (std::uint64_t number = 0; number < 10'000; ++number)
            count += isHitByShare(7, number, share);
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
        QCOMPARE(isHitByShare(3, number, 0.5), isHitByShare(3, number, 0.5));
        different += isHitByShare(3, number, 0.5) != isHitByShare(4, number, 0.5);
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
