// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitsearch.h"
#include "core/report/jsonlimit.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"
#include "core/run/run.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

constexpr int kEndLimitMs = 90'000;

/// 4 workers of 20 ms each: a capacity of 200/s.
const QStringList kTarget{QStringLiteral("--workers"),      QStringLiteral("4"),
                          QStringLiteral("--queue"),        QStringLiteral("10000"),
                          QStringLiteral("--service-time"), QStringLiteral("*=20ms")};

QByteArray scenario(const QUrl &target)
{
    return "headroom: 1\nname: find it\ntarget: { url: '" + target.toEncoded()
        + "' }\nflows: [ { steps: [ { get: /documents/17 } ] } ]\n"
          "load: { rate: 150/s, find_limit: { up_to: 1500/s, hold: 2 s, confirm: 3 s, within: 12 % } }\n"
          "rules: [ p95 < 60 ms, errors < 1 %, headroom >= 1 ]\n";
}

QStringList textsOf(const std::vector<RunEvent> &events)
{
    QStringList texts;
    for (const RunEvent &event : events) {
        if (event.kind == QLatin1String("search"))
            texts += event.text;
    }
    return texts;
}

} // namespace

/// A whole search against a real target.
class FindLimitTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheCapacityOfTheTarget();
    void theCommandLineSearchesAUrl();
};

void FindLimitTest::findsTheCapacityOfTheTarget()
{
    TargetProcess target;
    QVERIFY(target.start(kTarget));
    const QTemporaryDir folder;
    RunRequest request;
    request.scenarioText = scenario(target.url());
    request.sessionPath = folder.filePath(QStringLiteral("s.headroom"));
    const QString path = request.sessionPath;
    auto preparation = prepare(request.scenarioText);
    QVERIFY(preparation);
    Run run(std::move(request), std::move(*preparation));
    QSignalSpy finished(&run, &Run::finished);
    std::vector<FramePtr> frames;
    connect(&run, &MetricsSource::frameReady, this, [&](const FramePtr &frame) { frames.push_back(frame); });
    std::vector<RunEvent> told;
    connect(&run, &MetricsSource::eventHappened, this, [&](const RunEvent &event) { told.push_back(event); });
    run.start();
    QTest::qWait(500);
    run.setRate(Rate::perSecond(5)); // no hand steers a search
    run.pause();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kEndLimitMs);
    QVERIFY(!finished.front()[0].value<std::optional<Error>>());

    const auto session = SessionReader::open(path);
    QVERIFY(session);
    const auto model = buildReport(**session);
    QVERIFY(model);
    QVERIFY(model->limit);
    // The report says what the run's own frames say, in the same bytes.
    LimitSearch again(run.facts());
    for (const FramePtr &frame : frames)
        again.add(*frame);
    QCOMPARE(toBytes(limitJson(model->limit)), toBytes(limitJson(again.finding())));

    const std::vector<LimitProbe> &probes = model->limit->probes;
    QCOMPARE(probes.front().ratePerSecond, 150.0);
    for (std::size_t i = 1; i < probes.size(); ++i) {
        QVERIFY(probes[i].start >= probes[i - 1].to);
        QVERIFY(probes[i].ratePerSecond <= 1500.0);
        QVERIFY(probes[i].from >= probes[i].start);
    }
    // Whatever is judged was planned: evenly spread arrivals are off by one.
    for (const LimitProbe &probe : probes) {
        for (int second = probe.from; second < probe.to; ++second)
            QVERIFY(std::abs(double(frames[std::size_t(second)]->iterations().planned) - probe.ratePerSecond) <= 2.0
                    || probe.isHopeless);
    }
    const QStringList stored = textsOf(model->events);
    QCOMPARE(stored, textsOf(told));
    QCOMPARE(stored.front(), QStringLiteral("probe 1 tries 150/s"));
    QCOMPARE(stored.back(), QStringLiteral("limit: ") + headline(*model->limit));
    QVERIFY(std::ranges::none_of(model->events,
                                 [](const RunEvent &event) { return event.kind == QLatin1String("steer"); }));
    QVERIFY(model->ending->reason == RunEnding::Reason::Completed);

    if (model->limit->ending == LimitFinding::Ending::GeneratorLimit) { // the machine was too busy: then it claims nothing
        QVERIFY(model->limit->generatorPerSecond);
        QVERIFY(!model->verdict.isValid);
        return;
    }
    QCOMPARE(model->limit->ending, LimitFinding::Ending::Found);
    QVERIFY2(std::abs(*model->limit->sustainablePerSecond - 200.0) <= 30.0, qPrintable(headline(*model->limit)));
    QCOMPARE(model->rules.size(), 4u);
    QVERIFY(model->verdict.isValid);
}

void FindLimitTest::theCommandLineSearchesAUrl()
{
    TargetProcess target;
    QVERIFY(target.start(kTarget));
    const QTemporaryDir folder;
    const QString url = target.url().toString() + QStringLiteral("/documents/17");
    const ProcessResult result =
        runHeadroom({QStringLiteral("run"), url, QStringLiteral("--find-limit"), QStringLiteral("--rate"),
                     QStringLiteral("20/s"), QStringLiteral("--up-to"), QStringLiteral("30/s"),
                     QStringLiteral("--hold"), QStringLiteral("1s"), QStringLiteral("--confirm"), QStringLiteral("2s")},
                    folder.path());
    QVERIFY2(result.out.contains(
                 QStringLiteral("Limit: at least 30/s sustainable, headroom 1.50 or more of the planned 20/s")),
             qPrintable(result.out + result.err));
    QCOMPARE(result.exitCode, 0);
    const ProcessResult without =
        runHeadroom({QStringLiteral("run"), url, QStringLiteral("--hold"), QStringLiteral("1s")}, folder.path());
    QCOMPARE(without.exitCode, 2);
    QVERIFY(without.err.contains(QStringLiteral("--find-limit")));
    const ProcessResult both = runHeadroom({QStringLiteral("run"), url, QStringLiteral("--find-limit"),
                                            QStringLiteral("--duration"), QStringLiteral("1s")},
                                           folder.path());
    QCOMPARE(both.exitCode, 2);
}

QTEST_GUILESS_MAIN(FindLimitTest)
#include "tst_findlimit.moc"
