// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/servicetime.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Headroom;

class ServiceTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesTheConstant();
    void isAFunctionOfSeedAndRequest();
    void isSlowForTheGivenShare();
    void hasTheQuantilesOfTheLognormal_data();
    void hasTheQuantilesOfTheLognormal();
    void neverExceedsAnHour();
    void isTwoMillisecondsUnlessGiven();
    void givesTheStarToWhatIsNotNamed();
    void readsSeveralListsTogether();
    void refuses_data();
    void refuses();
};

namespace {

constexpr int kSamples = 100'000;

std::vector<Nanoseconds> sortedSamples(const ServiceTime &time)
{
    std::vector<Nanoseconds> samples;
    for (std::uint64_t request = 0; request < kSamples; ++request)
        samples.push_back(time.sample(1, request));
    std::ranges::sort(samples);
    return samples;
}

} // namespace

void ServiceTimeTest::samplesTheConstant()
{
    QCOMPARE(ServiceTime::parse(u" 5 ms ")->sample(1, 0), 5ms);
    QCOMPARE(ServiceTime::parse(u"0ms")->sample(1, 1), 0ms);
}

void ServiceTimeTest::isAFunctionOfSeedAndRequest()
{
    const auto time = *ServiceTime::parse(u"lognormal(20ms,0.5)");
    QCOMPARE(time.sample(1, 7), time.sample(1, 7));
    QVERIFY(time.sample(1, 7) != time.sample(2, 7));
    QVERIFY(time.sample(1, 7) != time.sample(1, 8));
}

void ServiceTimeTest::isSlowForTheGivenShare()
{
    // 10 % of 100,000: 10,000, with a standard deviation of sqrt(100,000 x 0.1 x 0.9) = 95; four of them: 380.
    const auto samples = sortedSamples(*ServiceTime::parse(u"bimodal(5ms, 50ms, 10%)"));
    const auto slow = std::ranges::count(samples, Nanoseconds(50ms));
    QCOMPARE(std::ranges::count(samples, Nanoseconds(5ms)) + slow, kSamples);
    QVERIFY2(std::abs(slow - 10'000) < 380, qPrintable(QString::number(slow)));
}

void ServiceTimeTest::hasTheQuantilesOfTheLognormal_data()
{
    QTest::addColumn<double>("quantile");
    QTest::addColumn<double>("normal"); // the same quantile of the standard normal distribution
    QTest::newRow("p5") << 0.05 << -1.644854;
    QTest::newRow("p50") << 0.5 << 0.0;
    QTest::newRow("p95") << 0.95 << 1.644854;
    QTest::newRow("p99") << 0.99 << 2.326348;
}

void ServiceTimeTest::hasTheQuantilesOfTheLognormal()
{
    QFETCH(double, quantile);
    QFETCH(double, normal);
    const auto samples = sortedSamples(*ServiceTime::parse(u"lognormal(20ms,0.5)"));
    const double expected = 20e6 * std::exp(0.5 * normal);
    const double found = double(samples[std::size_t(quantile * kSamples)].count());
    // The p99's standard error: 0.5 x sqrt(0.01 x 0.99 / 100,000) / 0.0267 = 0.6 %; four of them: 2.4 %.
    QVERIFY2(std::abs(found / expected - 1.0) < 0.024, qPrintable(QStringLiteral("%1 %2").arg(found).arg(expected)));
}

void ServiceTimeTest::neverExceedsAnHour()
{
    QCOMPARE(sortedSamples(*ServiceTime::parse(u"lognormal(1h,5)")).back(), 1h);
}

void ServiceTimeTest::isTwoMillisecondsUnlessGiven()
{
    for (const Endpoint endpoint : {Endpoint::Retrieve, Endpoint::Documents})
        QCOMPARE(ServiceTimes::parse({})->of(endpoint).sample(1, 0), 2ms);
}

void ServiceTimeTest::givesTheStarToWhatIsNotNamed()
{
    const auto times = ServiceTimes::parse({QStringLiteral("*=3ms,extract=bimodal(5ms,5ms,10%), facets=7ms")});
    QVERIFY(times);
    QCOMPARE(times->of(Endpoint::Retrieve).sample(1, 0), 3ms);
    QCOMPARE(times->of(Endpoint::Extract).sample(1, 0), 5ms);
    QCOMPARE(times->of(Endpoint::Facets).sample(1, 0), 7ms);
    QCOMPARE(times->of(Endpoint::Transcript).sample(1, 0), 3ms);
    QCOMPARE(times->of(Endpoint::Documents).sample(1, 0), 3ms);
}

void ServiceTimeTest::readsSeveralListsTogether()
{
    const auto times = ServiceTimes::parse({QStringLiteral("retrieve=3ms"), QStringLiteral("documents=4ms")});
    QVERIFY(times);
    QCOMPARE(times->of(Endpoint::Retrieve).sample(1, 0), 3ms);
    QCOMPARE(times->of(Endpoint::Extract).sample(1, 0), 2ms);
    QCOMPARE(times->of(Endpoint::Documents).sample(1, 0), 4ms);
}

void ServiceTimeTest::refuses_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("named"); // what the sentence must contain
    QTest::newRow("nothing") << "" << "has no '='";
    QTest::newRow("no equals sign") << "retrieve 5ms" << "'retrieve 5ms' has no '='";
    QTest::newRow("misspelt endpoint") << "retreive=5ms" << "did you mean 'retrieve'?";
    QTest::newRow("misspelt distribution") << "retrieve=lognormel(5ms,1)" << "did you mean 'lognormal'?";
    QTest::newRow("no unit") << "retrieve=5" << "'5' is not a duration";
    QTest::newRow("negative") << "retrieve=-5ms" << "'-5ms' is not a duration";
    QTest::newRow("too long") << "retrieve=2h" << "longer than";
    QTest::newRow("twice") << "retrieve=1ms,retrieve=2ms" << "given twice";
    QTest::newRow("star twice") << "*=1ms,*=2ms" << "given twice";
    QTest::newRow("trailing comma") << "retrieve=1ms," << "has no '='";
    QTest::newRow("open parenthesis") << "retrieve=bimodal(1ms,2ms,3%" << "no closing parenthesis";
    QTest::newRow("text behind") << "retrieve=bimodal(1ms,2ms,3%)x" << "no closing parenthesis";
    QTest::newRow("bimodal with two") << "retrieve=bimodal(1ms,2ms)" << "bimodal takes";
    QTest::newRow("bimodal share") << "retrieve=bimodal(1ms,2ms,0.1)" << "'0.1' is not a percentage";
    QTest::newRow("bimodal share above all") << "retrieve=bimodal(1ms,2ms,101%)" << "from 0 % to 100 %";
    QTest::newRow("lognormal with one") << "retrieve=lognormal(1ms)" << "lognormal takes";
    QTest::newRow("lognormal sigma") << "retrieve=lognormal(1ms,wide)" << "'wide' is not a number";
    QTest::newRow("lognormal sigma too wide") << "retrieve=lognormal(1ms,6)" << "from 0 to 5";
    QTest::newRow("parentheses unbalanced") << "retrieve=))),x=(1ms" << "no closing parenthesis";
}

void ServiceTimeTest::refuses()
{
    QFETCH(QString, list);
    QFETCH(QString, named);
    const auto times = ServiceTimes::parse({list});
    QVERIFY(!times);
    QCOMPARE(times.error().code, Error::Code::InvalidInput);
    QVERIFY2(times.error().message.contains(named), qPrintable(times.error().message));
}

QTEST_GUILESS_MAIN(ServiceTimeTest)
#include "tst_servicetime.moc"
