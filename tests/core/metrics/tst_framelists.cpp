// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/framelists.h"

#include <QTest>

using namespace Headroom;

namespace {

FailureCount failureOf(int step, int status, std::uint64_t count, const char *exampleUrl = nullptr)
{
    FailureCount failure{StepIndex{step}, FailureKind::Status, status, QStringLiteral("said no"), count};
    if (exampleUrl) {
        FailureExample example;
        example.url = QLatin1String(exampleUrl);
        failure.example = std::make_shared<const FailureExample>(example);
    }
    return failure;
}

Exemplar exemplarOf(int step, Nanoseconds response)
{
    Exemplar exemplar;
    exemplar.sample.step = StepIndex{step};
    exemplar.sample.finished = response;
    return exemplar;
}

} // namespace

class FrameListsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failuresAreAddedUp();
    void theSlowestOfEachStepStay();
};

void FrameListsTest::failuresAreAddedUp()
{
    const std::vector<FailureCount> one{failureOf(1, 500, 2), failureOf(0, 503, 1)};
    const std::vector<FailureCount> other{failureOf(1, 500, 3, "/a"), failureOf(1, 404, 1)};
    const auto merged = mergedFailures({one, other});
    QCOMPARE(merged.size(), 3U);
    QCOMPARE(merged[0].status, 503);
    QCOMPARE(merged[1].status, 404);
    QCOMPARE(merged[2].count, 5U);
    QCOMPARE(merged[2].example->url, QStringLiteral("/a")); // the one that there is
}

void FrameListsTest::theSlowestOfEachStepStay()
{
    std::vector<Exemplar> one;
    std::vector<Exemplar> other;
    for (int i = 0; i < Exemplar::kPerStep; ++i) {
        one.push_back(exemplarOf(1, (10 + i) * 1ms));
        other.push_back(exemplarOf(1, (5 + 2 * i) * 1ms));
    }
    other.push_back(exemplarOf(0, 1ms));
    // Of step 1: 10 to 19 ms and 5, 7, 9 ... 23 ms.
    std::vector<Nanoseconds> times;
    for (const Exemplar &exemplar : mergedExemplars({one, other}))
        times.push_back(exemplar.sample.responseTime());
    QCOMPARE(times, (std::vector<Nanoseconds>{1ms, 23ms, 21ms, 19ms, 19ms, 18ms, 17ms, 17ms, 16ms, 15ms, 15ms}));
}

QTEST_GUILESS_MAIN(FrameListsTest)
#include "tst_framelists.moc"
