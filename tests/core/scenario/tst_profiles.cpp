// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

const QByteArray kScenario =
    "headroom: 1\n" // line 1
    "profiles:\n"
    "  mode:\n"
    "    stub: { headers: { X-Mode: stub }, query: { mode: stub }, vars: { tenant: stub-tenant } }\n"
    "    real: {}\n"
    "  size:\n" // line 6
    "    small: { load: { rate: 5/s } }\n"
    "    large: { load: { rate: 50/s, late: drop }, target: { timeout: { total: 9 s } } }\n"
    "environments:\n"
    "  staging: { target: { url: http://127.0.0.1:9000 }, vars: { tenant: staging-tenant } }\n"
    "vars: { tenant: demo }\n" // line 11
    "target:\n"
    "  url: http://127.0.0.1:8080\n"
    "  headers: { x-mode: none, X-Tenant: \"${tenant}\" }\n"
    "  timeout: { connect: 1 s, total: 3 s }\n"
    "flows: [ { steps: [ { get: / } ] } ]\n" // line 16
    "load: { rate: 1/s, for: 10 s }\n";

Scenario read(const ProfileChoice &choice, const std::vector<ScenarioOverride> &overrides = {})
{
    ScenarioReading reading = readScenario(kScenario, overrides, choice);
    for (const Diagnostic &problem : reading.diagnostics)
        qWarning().noquote() << formatDiagnostic(QStringLiteral("s"), problem);
    return std::move(reading.scenario);
}

/// All problems of a text, each as "line: message".
QStringList problemsOf(const QByteArray &text, const ProfileChoice &choice = {})
{
    QStringList problems;
    for (const Diagnostic &problem : readScenario(text, {}, choice).diagnostics)
        problems.append(QStringLiteral("%1: %2").arg(problem.range.start.line).arg(problem.message));
    return problems;
}

QString header(const Scenario &scenario, const QString &name)
{
    for (const auto &[key, value] : scenario.target.headers) {
        if (key == name)
            return value.constant();
    }
    return {};
}

const QByteArray kRest =
    "target: { url: http://h }\nflows: [ { steps: [ { get: / } ] } ]\nload: { rate: 1/s, for: 10 s }\n";

} // namespace

class ProfilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstOfEachGroup();
    void layesTheChosenOverTheScenario();
    void anEnvironmentComesAfterTheProfiles();
    void overridesComeLast();
    void overridesReachIntoProfiles();
    void nullRemoves();
    void listsAreReplaced();
    void refusesChoices_data();
    void refusesChoices();
    void pointsAtTheLineOfAProfileThatIsNotChosen();
    void saysOnceWhatIsWrongInAChosenProfile();
    void findsWhatOnlyGoesWrongTogether();
    void asksForNothingInAProfileButInItsLists();
    void aVarOfAnotherProfileIsNotUnused();
    void refusesNamesThatCannotBeChosen();
    void offersWhatThereIsToChoose();
    void keepsWhatIsStillOffered();
    void wordsAndChoiceAreTheSame();
};

void ProfilesTest::takesTheFirstOfEachGroup()
{
    const Scenario scenario = read({});
    QCOMPARE(scenario.profiles,
             (ChosenProfiles{{QStringLiteral("mode"), QStringLiteral("stub")},
                             {QStringLiteral("size"), QStringLiteral("small")}}));
    QCOMPARE(scenario.environment, QString());
    QCOMPARE(header(scenario, QStringLiteral("x-mode")), QStringLiteral("stub")); // as the scenario writes it
    QCOMPARE(scenario.target.headers.size(), 2u);
    QCOMPARE(header(scenario, QStringLiteral("X-Tenant")), QStringLiteral("stub-tenant"));
    QCOMPARE(scenario.target.query.size(), 1u);
    QCOMPARE(scenario.load.stages.front().rate->first.perSecond(), 5.0);
}

void ProfilesTest::layesTheChosenOverTheScenario()
{
    const Scenario scenario = read({{QStringLiteral("real"), QStringLiteral("size=large")}, {}});
    QCOMPARE(header(scenario, QStringLiteral("x-mode")), QStringLiteral("none"));
    QVERIFY(scenario.target.query.empty());
    QCOMPARE(scenario.load.late, Scenario::Late::Drop);
    QCOMPARE(scenario.load.stages.front().rate->first.perSecond(), 50.0);
    QCOMPARE(scenario.target.timeout.connect, 1s); // beside what is replaced
    QCOMPARE(scenario.target.timeout.total, 9s);
}

void ProfilesTest::anEnvironmentComesAfterTheProfiles()
{
    const Scenario scenario = read({{}, QStringLiteral("staging")});
    QCOMPARE(scenario.environment, QStringLiteral("staging"));
    QCOMPARE(scenario.target.url, QUrl(QStringLiteral("http://127.0.0.1:9000")));
    QCOMPARE(header(scenario, QStringLiteral("X-Tenant")), QStringLiteral("staging-tenant"));
    QCOMPARE(header(scenario, QStringLiteral("x-mode")), QStringLiteral("stub"));
}

void ProfilesTest::overridesComeLast()
{
    const Scenario scenario = read({{}, QStringLiteral("staging")},
                                   {{QStringLiteral("vars.tenant"), QStringLiteral("mine")},
                                    {QStringLiteral("load.rate"), QStringLiteral("7/s")}});
    QCOMPARE(header(scenario, QStringLiteral("X-Tenant")), QStringLiteral("mine"));
    QCOMPARE(scenario.load.stages.front().rate->first.perSecond(), 7.0);
}

void ProfilesTest::overridesReachIntoProfiles()
{
    const Scenario scenario = read({}, {{QStringLiteral("profiles.size.small.load.rate"), QStringLiteral("9/s")}});
    QCOMPARE(scenario.load.stages.front().rate->first.perSecond(), 9.0);
}

void ProfilesTest::nullRemoves()
{
    const QByteArray text =
        "headroom: 1\n"
        "profiles: { p: { a: { load: { rate: null, for: null, users: 3, iterations: 5 }, headers: { X-A: } } } }\n"
        "target: { url: http://h, headers: { x-a: 1, X-B: 2 } }\n"
        "flows: [ { steps: [ { get: / } ] } ]\nload: { rate: 1/s, for: 10 s }\n";
    QCOMPARE(problemsOf(text), QStringList());
    const Scenario scenario = readScenario(text).scenario;
    QVERIFY(!scenario.load.stages.front().rate);
    QCOMPARE(scenario.load.iterations, std::optional<std::uint64_t>(5));
    QCOMPARE(scenario.target.headers.size(), 1u);
    QCOMPARE(scenario.target.headers.front().first, QStringLiteral("X-B"));
}

void ProfilesTest::listsAreReplaced()
{
    const QByteArray text = "headroom: 1\n"
                            "profiles: { p: { a: { rules: [ p95 < 1 s ] } } }\n"
        + kRest + "rules: [ p50 < 1 s, errors < 1 % ]\n";
    const Scenario scenario = readScenario(text).scenario;
    QCOMPARE(scenario.rules.size(), 1u);
    QCOMPARE(scenario.rules.front().text, QStringLiteral("p95 < 1 s"));
    QCOMPARE(scenario.rules.front().range.start.line, 2);
}

void ProfilesTest::refusesChoices_data()
{
    QTest::addColumn<QStringList>("profiles");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("message");
    const QString none;
    QTest::newRow("misspelt") << QStringList{QStringLiteral("stup")} << none
                              << QStringLiteral("there is no profile 'stup' (did you mean 'stub'?)");
    QTest::newRow("unknown") << QStringList{QStringLiteral("xyzzy")} << none
                             << QStringLiteral("there is no profile 'xyzzy'; there are: stub, real, small, large");
    QTest::newRow("unknown group") << QStringList{QStringLiteral("mod=stub")} << none
                                   << QStringLiteral("there is no group of profiles 'mod' (did you mean 'mode'?)");
    QTest::newRow("of another group") << QStringList{QStringLiteral(
        "mode=small")} << none << QStringLiteral("the group 'mode' has no profile 'small'; there are: stub, real");
    QTest::newRow("two of a group") << QStringList{QStringLiteral("stub"), QStringLiteral("real")} << none
                                    << QStringLiteral("'stub' and 'real' are both profiles of the group 'mode'; choose "
                                                      "one of each group");
    QTest::newRow("environment") << QStringList() << QStringLiteral("stagin")
                                 << QStringLiteral("there is no environment 'stagin' (did you mean 'staging'?)");
}

void ProfilesTest::refusesChoices()
{
    QFETCH(QStringList, profiles);
    QFETCH(QString, environment);
    QFETCH(QString, message);
    QCOMPARE(problemsOf(kScenario, {profiles, environment}), QStringList{QStringLiteral("1: ") + message});
}

void ProfilesTest::pointsAtTheLineOfAProfileThatIsNotChosen()
{
    const QByteArray text = "headroom: 1\n"
                            "profiles:\n"
                            "  mode:\n"
                            "    stub: {}\n"
                            "    real:\n"
                            "      load: { rate: fast }\n" // line 6
                            "      colour: red\n"
                            "environments:\n"
                            "  staging:\n"
                            "    target: { urll: http://h }\n"
        + kRest; // line 10
    const QStringList problems = problemsOf(text);
    QCOMPARE(problems.size(), 3);
    QVERIFY2(problems[0].startsWith(QStringLiteral("6: ")), qPrintable(problems[0]));
    QVERIFY2(problems[1].startsWith(QStringLiteral("7: unknown field 'colour' in profiles.mode.real")),
             qPrintable(problems[1]));
    QCOMPARE(problems[2],
             QStringLiteral("10: unknown field 'urll' in environments.staging.target (did you mean 'url'?)"));
}

void ProfilesTest::saysOnceWhatIsWrongInAChosenProfile()
{
    const QByteArray text =
        "headroom: 1\nprofiles: { mode: { stub: { load: { rate: fast }, target: { no: 1 } } } }\n" + kRest;
    const QStringList problems = problemsOf(text);
    QCOMPARE(problems.size(), 2);
    QVERIFY2(problems[0].contains(QStringLiteral("fast")), qPrintable(problems[0]));
}

void ProfilesTest::findsWhatOnlyGoesWrongTogether()
{
    const QByteArray text = "headroom: 1\n"
                            "profiles:\n"
                            "  mode:\n"
                            "    stub: {}\n"
                            "    real: { load: { stages: [ { rate: 1/s, for: 1 s } ] } }\n" // line 5
                            "environments:\n"
                            "  staging: { target: { practice: {} } }\n"
        + kRest;
    QCOMPARE(
        problemsOf(text),
        (QStringList{QStringLiteral("5: with profile 'real', 'rate' and 'stages' exclude each other in load; keep one "
                                    "of them"),
                     QStringLiteral("7: with environment 'staging', 'url' and 'practice' exclude each other in "
                                    "target; keep one of them")}));
    const QStringList chosen = problemsOf(text, {{QStringLiteral("real")}, {}});
    QVERIFY(chosen.contains(QStringLiteral("5: 'rate' and 'stages' exclude each other in load; keep one of them")));
}

void ProfilesTest::asksForNothingInAProfileButInItsLists()
{
    const QByteArray head = "headroom: 1\nprofiles: { p: { a: ";
    QCOMPARE(problemsOf(head + "{ target: { timeout: { total: 1 s } } } } }\n" + kRest), QStringList());
    const QStringList problems =
        problemsOf(head + "{ load: { rate: , for: , stages: [ { for: 1 s } ] } } } }\n" + kRest);
    QCOMPARE(problems, QStringList{QStringLiteral("2: profiles.p.a.load.stages[0] needs one of: rate, users")});
    QCOMPARE(problemsOf("headroom: 1\nprofiles: { p: { a: } }\n" + kRest),
             QStringList{QStringLiteral("2: profiles.p.a is empty; write {} when it changes nothing")});
    QCOMPARE(problemsOf("headroom: 1\nprofiles: { p: {} }\n" + kRest),
             QStringList{QStringLiteral("2: profiles.p must have 1 to 100 entries, not 0")});
}

void ProfilesTest::aVarOfAnotherProfileIsNotUnused()
{
    const QByteArray text = "headroom: 1\nvars: { tenant: demo }\n"
                            "profiles: { p: { a: {}, b: { headers: { X-Tenant: \"${tenant}\" } } } }\n"
        + kRest;
    QCOMPARE(problemsOf(text), QStringList());
}

void ProfilesTest::refusesNamesThatCannotBeChosen()
{
    QCOMPARE(problemsOf("headroom: 1\nprofiles: { environment: { a: {} } }\n" + kRest),
             QStringList{QStringLiteral("2: a group of profiles cannot be called environment; choose another name")});
    QCOMPARE(problemsOf("headroom: 1\nprofiles: { p: { 'a=b': {} } }\n" + kRest),
             QStringList{QStringLiteral("2: 'a=b' cannot be chosen by its name; use letters, digits, '_' and '-'")});
}

void ProfilesTest::offersWhatThereIsToChoose()
{
    const ProfileOffer offer = readProfileOffer(kScenario);
    QCOMPARE(offer.groups.size(), 2u);
    QCOMPARE(offer.groups[1],
             (ProfileOffer::Group{QStringLiteral("size"), {QStringLiteral("small"), QStringLiteral("large")}}));
    QCOMPARE(offer.environments, QStringList{QStringLiteral("staging")});
    QVERIFY(readProfileOffer("a: [").isEmpty());
    QVERIFY(readProfileOffer("- profiles").isEmpty());
    QVERIFY(readProfileOffer("profiles: [ a ]\nenvironments: x").isEmpty());
}

void ProfilesTest::keepsWhatIsStillOffered()
{
    const ProfileOffer offer = readProfileOffer(kScenario);
    const ProfileChoice before{{QStringLiteral("mode=real"), QStringLiteral("size=huge"), QStringLiteral("zone=eu")},
                               QStringLiteral("production")};
    QCOMPARE(stillOffered(offer, before), (ProfileChoice{{QStringLiteral("mode=real")}, {}}));
    QCOMPARE(stillOffered({}, before), ProfileChoice());
}

void ProfilesTest::wordsAndChoiceAreTheSame()
{
    const QStringList words =
        profileWords({{QStringLiteral("mode"), QStringLiteral("stub")}}, QStringLiteral("staging"));
    QCOMPARE(words, (QStringList{QStringLiteral("mode: stub"), QStringLiteral("environment: staging")}));
    QCOMPARE(choiceOfWords(words), (ProfileChoice{{QStringLiteral("mode=stub")}, QStringLiteral("staging")}));
}

QTEST_GUILESS_MAIN(ProfilesTest)
#include "tst_profiles.moc"
