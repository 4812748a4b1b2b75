// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/batchcourse.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

namespace {

class HangingProbe final : public Probe
{
public:
    HangingProbe()
        : Probe(QStringLiteral("p"), {{QString(), QString()}})
    {
    }
    void read() override { m_isReading = true; }
    void cancel() override { m_isReading = false; }
    bool isReading() const override { return m_isReading; }

private:
    bool m_isReading = false;
};

} // namespace

class BatchCourseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCancelEndsTheWaitForAProbeThatHangs();
};

void BatchCourseTest::aCancelEndsTheWaitForAProbeThatHangs()
{
    ManualClock clock;
    ProbeScheduler probes(clock);
    probes.add(std::make_unique<HangingProbe>(), 1s);
    auto plan = std::make_shared<Plan>();
    plan->batches = Scenario::Batches{.count = 2, .size = 1, .between = {}, .restartsTarget = true};
    int restarts = 0;
    BatchCourse course(plan, probes, clock, [&restarts]() -> QCoro::Task<Result<void>> {
        ++restarts;
        co_return Result<void>();
    });
    QSignalSpy passed(&course, &BatchCourse::passed);
    QSignalSpy next(&course, &BatchCourse::nextMayBegin);
    course.pass({});
    QVERIFY(course.isBusy());
    course.cancel();
    QTRY_VERIFY(!course.isBusy());
    QCOMPARE(passed.size(), 1); // its figures are kept
    QCOMPARE(restarts, 0);
    QCOMPARE(next.size(), 0);
}

QTEST_GUILESS_MAIN(BatchCourseTest)
#include "tst_batchcourse.moc"
