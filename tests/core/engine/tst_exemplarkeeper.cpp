// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/exemplarkeeper.h"
#include "tests/support/allocationcount.h"

#include <QTest>

using namespace Headroom;

namespace {

constexpr SteadyTime kStart{1h};

Sample taking(Nanoseconds response, int step = 0)
{
    return {.step = StepIndex{step},
            .timings = {.planned = kStart + 10s,
                        .sent = kStart + 10s + 1ms,
                        .firstByte = kStart + 10s + response,
                        .finished = kStart + 10s + response},
            .status = 200};
}

Sample ending(FailureKind failure, Nanoseconds response)
{
    Sample sample = taking(response);
    sample.outcome = Outcome::Error;
    sample.failure = failure;
    return sample;
}

HttpRequest requestTo(const char *url = "http://host/path")
{
    HttpRequest request;
    request.method = "GET";
    request.url = QUrl(QString::fromLatin1(url));
    return request;
}

ExemplarKeeper keeperOf(std::size_t steps, const RedactorPtr &redactor = {}) { return {steps, kStart, redactor}; }

/// Response times in ms.
std::vector<int> timesOf(const std::vector<Exemplar> &exemplars)
{
    std::vector<int> times;
    for (const Exemplar &one : exemplars)
        times.push_back(int(one.sample.responseTime() / 1ms));
    return times;
}

} // namespace

class ExemplarKeeperTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheSlowestOfEachStep();
    void tellsLaterOnlyWhatIsSlowerThanWhatThereIs();
    void tellsOfOneSecondNoMoreThanFit();
    void looksOnlyAtWhatStandsInTheResponseTimes();
    void keepsTimesRequestAndOpening();
    void forgetsTheOpeningOfWhatGaveWay();
    void showsNoSecret();
    void beginsAnewBehindTheWarmUp();
    void lookingAllocatesNothing();
};

void ExemplarKeeperTest::keepsTheSlowestOfEachStep()
{
    ExemplarKeeper keeper = keeperOf(2);
    const HttpRequest request = requestTo();
    keeper.look(taking(4ms, 1), request);
    for (const int time : {6, 18, 10, 14, 16, 5, 12, 8, 7, 9, 11, 13, 15, 17})
        keeper.look(taking(time * 1ms), request);
    const std::vector<Exemplar> taken = keeper.takeSecond();
    QCOMPARE(timesOf(taken), (std::vector<int>{18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 4})); // ten of step 0, one of step 1
    QCOMPARE(taken.front().sample.step.value, 0);
    QCOMPARE(taken.back().sample.step.value, 1);
    QVERIFY(keeper.takeSecond().empty());
}

void ExemplarKeeperTest::tellsLaterOnlyWhatIsSlowerThanWhatThereIs()
{
    ExemplarKeeper keeper = keeperOf(1);
    const HttpRequest request = requestTo();
    for (const int time : {100, 90, 80, 70, 60, 50, 40, 30, 20, 10})
        keeper.look(taking(time * 1ms), request);
    keeper.takeSecond();
    keeper.look(taking(10ms), request); // as slow as the last of the ten: the first one stays
    keeper.look(taking(9ms), request);
    QVERIFY(keeper.takeSecond().empty());
    keeper.look(taking(25ms), request); // 100 ... 40 30 25 20
    keeper.look(taking(15ms), request);
    QCOMPARE(timesOf(keeper.takeSecond()), std::vector<int>{25});
    keeper.look(taking(21ms), request); // in place of the 20
    QCOMPARE(timesOf(keeper.takeSecond()), std::vector<int>{21});
}

void ExemplarKeeperTest::tellsOfOneSecondNoMoreThanFit()
{
    // An overload: every request is slower than the one before.
    ExemplarKeeper keeper = keeperOf(1);
    const HttpRequest request = requestTo();
    for (int time = 1; time <= 1000; ++time)
        keeper.look(taking(time * 1ms), request);
    QCOMPARE(timesOf(keeper.takeSecond()), (std::vector<int>{1000, 999, 998, 997, 996, 995, 994, 993, 992, 991}));
}

void ExemplarKeeperTest::looksOnlyAtWhatStandsInTheResponseTimes()
{
    ExemplarKeeper keeper = keeperOf(1);
    const HttpRequest request = requestTo();
    Sample rejected = taking(9s);
    rejected.outcome = Outcome::Rejected;
    keeper.look(rejected, request);
    keeper.look(ending(FailureKind::Status, 8s), request);
    keeper.look(ending(FailureKind::Closed, 7s), request);
    keeper.look(ending(FailureKind::Timeout, 6s), request); // our own clock ended it: it is at least as slow
    keeper.look(taking(5ms), request);
    QCOMPARE(timesOf(keeper.takeSecond()), (std::vector<int>{6000, 5}));
}

void ExemplarKeeperTest::keepsTimesRequestAndOpening()
{
    ExemplarKeeper keeper = keeperOf(1);
    const ConnectionOpening opening{1ms, 2ms, 3ms, true};
    Sample sample = taking(30ms);
    sample.opening = &opening;
    keeper.look(sample, requestTo("http://name:word@host/path?q=1#part"));
    const std::vector<Exemplar> taken = keeper.takeSecond();
    QCOMPARE(taken.size(), 1u);
    QCOMPARE(taken[0].method, QStringLiteral("GET"));
    QCOMPARE(taken[0].url, QStringLiteral("http://host/path?q=1"));
    QCOMPARE(taken[0].opening, std::optional(opening));
    QCOMPARE(taken[0].sample.planned, 10s);
    QCOMPARE(taken[0].sample.sent, 1ms);
    QCOMPARE(taken[0].sample.finished, 29ms);
}

void ExemplarKeeperTest::forgetsTheOpeningOfWhatGaveWay()
{
    ExemplarKeeper keeper = keeperOf(1);
    const HttpRequest request = requestTo();
    const ConnectionOpening opening{1ms, 2ms, 3ms, true};
    for (const int time : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) { // as many as it keeps
        Sample sample = taking(time * 1ms);
        sample.opening = &opening;
        keeper.look(sample, request);
    }
    keeper.look(taking(11ms), request); // on a connection that was there, in place of the 1
    const std::vector<Exemplar> taken = keeper.takeSecond();
    QCOMPARE(timesOf(taken), (std::vector<int>{11, 10, 9, 8, 7, 6, 5, 4, 3, 2}));
    QVERIFY(!taken[0].opening);
    QCOMPARE(taken[1].opening, std::optional(opening));
}

void ExemplarKeeperTest::showsNoSecret()
{
    const auto redactor = std::make_shared<const Redactor>(
        std::vector<Redactor::Secret>{{QStringLiteral("TOKEN"), QStringLiteral("hush-hush")}});
    ExemplarKeeper keeper = keeperOf(1, redactor);
    keeper.look(taking(30ms), requestTo("http://host/path?token=hush-hush"));
    QCOMPARE(keeper.takeSecond()[0].url, QStringLiteral("http://host/path?token=***TOKEN***"));
}

void ExemplarKeeperTest::beginsAnewBehindTheWarmUp()
{
    ExemplarKeeper keeper = keeperOf(1);
    const HttpRequest request = requestTo();
    for (int i = 0; i < 10; ++i)
        keeper.look(taking(1s), request);
    keeper.takeSecond();
    keeper.forget();
    keeper.look(taking(5ms), request);
    QCOMPARE(timesOf(keeper.takeSecond()), std::vector<int>{5});
}

void ExemplarKeeperTest::lookingAllocatesNothing()
{
    ExemplarKeeper keeper = keeperOf(3);
    const HttpRequest request = requestTo("http://host/a/longer/path?with=a&query=of&several=names");
    for (int second = 0; second < 2; ++second) {
        const std::uint64_t before = allocationCount();
        QVERIFY(before > 0); // ours is the one in use
        for (int time = 1; time <= 1000; ++time)
            keeper.look(taking((1000 * second + time) * 1ms, time % 3), request); // each slower than all before
        QCOMPARE(allocationCount() - before, std::uint64_t(0));
        QCOMPARE(keeper.takeSecond().size(), 30u); // ten of each step
    }
}

QTEST_GUILESS_MAIN(ExemplarKeeperTest)
#include "tst_exemplarkeeper.moc"
