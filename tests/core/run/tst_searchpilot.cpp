// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"
#include "core/run/searchpilot.h"
#include "tests/core/analysis/queuemodel.h"

#include <QTest>

using namespace Headroom;

namespace {

QByteArray scenario(const char *rest)
{
    return QByteArray("headroom: 1\nname: small\ntarget: { url: 'http://127.0.0.1:8080' }\n"
                      "flows: [ { steps: [ { name: retrieve, get: /documents/1 } ] } ]\n")
        + rest;
}

constexpr auto kSearch = "load: { rate: 100/s, find_limit: { hold: 10 s } }\nrules: [ p95 < 60 ms ]\n";

QString firstProblem(const std::expected<Preparation, Diagnostics> &preparation)
{
    return preparation ? QString() : preparation.error().front().message;
}

} // namespace

/// What a run does about the advice of its search, and what a scenario needs for one.
class SearchPilotTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesTheRateAtAWholeSecond();
    void changesItLaterWhenTheFrameCameLate();
    void factsHoldTheSearch();
    void needsARuleThatLoadCanBreak();
    void warnsOfAHandfulOfArrivals();
    void flowsWithTheirOwnRateTakeNoPart();
    void aChangedLoadSearchesFromItsHighestRate();
    void rulesOfStagesAreLeftOut();
    void usersAloneCannotBeSearched();
    void aRuleMorePatientThanTheSearchIsRefused();
    void theCommandLineSaysMoreThanTheFile();
};

void SearchPilotTest::changesTheRateAtAWholeSecond()
{
    const auto made = prepare(scenario(kSearch));
    QVERIFY(made);
    const auto facts = std::make_shared<const RunFacts>(factsOf(*made->plan, made->rules, {}, 1));
    SearchPilot pilot(facts, made->plan);
    QCOMPARE(pilot.begin().text, QStringLiteral("probe 1 tries 100/s"));
    QueueModel target({4, 20ms});
    PlanPtr changed;
    for (int second = 0; second < 13; ++second) {
        const SearchPilot::Order order = pilot.follow(target.nextSecond(100.0), (second + 1) * 1s + 3ms);
        QCOMPARE(order.plan != nullptr, second == 12); // settled in 3 s, judged for 10
        changed = order.plan;
    }
    const LoadProfile &profile = changed->streams.front().schedule.profile();
    QCOMPARE(profile.valueAt(14s - 1ns), 100.0);
    QCOMPARE(profile.valueAt(14s), 150.0);
    QCOMPARE(profile.end(), LoadProfile::kEndless);
}

void SearchPilotTest::changesItLaterWhenTheFrameCameLate()
{
    const auto made = prepare(scenario(kSearch));
    const auto facts = std::make_shared<const RunFacts>(factsOf(*made->plan, made->rules, {}, 1));
    SearchPilot pilot(facts, made->plan);
    QueueModel target({4, 20ms});
    SearchPilot::Order order;
    for (int second = 0; second < 13; ++second)
        order = pilot.follow(target.nextSecond(100.0), (second + 1) * 1s + 2s);
    QVERIFY(order.plan); // at 15 s; workers need 50 ms to be told
    QCOMPARE(order.plan->profile.valueAt(15s + 49ms), 100.0);
    QCOMPARE(order.plan->profile.valueAt(15s + 50ms), 150.0);
}

void SearchPilotTest::factsHoldTheSearch()
{
    const auto made = prepare(scenario(kSearch));
    const RunFacts facts = factsOf(*made->plan, made->rules, {}, 1);
    QCOMPARE(facts.limitSearch, (RunFacts::LimitSearch{100.0, 1000.0, 10s, 30s, 0.05}));
    QCOMPARE(facts.plannedLength, 0ns);
    QCOMPARE(facts.rules, (QStringList{QStringLiteral("p95 < 60 ms"), QStringLiteral("achieved >= 99 %")}));
}

void SearchPilotTest::needsARuleThatLoadCanBreak()
{
    const QString need = QStringLiteral(
        "a search for the limit needs a rule that more load can break, such as p95 < 50 ms or errors < 1 %");
    QVERIFY(prepare(scenario("load: { rate: 100/s, find_limit: {} }\n"))); // achieved >= 99 % is one
    QCOMPARE(firstProblem(prepare(scenario("achieved_rule: false\nload: { rate: 100/s, find_limit: {} }\n"))), need);
    QCOMPARE(firstProblem(prepare(scenario("achieved_rule: false\nload: { rate: 100/s, find_limit: {} }\n"
                                           "rules: [ count > 5, headroom >= 2 ]\n"))),
             need);
    QVERIFY(
        prepare(scenario("achieved_rule: false\nload: { rate: 100/s, find_limit: {} }\nrules: [ errors < 1 % ]\n")));
}

void SearchPilotTest::warnsOfAHandfulOfArrivals()
{
    const auto few = prepare(scenario("load: { rate: 0.5/s, find_limit: { hold: 10 s } }\n"));
    QVERIFY(few);
    QCOMPARE(few->warnings.size(), 1u);
    QVERIFY(few->warnings[0].message.contains(QStringLiteral("by 5 iterations")));
    QVERIFY(prepare(scenario("load: { rate: 2/s, find_limit: { hold: 10 s } }\n"))->warnings.empty());
}

void SearchPilotTest::flowsWithTheirOwnRateTakeNoPart()
{
    const auto made = prepare("headroom: 1\ntarget: { url: 'http://127.0.0.1:8080' }\n"
                              "flows: [ { steps: [ { get: / } ] }, { rate: 5/s, steps: [ { get: /b } ] } ]\n"
                              "load: { rate: 100/s, find_limit: {} }\n");
    QVERIFY(firstProblem(made).startsWith(QStringLiteral("a search for the limit sets one rate for all flows")));
}

void SearchPilotTest::aChangedLoadSearchesFromItsHighestRate()
{
    const QByteArray text =
        scenario("load: { stages: [ { rate: 10/s, for: 5 s }, { rate: 20/s to 80/s, for: 5 s }, { rate: 40/s, sine: { "
                 "amplitude: 10/s, period: 5 s }, for: 5 s } ] }\n");
    const auto highest = prepare(text, {}, {.findLimit = LimitChange{}});
    QVERIFY(highest);
    const RunFacts facts = factsOf(*highest->plan, highest->rules, {}, 1);
    QCOMPARE(facts.limitSearch, (RunFacts::LimitSearch{80.0, 800.0, 10s, 30s, 0.05}));
    QCOMPARE(facts.stages.size(), 1u);
    const auto given = prepare(text, {},
                               {.rate = Rate::perSecond(7),
                                .users = 9,
                                .findLimit = LimitChange{.upTo = Rate::perSecond(50), .hold = 2s, .confirm = 3s}});
    QVERIFY(given);
    QCOMPARE(factsOf(*given->plan, given->rules, {}, 1).limitSearch, (RunFacts::LimitSearch{7.0, 50.0, 2s, 3s, 0.05}));
    QCOMPARE(given->plan->userCap, 9);
}

void SearchPilotTest::rulesOfStagesAreLeftOut()
{
    const QByteArray text = scenario("load: { stages: [ { name: burst, rate: 80/s, for: 5 s } ] }\n"
                                     "rules: [ p95 < 1 s during burst, errors < 1 % ]\n");
    const auto made = prepare(text, {}, {.findLimit = LimitChange{}});
    QVERIFY(made);
    QCOMPARE(made->rules.size(), 2u); // errors, and achieved
    QCOMPARE(made->warnings.size(), 1u);
    QVERIFY(made->warnings[0].message.contains(QStringLiteral("'p95 < 1 s during burst'")));
    QCOMPARE(prepare(text)->rules.size(), 3u);
}

void SearchPilotTest::usersAloneCannotBeSearched()
{
    const QByteArray text = scenario("load: { users: 5, for: 5 s }\nrules: [ errors < 1 % ]\n");
    QVERIFY(
        firstProblem(prepare(text, {}, {.findLimit = LimitChange{}})).contains(QStringLiteral("give the load a rate")));
    QVERIFY(prepare(text, {}, {.rate = Rate::perSecond(5), .findLimit = LimitChange{}}));
    const auto tooLow =
        prepare(text, {}, {.rate = Rate::perSecond(5), .findLimit = LimitChange{.upTo = Rate::perSecond(5)}});
    QVERIFY(firstProblem(tooLow).contains(QStringLiteral("let it go further than 5/s")));
}

void SearchPilotTest::aRuleMorePatientThanTheSearchIsRefused()
{
    const auto withHold = [](const char *hold) {
        return scenario(QByteArray("load: { rate: 100/s, find_limit: { hold: ") + hold
                        + " } }\nrules: [ errors < 1 %, p95 < 50 ms for 30 s ]\n");
    };
    const auto refused = prepare(withHold("10 s"));
    QVERIFY(firstProblem(refused).startsWith(QStringLiteral(
        "a rule that may be violated for 30.0 s cannot break while the search holds each rate for 10.0 s")));
    QCOMPARE(refused.error().front().range.start.column, 24); // behind "rules: [ errors < 1 %, "
    QVERIFY(prepare(withHold("30 s")));
    // What the search does not look for may be as patient as it likes.
    QVERIFY(prepare(
        scenario("load: { rate: 100/s, find_limit: {} }\nrules: [ p95 < 50 ms, throughput > 1/s for 30 s ]\n")));
}

void SearchPilotTest::theCommandLineSaysMoreThanTheFile()
{
    const QByteArray text = scenario("load: { rate: 100/s, users: 50, find_limit: { up_to: 400/s, hold: 5 s, within: 2 "
                                     "% } }\nrules: [ p95 < 60 ms ]\n");
    const LoadChange change{.users = 70, .findLimit = LimitChange{.hold = 8s}};
    const auto made = prepare(text, {}, change);
    QVERIFY(made);
    QCOMPARE(factsOf(*made->plan, made->rules, {}, 1).limitSearch,
             (RunFacts::LimitSearch{100.0, 400.0, 8s, 30s, 0.02}));
    QCOMPARE(made->plan->userCap, 70);
    const auto options = change.described();
    QCOMPARE(options.size(), 3u);
    QCOMPARE(options[1].first, QStringLiteral("--find-limit"));
    QCOMPARE(options[2], (std::pair(QStringLiteral("--hold"), QStringLiteral("8.00 s"))));
}

QTEST_GUILESS_MAIN(SearchPilotTest)
#include "tst_searchpilot.moc"
