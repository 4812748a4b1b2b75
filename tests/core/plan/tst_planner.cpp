// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"

#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

Scenario someScenario()
{
    Scenario scenario;
    scenario.name = QStringLiteral("some");
    scenario.target.headers = {{QStringLiteral("X-Team"), QStringLiteral("a")}, {QStringLiteral("X-Both"), QStringLiteral("target")}};
    Scenario::Flow flow;
    flow.name = QStringLiteral("main");
    flow.weight = 3;
    Scenario::Step step;
    step.method = "POST";
    step.path = QStringLiteral("/retrieve?k=1");
    step.headers = {{QStringLiteral("x-both"), QStringLiteral("step")}};
    step.body = Scenario::Body{QStringLiteral("{}"), "application/json"};
    flow.steps = {step};
    scenario.flows = {flow, flow};
    scenario.flows[1].name = QStringLiteral("other");
    scenario.flows[1].weight = 1;
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(10), Rate::perSecond(20));
    stage.length = 10s;
    scenario.load.stages = {stage, stage};
    return scenario;
}

QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
{
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

PlanPtr planOf(const Scenario &scenario, const char *target = "http://127.0.0.1:8080")
{
    const auto plan = compilePlan(scenario, QUrl(QLatin1String(target)), 42);
    return plan ? *plan : nullptr;
}

} // namespace

class PlannerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsThePathOnTheTarget_data();
    void putsThePathOnTheTarget();
    void mergesHeaders();
    void laysStagesBehindEachOther();
    void aCountAloneEndsALoadWhoseLastStageHasNoLength();
    void swingsARate();
    void refusesTooManySwings();
    void turnsWeightsIntoShares();
    void givesAFlowWithItsOwnRateAStream();
    void spacesEveryStreamAsTheScenarioSays();
    void takesTheScenariosSeedFirst();
    void refusesALoadOfNothing();
    void wantsTheBodiesOfErrors();
};

void PlannerTest::putsThePathOnTheTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *name, const char *target, const char *path, const char *url) {
        QTest::newRow(name) << QString::fromLatin1(target) << QString::fromLatin1(path) << QString::fromLatin1(url);
    };
    row("host alone", "http://h:1", "/a?b=c", "http://h:1/a?b=c");
    row("target with a path", "http://h/api/", "/a", "http://h/api/a");
    row("a whole URL", "http://h", "http://other:2/x", "http://other:2/x");
    row("percent signs stay", "http://h", "/a%20b?q=1%2F2", "http://h/a%20b?q=1%2F2");
}

void PlannerTest::putsThePathOnTheTarget()
{
    QFETCH(QString, target);
    QFETCH(QString, path);
    Scenario scenario = someScenario();
    scenario.flows[0].steps[0].path = path;
    const PlanPtr plan = planOf(scenario, target.toLatin1().constData());
    QVERIFY(plan);
    QTEST(plan->steps[0].request.url.toString(QUrl::FullyEncoded), "url");
}

void PlannerTest::mergesHeaders()
{
    const HttpRequest request = planOf(someScenario())->steps[0].request;
    QCOMPARE(headerOf(request, "X-Team"), "a");
    QCOMPARE(headerOf(request, "X-Both"), "step"); // the step's wins, once, whatever the case
    QCOMPARE(std::ranges::count_if(request.headers, [](const auto &h) { return h.first.toLower() == "x-both"; }), 1);
    QCOMPARE(headerOf(request, "User-Agent"), "headroom");
    QCOMPARE(headerOf(request, "Accept-Encoding"), "identity");
    QCOMPARE(headerOf(request, "Content-Type"), "application/json");
}

void PlannerTest::laysStagesBehindEachOther()
{
    const PlanPtr plan = planOf(someScenario());
    QCOMPARE(plan->length, 20s);
    QCOMPARE(plan->stages[1].start, 10s);
    QVERIFY(plan->isOpenModel);
    QCOMPARE(plan->userCap, kDefaultUserCap);
    // 10/s to 20/s over 10 s plans 150, twice.
    QCOMPARE(plan->streams[0].schedule.countBefore(20s), 300u);
}

void PlannerTest::aCountAloneEndsALoadWhoseLastStageHasNoLength()
{
    Scenario scenario = someScenario();
    scenario.load.iterations = 1000;
    scenario.load.stages[1].rate = std::pair(Rate::perSecond(5), Rate::perSecond(5));
    scenario.load.stages[1].length = 0ns;
    const PlanPtr plan = planOf(scenario);
    QCOMPARE(plan->length, 0ns);
    QCOMPARE(plan->stages[1].start, 10s);
    QCOMPARE(plan->profile.valueAt(1h), 5.0);
}

void PlannerTest::swingsARate()
{
    // The second stage swings between 0 and 20/s, twice: 10 x 10 arrivals behind the 150 of the first.
    Scenario scenario = someScenario();
    scenario.load.stages[1].rate = std::pair(Rate::perSecond(10), Rate::perSecond(10));
    scenario.load.stages[1].sine = Scenario::Sine{Rate::perSecond(10), 5s};
    const PlanPtr plan = planOf(scenario);
    QVERIFY(plan);
    QCOMPARE(plan->length, 20s);
    QCOMPARE(plan->profile.valueAt(11250ms), 20.0);
    QCOMPARE(plan->profile.valueAt(13750ms), 0.0);
    QCOMPARE(plan->streams[0].schedule.countBefore(20s), 250u);
    QCOMPARE(plan->stages[1].from, 10.0);
}

void PlannerTest::refusesTooManySwings()
{
    Scenario scenario = someScenario();
    scenario.load.stages[1].sine = Scenario::Sine{Rate::perSecond(1), 1s};
    scenario.load.stages[1].length = 2000s;
    QVERIFY(planOf(scenario));
    scenario.load.stages[1].length = 2000s + 1s;
    QVERIFY(!planOf(scenario));
}

void PlannerTest::turnsWeightsIntoShares()
{
    const PlanPtr plan = planOf(someScenario());
    QCOMPARE(plan->flows[0].share, 0.75);
    QCOMPARE(plan->flows[1].share, 0.25);
    QCOMPARE(plan->flows[0].pace, 0s);
    QCOMPARE(plan->streams[0].flowAt(0.0).value, 0);
    QCOMPARE(plan->streams[0].flowAt(0.7499).value, 0);
    QCOMPARE(plan->streams[0].flowAt(0.75).value, 1);
    QCOMPARE(plan->streams[0].flowAt(0.9999999).value, 1);
}

void PlannerTest::givesAFlowWithItsOwnRateAStream()
{
    Scenario scenario = someScenario();
    scenario.flows[1].rate = Rate::perSecond(5);
    const PlanPtr plan = planOf(scenario);
    QCOMPARE(plan->streams.size(), 2u);
    QCOMPARE(plan->flows[0].share, 1.0);
    QCOMPARE(plan->flows[1].share, 0.0);
    QCOMPARE(plan->streams[1].schedule.countBefore(20s), 100u);
}

void PlannerTest::spacesEveryStreamAsTheScenarioSays()
{
    Scenario scenario = someScenario();
    scenario.flows[1].rate = Rate::perSecond(10);
    QCOMPARE(planOf(scenario)->streams[0].schedule.plannedStart(0), 0s); // even: the first one comes at once
    scenario.load.spacing = Scenario::Spacing::Poisson;
    const PlanPtr plan = planOf(scenario);
    const auto starts = [](const PlanPtr &of, std::size_t stream) {
        return std::array{*of->streams[stream].schedule.plannedStart(0), *of->streams[stream].schedule.plannedStart(1)};
    };
    QVERIFY(starts(plan, 0)[0] > 0ns && starts(plan, 1)[0] > 0ns);
    QVERIFY(starts(plan, 0) != starts(plan, 1)); // each stream has draws of its own
    QCOMPARE(starts(planOf(scenario), 0), starts(plan, 0));
    scenario.seed = 7;
    QVERIFY(starts(planOf(scenario), 0) != starts(plan, 0));
}

void PlannerTest::takesTheScenariosSeedFirst()
{
    Scenario scenario = someScenario();
    QCOMPARE(planOf(scenario)->seed, 42u);
    scenario.seed = 7;
    QCOMPARE(planOf(scenario)->seed, 7u);
}

void PlannerTest::refusesALoadOfNothing()
{
    Scenario scenario = someScenario();
    for (Scenario::Stage &stage : scenario.load.stages)
        stage.rate = std::pair(Rate(), Rate());
    QVERIFY(!planOf(scenario));
    for (Scenario::Stage &stage : scenario.load.stages) {
        stage.rate.reset();
        stage.users = std::pair(0.0, 0.0);
    }
    QVERIFY(!planOf(scenario));
}

void PlannerTest::wantsTheBodiesOfErrors()
{
    Scenario scenario = someScenario();
    scenario.flows[0].steps[0].expect = {{200, 201}, {429, 429}};
    const PlanPtr plan = planOf(scenario);
    QVERIFY(plan);
    const StatusSet &kept = plan->steps[0].request.keepBodyOf;
    for (const int expected : {200, 201, 429})
        QVERIFY(!kept.contains(expected));
    for (const int error : {202, 302, 404, 500, 503, 999})
        QVERIFY(kept.contains(error));
    for (const int none : {-1, 1000})
        QVERIFY(!kept.contains(none));
}

QTEST_GUILESS_MAIN(PlannerTest)
#include "tst_planner.moc"
