// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runviewer.h"

#include "sessionfixture.h"
#include "tests/support/framebuilder.h"

#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

namespace {

using Rows = std::vector<ReportModel::SeriesRow>;

class FakeSource : public MetricsSource
{
public:
    explicit FakeSource(const RunFacts &facts)
        : m_facts(std::make_shared<const RunFacts>(facts))
    {
    }
    RunFactsPtr facts() const override { return m_facts; }
    bool isOver() const override { return over; }
    std::optional<RunEnding> ending() const override { return end; }

    bool over = false;
    std::optional<RunEnding> end;

private:
    RunFactsPtr m_facts;
};

std::vector<FramePtr> pointers(const std::vector<MetricsFrame> &frames)
{
    std::vector<FramePtr> pointers;
    for (const MetricsFrame &frame : frames)
        pointers.push_back(std::make_shared<const MetricsFrame>(frame));
    return pointers;
}

/// Seconds with answers of all times, so that each costs something to add up.
std::vector<FramePtr> longSession(int seconds)
{
    std::vector<FramePtr> frames;
    for (int second = 0; second < seconds; ++second) {
        FrameBuilder builder(second);
        builder.stage(1).iterations(100, 100);
        for (int i = 1; i <= 100; ++i)
            builder.answered(i % 3, 1, i * Nanoseconds(1ms) + second * Nanoseconds(10us));
        frames.push_back(builder.pointer());
    }
    return frames;
}

/// What a viewer said.
struct Screen
{
    explicit Screen(RunViewer &viewer)
    {
        QObject::connect(&viewer, &RunViewer::viewReady, [this](const RunViewPtr &view, const Rows &rows) {
            newest = view;
            ++views;
            for (const ReportModel::SeriesRow &row : rows)
                seconds.push_back(row.second);
        });
        QObject::connect(&viewer, &RunViewer::restarted, [this] {
            newest.reset();
            seconds.clear();
            ++restarts;
        });
    }
    bool shows(double lengthSeconds) const { return newest && newest->lengthSeconds == lengthSeconds; }

    RunViewPtr newest;
    std::vector<int> seconds;
    int views = 0;
    int restarts = 0;
};

} // namespace

class RunViewerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheNumbersOfTheReport();
    void deliversEveryRowOnce();
    void showsALiveFrameAtOnce();
    void joinsFramesThatComeTogether();
    void sumsUpTheLastTenSeconds();
    void judgesARunThatIsOnAsItStands();
    void tellsTheEndingOnceTheRunIsOver();
    void tellsOfARunThatWasKilled();
    void beginsAnewAfterARewind();
    void showsNothingAfterARewindToTheStart();
    void showsProgressOfALongSession();
    void endsPromptlyInTheMiddle();
    void survivesARewindBeforeTheFactsAreKnown();
};

void RunViewerTest::showsTheNumbersOfTheReport()
{
    FakeSource source(smallHead().facts);
    RunViewer viewer(source);
    Screen screen(viewer);
    for (const FramePtr &frame : pointers(smallFrames()))
        Q_EMIT source.frameReady(frame);
    QTRY_VERIFY(screen.shows(3.5));
    const RunView expected = viewOf(smallReport());
    const RunView &view = *screen.newest;
    QCOMPARE(view.facts, source.facts());
    QCOMPARE(view.requests, expected.requests);
    QCOMPARE(view.errors, expected.errors);
    QCOMPARE(view.wholeRun.p50, expected.wholeRun.p50);
    QCOMPARE(view.wholeRun.p99, expected.wholeRun.p99);
    QCOMPARE(view.cpuMicrosecondsPerRequest, expected.cpuMicrosecondsPerRequest);
    QCOMPARE(view.allSteps.ratePerSecond, expected.allSteps.ratePerSecond);
    QCOMPARE(view.steps.size(), expected.steps.size());
    QCOMPARE(view.steps[0].mean, expected.steps[0].mean);
    QCOMPARE(view.failures.size(), expected.failures.size());
    QCOMPARE(view.rules[0].standing, expected.rules[0].standing);
    QCOMPARE(view.rules[0].value, expected.rules[0].value);
    QCOMPARE(view.verdict.result, expected.verdict.result);
    QCOMPARE(view.verdict.reasons, expected.verdict.reasons);
}

void RunViewerTest::deliversEveryRowOnce()
{
    FakeSource source(exampleFacts());
    RunViewer viewer(source);
    Screen screen(viewer);
    for (int second = 0; second < 4; ++second) {
        Q_EMIT source.frameReady(FrameBuilder(second).pointer());
        QTRY_VERIFY(screen.shows(second + 1));
    }
    QCOMPARE(screen.seconds, (std::vector<int>{0, 1, 2, 3}));
    QCOMPARE(screen.restarts, 0);
}

void RunViewerTest::showsALiveFrameAtOnce()
{
    FakeSource source(exampleFacts());
    RunViewer viewer(source);
    Screen screen(viewer);
    Q_EMIT source.frameReady(FrameBuilder(0).answered(0, 4, 10ms).pointer());
    QTRY_COMPARE(screen.views, 1);
    QCOMPARE(screen.newest->requests, 4u);
    QCOMPARE(screen.newest->latest->requests, 4.0);
}

void RunViewerTest::joinsFramesThatComeTogether()
{
    FakeSource source(exampleFacts());
    RunViewer viewer(source);
    Screen screen(viewer);
    // The first is shown at once; the 59 others come within the 200 ms behind it, or nearly so on a busy machine.
    for (int second = 0; second < 60; ++second)
        Q_EMIT source.frameReady(FrameBuilder(second).pointer());
    QTRY_VERIFY(screen.shows(60));
    QCOMPARE(screen.seconds.size(), 60u);
    QVERIFY2(screen.views <= 5, qPrintable(QString::number(screen.views)));
}

void RunViewerTest::sumsUpTheLastTenSeconds()
{
    FakeSource source(exampleFacts());
    RunViewer viewer(source);
    Screen screen(viewer);
    // 100 answers in 80 ms in second 0, then one of 10 ms in each of ten seconds.
    Q_EMIT source.frameReady(FrameBuilder(0).answered(0, 100, 80ms).pointer());
    QTRY_VERIFY(screen.shows(1));
    QVERIFY(screen.newest->trailing.p50.value() >= 80.0);
    for (int second = 1; second <= 10; ++second)
        Q_EMIT source.frameReady(FrameBuilder(second).answered(0, 1, 10ms).pointer());
    QTRY_VERIFY(screen.shows(11));
    QCOMPARE(screen.newest->trailing.p99, 10.0); // no more than the maximum
    QVERIFY(screen.newest->trailing.hasFewSamples);
    QVERIFY(screen.newest->wholeRun.p99.value() >= 80.0);
}

void RunViewerTest::judgesARunThatIsOnAsItStands()
{
    RunFacts facts = exampleFacts();
    facts.rules = {QStringLiteral("errors < 10 %")};
    FakeSource source(facts);
    RunViewer viewer(source);
    Screen screen(viewer);
    Q_EMIT source.frameReady(FrameBuilder(2).answered(0, 1000, 10ms).iterations(1000, 1000).sends(1000, 0).pointer());
    QTRY_COMPARE(screen.views, 1);
    QCOMPARE(screen.newest->verdict.result, Verdict::Result::Met);
    Q_EMIT source.frameReady(FrameBuilder(3).failed(0, 1000).iterations(1000, 1000).sends(1000, 0).pointer());
    QTRY_VERIFY(screen.shows(4));
    QCOMPARE(screen.newest->verdict.result, Verdict::Result::NotMet);
}

/// The verdict of a replay lacked the reason why the run had ended.
void RunViewerTest::tellsTheEndingOnceTheRunIsOver()
{
    FakeSource source(smallHead().facts);
    RunViewer viewer(source);
    Screen screen(viewer);
    const std::vector<FramePtr> frames = pointers(smallFrames());
    source.end = RunEnding{RunEnding::Reason::Stopped, QStringLiteral("because"), 0, 0};
    for (std::size_t i = 0; i < frames.size(); ++i) {
        source.over = i + 1 == frames.size();
        Q_EMIT source.frameReady(frames[i]);
        if (i == 0) {
            QTRY_VERIFY(screen.shows(1.0));
            QVERIFY(!screen.newest->verdict.reasons.front().contains(QStringLiteral("stopped by hand")));
        }
    }
    QTRY_VERIFY(screen.shows(3.5));
    QCOMPARE(screen.newest->verdict.reasons.front(), QStringLiteral("The run was stopped by hand: because"));
}

void RunViewerTest::tellsOfARunThatWasKilled()
{
    FakeSource source(smallHead().facts);
    source.over = true;
    RunViewer viewer(source);
    Screen screen(viewer);
    Q_EMIT source.rewound(pointers(smallFrames()), {});
    QTRY_VERIFY(screen.shows(3.5));
    QVERIFY(screen.newest->verdict.reasons.front().startsWith(QStringLiteral("The session was not closed")));
}

void RunViewerTest::beginsAnewAfterARewind()
{
    FakeSource source(smallHead().facts);
    RunViewer viewer(source);
    Screen screen(viewer);
    const std::vector<FramePtr> frames = pointers(smallFrames());
    Q_EMIT source.rewound(frames, {});
    QTRY_VERIFY(screen.shows(3.5));
    QCOMPARE(screen.restarts, 1);
    Q_EMIT source.rewound({frames[0], frames[1]}, {});
    QTRY_VERIFY(screen.shows(2));
    QCOMPARE(screen.restarts, 2);
    QCOMPARE(screen.seconds, (std::vector<int>{0, 1}));
    QCOMPARE(screen.newest->requests, 8u); // 2 and 6
    QVERIFY(screen.newest->failures.empty());
    Q_EMIT source.frameReady(frames[2]);
    QTRY_VERIFY(screen.shows(3));
    QCOMPARE(screen.seconds, (std::vector<int>{0, 1, 2}));
    QCOMPARE(screen.newest->requests, 12u);
}

void RunViewerTest::showsNothingAfterARewindToTheStart()
{
    FakeSource source(smallHead().facts);
    RunViewer viewer(source);
    Screen screen(viewer);
    Q_EMIT source.rewound(pointers(smallFrames()), {});
    QTRY_VERIFY(screen.shows(3.5));
    Q_EMIT source.rewound({}, {});
    QTRY_VERIFY(screen.shows(0));
    QCOMPARE(screen.newest->requests, 0u);
    QVERIFY(!screen.newest->latest.has_value());
    QVERIFY(screen.seconds.empty());
}

void RunViewerTest::showsProgressOfALongSession()
{
    FakeSource source(exampleFacts());
    RunViewer viewer(source);
    Screen screen(viewer);
    constexpr int kSeconds = 6000;
    Q_EMIT source.rewound(longSession(kSeconds), {});
    QTRY_VERIFY_WITH_TIMEOUT(screen.shows(kSeconds), 240'000);
    QVERIFY(screen.views >= 2);
    QCOMPARE(screen.seconds.size(), std::size_t(kSeconds));
    QVERIFY(std::ranges::is_sorted(screen.seconds));
}

void RunViewerTest::endsPromptlyInTheMiddle()
{
    FakeSource source(exampleFacts());
    auto viewer = std::make_unique<RunViewer>(source);
    const QSignalSpy views(viewer.get(), &RunViewer::viewReady);
    std::vector<FramePtr> frames = longSession(2000);
    const std::weak_ptr<const MetricsFrame> last = frames.back();
    for (int i = 0; i < 8; ++i)
        frames.insert(frames.end(), frames.begin(), frames.begin() + 2000); // 18,000 in all: seconds of work
    Q_EMIT source.rewound(frames, {});
    frames.clear();
    QTRY_COMPARE_GE_WITH_TIMEOUT(views.count(), 1, 240'000);
    QElapsedTimer ending;
    ending.start();
    viewer.reset();
    QVERIFY2(ending.durationElapsed() < 1s, "at most one piece of 50 ms is finished");
    QVERIFY(last.expired());
}

void RunViewerTest::survivesARewindBeforeTheFactsAreKnown()
{
    class Unknown : public MetricsSource
    {
        RunFactsPtr facts() const override { return {}; }
    } source;
    RunViewer viewer(source);
    const QSignalSpy restarts(&viewer, &RunViewer::restarted);
    const QSignalSpy views(&viewer, &RunViewer::viewReady);
    Q_EMIT source.rewound({}, {});
    QTRY_COMPARE(restarts.count(), 1);
    QCOMPARE(views.count(), 0);
}

QTEST_GUILESS_MAIN(RunViewerTest)
#include "tst_runviewer.moc"
