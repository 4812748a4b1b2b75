// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reportmodel.h"
#include "core/run/run.h"
#include "core/session/sessionreader.h"
#include "tests/support/fakeprofilers.h"
#include "tests/support/targetprocess.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

constexpr int kEndLimitMs = 70'000;

/// A run against a practice target of its own, and its report.
class ActionRun
{
public:
    bool start(const QByteArray &loadAndActions)
    {
        if (!m_target.start({QStringLiteral("--service-time"), QStringLiteral("retrieve=lognormal(20ms,0.2)"),
                             QStringLiteral("--admin-token"), QStringLiteral("sesame"), QStringLiteral("--workers"),
                             QStringLiteral("32")}))
            return false;
        RunRequest request;
        request.scenarioText = "headroom: 1\ntarget: { url: '" + m_target.url().toEncoded()
            + "' }\nflows: [ { steps: [ { name: retrieve, post: /retrieve, json: {} } ] } ]\n" + loadAndActions;
        request.sessionPath = m_folder.filePath(QStringLiteral("s.headroom"));
        request.workers = 1;
        auto preparation = prepare(request.scenarioText, {}, {}, 1, m_folder.path());
        if (!preparation) {
            qWarning() << preparation.error().front().message;
            return false;
        }
        run = std::make_unique<Run>(std::move(request), std::move(*preparation));
        finished = std::make_unique<QSignalSpy>(run.get(), &Run::finished);
        QObject::connect(run.get(), &Run::finished, [](const std::optional<Error> &error) {
            if (error)
                qWarning("%s", qPrintable(error->text()));
        });
        QObject::connect(run.get(), &MetricsSource::frameReady, [this](const FramePtr &frame) {
            if (const auto order = orders.find(frame->second); order != orders.end())
                order->second(*run);
        });
        run->start();
        return true;
    }
    Result<ReportModel> report() const
    {
        const auto session = SessionReader::open(m_folder.filePath(QStringLiteral("s.headroom")));
        return session ? buildReport(**session) : std::unexpected(session.error());
    }

    std::map<int, std::function<void(Steering &)>> orders; ///< Given when the frame of a second is there.
    std::unique_ptr<Run> run;
    std::unique_ptr<QSignalSpy> finished;

private:
    TargetProcess m_target;
    QTemporaryDir m_folder;
};

} // namespace

/// What actions do to a real target, and what the report says of it.
class ActionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsAnEffectFromNone();
    void waitsForWhatIsUnderWayAtTheEnd();
    void doesOneByHand();
    void attachesProfiles();
};

void ActionsTest::tellsAnEffectFromNone()
{
    ActionRun actions;
    // The median: a machine whose requests wait together, beside others, leaves a p95 with too few independent samples.
    QVERIFY(actions.start(
        "load: { users: 60, rate: 100/s, for: 35 s }\n"
        "actions:\n"
        "  - { name: wrong, at: 1 s, post: /admin/service-time, text: 'retrieve=1ms', settle: 0 s }\n"
        "  - { name: nothing, at: 12 s, get: /health/live, settle: 500 ms, window: 10 s,\n"
        "      expect_effect: p50(retrieve) rises by 10 ms }\n"
        "  - { name: degrade, at: 23 s, post: /admin/service-time, headers: { Authorization: Bearer sesame },\n"
        "      text: 'retrieve=lognormal(40ms,0.2)', settle: 1 s, window: 10 s,\n"
        "      expect_effect: p50(retrieve) rises by 10 ms to 30 ms }\n"));
    QTRY_COMPARE_WITH_TIMEOUT(actions.finished->size(), 1, kEndLimitMs);
    const auto report = actions.report();
    QVERIFY(report);
    QCOMPARE(report->ending->auxiliary, 3u);
    QCOMPARE(report->actions.size(), 3u);
    const ActionEffect &nothing = report->actions[1];
    QVERIFY(nothing.done.isDone);
    QCOMPARE(nothing.measures.size(), 1u);
    QVERIFY2(nothing.measures[0].change, qPrintable(nothing.reason));
    QVERIFY(std::abs(nothing.measures[0].change->value) < 10.0);
    QVERIFY(nothing.outcome != ActionEffect::Outcome::AsExpected);
    QCOMPARE(nothing.standing, std::optional(RuleResult::Standing::NotMet));
    QVERIFY(!report->actions[0].done.isDone); // without the token
    QCOMPARE(report->actions[0].done.text, QStringLiteral("answered 401, which is not expected"));
    // The median of the one distribution is 20 ms, of the other 40 ms.
    const ActionEffect &degrade = report->actions[2];
    QVERIFY2(degrade.measures.size() == 1 && degrade.measures[0].change, qPrintable(degrade.reason));
    const Estimate &change = *degrade.measures[0].change;
    QVERIFY2(*change.interval.low < 20.0 + 3.0 && *change.interval.high > 20.0 - 3.0,
             qPrintable(QStringLiteral("%1 to %2").arg(*change.interval.low).arg(*change.interval.high)));
    QCOMPARE(degrade.outcome, ActionEffect::Outcome::AsExpected);
    QCOMPARE(report->verdict.result, Verdict::Result::NotMet); // nothing came of the first
}

void ActionsTest::waitsForWhatIsUnderWayAtTheEnd()
{
    ActionRun actions;
    QVERIFY(actions.start("load: { stages: [ { name: only, rate: 20/s, for: 2 s } ] }\n"
                          "actions:\n"
                          "  - { name: long, at: 1 s, command: 'sh -c \"sleep 3; echo done\"' }\n"
                          "  - { name: cut, at: 1 s, command: sleep 1000, within: 3 s }\n"
                          "  - { name: last, at: end of only, get: /health/live }\n"));
    QTRY_COMPARE_WITH_TIMEOUT(actions.finished->size(), 1, kEndLimitMs);
    const auto report = actions.report();
    QVERIFY(report);
    QCOMPARE(report->actions.size(), 3u);
    const auto textOf = [&](int action) {
        return std::ranges::find(report->actions, action, [](const ActionEffect &effect) { return effect.done.action; })
            ->done.text;
    };
    QCOMPARE(textOf(0), QStringLiteral("ended with exit code 0; it said: done"));
    QVERIFY2(textOf(1).startsWith(QStringLiteral("had not ended after 3.00 s")), qPrintable(textOf(1)));
    QCOMPARE(textOf(2), QStringLiteral("answered 200"));
    QVERIFY(std::ranges::any_of(report->events, [](const RunEvent &event) {
        return event.kind == QLatin1String("action") && event.text == QLatin1String("last: GET /health/live");
    }));
}

void ActionsTest::doesOneByHand()
{
    ActionRun actions;
    actions.orders = {{0, [](Steering &run) { run.doAction(0); }}};
    QVERIFY(actions.start("load: { rate: 20/s, for: 3 s }\nactions: [ { name: look, by_hand: true, get: /stats } ]\n"));
    QTRY_COMPARE_WITH_TIMEOUT(actions.finished->size(), 1, kEndLimitMs);
    const auto report = actions.report();
    QVERIFY(report);
    QCOMPARE(report->actions.size(), 1u);
    QVERIFY(report->actions[0].done.isDone);
    QVERIFY(report->actions[0].done.at >= 1s);
}

void ActionsTest::attachesProfiles()
{
    const QTemporaryDir programs;
    QVERIFY(makeFakeProfilers(programs.path()));
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", programs.path().toUtf8() + ':' + path);
    ActionRun actions;
    actions.orders = {{0, [](Steering &run) { run.captureProfile(100ms); }}};
    QVERIFY(actions.start("load: { stages: [ { name: only, rate: 20/s, for: 3 s } ] }\n"
                          "dashboards: { latency: 'http://127.0.0.1:3000/d/a' }\n"
                          "actions:\n"
                          "  - { name: flame, at: 1 s, profile: { command: 'sh -c \"echo no stack > ${file}\"' } }\n"
                          "  - { name: stats, at: start of only, profile: { url: /stats } }\n"
                          "  - { name: nobody, at: 1 s, profile: { perf: { pid: 4194304 } } }\n"));
    QTRY_COMPARE_WITH_TIMEOUT(actions.finished->size(), 1, kEndLimitMs);
    qputenv("PATH", path);
    const auto report = actions.report();
    QVERIFY(report);
    QStringList files;
    for (const auto &file : report->attachments)
        files << file.name;
    files.sort();
    QCOMPARE(files, QStringList({QStringLiteral("flame-1.txt"), QStringLiteral("profile-1.folded"), QStringLiteral("stats-1.json")}));
    QCOMPARE(report->profiles.size(), 1u);
    QCOMPARE(report->profiles[0].tree.samples(), 4u);
    QVERIFY(report->profiles[0].at >= 1s);
    QStringList texts;
    for (const ActionEffect &effect : report->actions)
        texts << effect.done.text;
    QVERIFY2(texts.contains(QStringLiteral("there is no process 4194304 to profile")), qPrintable(texts.join(u'|')));
    QVERIFY(std::ranges::any_of(report->events, [](const RunEvent &event) {
        return event.text == QLatin1String("profile: 4 samples in 100 ms, attached as profile-1.folded");
    }));
    QCOMPARE(report->head.facts.dashboards.size(), 1u);
}

QTEST_GUILESS_MAIN(ActionsTest)
#include "tst_actions.moc"
