// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/intervalsnapshot.h"
#include "core/stats/latencyset.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Every counter has another value, so that none can be taken for another.
RequestCounts distinct(std::uint64_t factor)
{
    RequestCounts counts{.requests = 1 * factor,
                         .answered = 2 * factor,
                         .rejected = 3 * factor,
                         .errors = 4 * factor,
                         .censored = 5 * factor,
                         .resends = 6 * factor,
                         .redirects = 7 * factor,
                         .bytesIn = 8 * factor,
                         .bytesOut = 9 * factor};
    for (std::size_t i = 0; i < kFailureKindCount; ++i)
        counts.byFailure[i] = (10 + i) * factor;
    return counts;
}

LatencySet oneOfEach()
{
    LatencySet set;
    set[LatencyKind::Response].record(1ms);
    set[LatencyKind::Service].record(2ms);
    set[LatencyKind::Rejected].record(3ms);
    set[LatencyKind::Failed].record(4ms);
    set.counts = distinct(1);
    return set;
}

} // namespace

class LatencySetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsEveryRequestCounter();
    void addsStatusesOneByOne();
    void addsEveryFlowCounter();
    void encodesOnlyWhatWasRecorded();
    void mergesEveryKindOfTime();
    void reportsDamagedBytes();
};

void LatencySetTest::addsEveryRequestCounter()
{
    RequestCounts counts = distinct(1);
    counts += distinct(100);
    QVERIFY(counts == distinct(101));
}

void LatencySetTest::addsStatusesOneByOne()
{
    RequestCounts counts;
    counts.byStatus = {{200, 5}, {429, 1}};
    RequestCounts other;
    other.byStatus = {{200, 2}, {500, 3}};
    counts += other;
    QVERIFY(counts.byStatus == (std::map<int, std::uint64_t>{{200, 7}, {429, 1}, {500, 3}}));
}

void LatencySetTest::addsEveryFlowCounter()
{
    FlowCounts counts{.planned = 1, .started = 2, .completed = 3, .dropped = 4};
    counts += FlowCounts{.planned = 10, .started = 20, .completed = 30, .dropped = 40};
    QVERIFY(counts == (FlowCounts{.planned = 11, .started = 22, .completed = 33, .dropped = 44}));
}

void LatencySetTest::encodesOnlyWhatWasRecorded()
{
    LatencySet set;
    set[LatencyKind::Service].record(1ms);
    const EncodedLatencySet encoded = encode(set);
    QVERIFY(encoded.histograms[std::size_t(LatencyKind::Response)].isEmpty());
    QVERIFY(!encoded.histograms[std::size_t(LatencyKind::Service)].isEmpty());
    QVERIFY(encoded.histograms[std::size_t(LatencyKind::Rejected)].isEmpty());
    QVERIFY(encoded.histograms[std::size_t(LatencyKind::Failed)].isEmpty());
}

void LatencySetTest::mergesEveryKindOfTime()
{
    LatencySet set = oneOfEach();
    QVERIFY(mergeInto(set, encode(oneOfEach())));
    QVERIFY(set.counts == distinct(2));
    for (const auto &[kind, value] : {std::pair(LatencyKind::Response, 1ms), std::pair(LatencyKind::Service, 2ms),
                                      std::pair(LatencyKind::Rejected, 3ms), std::pair(LatencyKind::Failed, 4ms)}) {
        QCOMPARE(set[kind].count(), std::uint64_t(2));
        QCOMPARE(set[kind].max(), Nanoseconds(value));
    }
}

void LatencySetTest::reportsDamagedBytes()
{
    EncodedLatencySet encoded = encode(oneOfEach());
    encoded.histograms[2].chop(1);
    LatencySet set;
    const auto merged = mergeInto(set, encoded);
    QVERIFY(!merged);
    QCOMPARE(merged.error().code, Error::Code::InvalidInput);
}

QTEST_GUILESS_MAIN(LatencySetTest)
#include "tst_latencyset.moc"
