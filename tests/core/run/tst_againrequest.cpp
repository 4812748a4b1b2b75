// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/againrequest.h"
#include "core/session/mergedfrom.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

const QString kPath = QStringLiteral("/some/where/s.headroom");

/// The head that a run with these changes stores.
SessionHead headOf(const LoadChange &change)
{
    SessionHead head;
    head.scenarioText = "headroom: 1\n";
    head.scenarioFile = QStringLiteral("s.yaml");
    head.overrides = change.described();
    head.facts.seed = 77;
    return head;
}

} // namespace

class AgainRequestTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasWhatTheRunWasMadeOf();
    void loadsAreExactlyThoseOfTheRun_data();
    void loadsAreExactlyThoseOfTheRun();
    void aSearchIsOneAgain();
    void rulesFromOutsideComeAlong();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void refusesACountOfNone();
    void newerOptionsLieOnTop();
    void knowsHowLongTheLoadIs_data();
    void knowsHowLongTheLoadIs();
    void profilesAreReplacedGroupByGroup();
    void tellsASessionFromAScenario();
};

void AgainRequestTest::hasWhatTheRunWasMadeOf()
{
    SessionHead head = headOf({});
    head.overrides = {{QStringLiteral("load.stages[0].rate"), QStringLiteral("20/s")},
                      {QStringLiteral("vars.x"), QString()}};
    head.facts.profiles = {QStringLiteral("mode: stub"), QStringLiteral("environment: staging")};
    const auto again = againRequest(head, kPath);
    QVERIFY(again.has_value());
    QCOMPARE(again->folder, QStringLiteral("/some/where"));
    const RunRequest &request = again->request;
    QCOMPARE(request.scenarioText, head.scenarioText);
    QCOMPARE(request.scenarioFile, head.scenarioFile);
    QCOMPARE(request.seed, 77U);
    QCOMPARE(request.overrides.size(), 2U);
    QCOMPARE(request.overrides[0].path, QStringLiteral("load.stages[0].rate"));
    QCOMPARE(request.overrides[0].value, QStringLiteral("20/s"));
    QVERIFY(request.choice == (ProfileChoice{{QStringLiteral("mode=stub")}, QStringLiteral("staging")}));
}

void AgainRequestTest::loadsAreExactlyThoseOfTheRun_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<qint64>("duration");
    QTest::newRow("plain") << 50.0 << qint64(30'000'000'000);
    QTest::newRow("many digits") << 1234.5678 << qint64(1'234'567'891);
    QTest::newRow("no end in decimals") << 100.0 / 3.0 << qint64(125'000'000'000);
    QTest::newRow("few an hour") << 7.0 / 3600.0 << qint64(7'261'000'000'000);
}

void AgainRequestTest::loadsAreExactlyThoseOfTheRun()
{
    QFETCH(double, rate);
    QFETCH(qint64, duration);
    const LoadChange change{.rate = Rate::perSecond(rate),
                            .users = 5,
                            .duration = Nanoseconds(duration),
                            .target = QUrl(QStringLiteral("http://127.0.0.1:8080"))};
    const auto again = againRequest(headOf(change), kPath);
    QVERIFY2(again.has_value(), again ? "" : qPrintable(again.error().text()));
    QCOMPARE(again->request.change.rate, change.rate);
    QCOMPARE(again->request.change.users, change.users);
    QCOMPARE(again->request.change.duration, change.duration);
    QCOMPARE(again->request.change.target, change.target);
    QVERIFY(!again->request.change.iterations && !again->request.change.findLimit);
}

void AgainRequestTest::aSearchIsOneAgain()
{
    const LoadChange change{.iterations = {}, .findLimit = LimitChange{Rate::perSecond(500), 3s, std::nullopt}};
    const auto again = againRequest(headOf(change), kPath);
    QVERIFY(again.has_value() && again->request.change.findLimit);
    QCOMPARE(again->request.change.findLimit->upTo, Rate::perSecond(500));
    QCOMPARE(again->request.change.findLimit->hold, Nanoseconds(3s));
    QVERIFY(!again->request.change.findLimit->confirm);
    QVERIFY(againRequest(headOf({.findLimit = LimitChange{}}), kPath)->request.change.findLimit.has_value());
    const auto confirmed = againRequest(headOf({.findLimit = LimitChange{{}, 3s, 4s}}), kPath);
    QCOMPARE(confirmed->request.change.findLimit->hold, Nanoseconds(3s));
    QCOMPARE(confirmed->request.change.findLimit->confirm, Nanoseconds(4s));
}

void AgainRequestTest::rulesFromOutsideComeAlong()
{
    SessionHead head = headOf({});
    head.facts.rules = {QStringLiteral("p95 < 1 s"), QStringLiteral("achieved >= 99 %"),
                        QStringLiteral("errors < 1 %")};
    head.facts.requiredRules = {{1, true, false}, {2, false, false}}; // the implicit one comes by itself
    QCOMPARE(againRequest(head, kPath)->request.change.rules, QStringList{QStringLiteral("errors < 1 %")});
}

void AgainRequestTest::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("text") << "text" << QStringLiteral("the session holds no scenario text");
    QTest::newRow("merged") << "merged" << QStringLiteral("it was merged of several sessions; run each of those again");
    QTest::newRow("rate") << "--rate"
                          << QStringLiteral("its option '--rate' cannot be read, 'much' is not a rate; write a number "
                                            "and /s, /min, /h or /d, as in 50/s");
    QTest::newRow("users") << "--users"
                           << QStringLiteral("its option '--users' cannot be read, 'much' is no number of users");
    QTest::newRow("target") << "--target"
                            << QStringLiteral("its option '--target' cannot be read, 'much' is no http or https URL");
    QTest::newRow("newer") << "--warp"
                           << QStringLiteral("its option '--warp' cannot be read, this version does not know it");
}

void AgainRequestTest::saysWhatIsMissing()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    SessionHead head = headOf({});
    if (what == u"text")
        head.scenarioText = " \n";
    if (what == u"merged")
        head.environment = {{kMergedFrom, QStringLiteral("a, b")}};
    if (what.startsWith(u"--"))
        head.overrides = {{what, QStringLiteral("much")}};
    const auto again = againRequest(head, kPath);
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().text(), kPath + QStringLiteral(": it cannot be run again: ") + words);
}

void AgainRequestTest::refusesACountOfNone()
{
    SessionHead head = headOf({});
    head.overrides = {{QStringLiteral("--users"), QStringLiteral("0")}};
    QVERIFY(againRequest(head, kPath).error().message.endsWith(QStringLiteral("'0' is no number of users")));
    head.overrides = {{QStringLiteral("--iterations"), QStringLiteral("0")}};
    QVERIFY(againRequest(head, kPath).error().message.endsWith(QStringLiteral("'0' is no count")));
}

void AgainRequestTest::newerOptionsLieOnTop()
{
    const LoadChange older{.rate = Rate::perSecond(50),
                           .duration = 30s,
                           .findLimit = LimitChange{Rate::perSecond(500), 3s, {}},
                           .rules = {QStringLiteral("a")}};
    const LoadChange newer{
        .duration = 10s, .target = QUrl(QStringLiteral("http://127.0.0.1:1")), .findLimit = LimitChange{{}, 5s, 7s}};
    const LoadChange both = overlaid(older, newer);
    QCOMPARE(both.rate, Rate::perSecond(50));
    QCOMPARE(both.duration, Nanoseconds(10s));
    QCOMPARE(both.target, newer.target);
    QCOMPARE(both.findLimit->upTo, Rate::perSecond(500));
    QCOMPARE(both.findLimit->hold, Nanoseconds(5s));
    QCOMPARE(both.findLimit->confirm, Nanoseconds(7s));
    QCOMPARE(both.rules, QStringList{QStringLiteral("a")});
}

void AgainRequestTest::knowsHowLongTheLoadIs_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::addColumn<LoadChange>("change");
    QTest::addColumn<qint64>("seconds"); // 0: not told
    QTest::addColumn<qint64>("iterations"); // 0: not told
    const QByteArray stages = "{ stages: [ { rate: 5/s, for: 10 s }, { rate: 9/s, for: 20 s } ] }";
    QTest::newRow("stages") << stages << LoadChange{} << qint64(30) << qint64(0);
    QTest::newRow("scaled") << stages << LoadChange{.duration = 6s} << qint64(6) << qint64(0);
    QTest::newRow("count") << QByteArray("{ users: 2, iterations: 40 }") << LoadChange{} << qint64(0) << qint64(40);
    QTest::newRow("counted otherwise") << QByteArray("{ users: 2, iterations_each: 40 }") << LoadChange{} << qint64(0)
                                       << qint64(0);
    QTest::newRow("search") << stages << LoadChange{.findLimit = LimitChange{}} << qint64(0) << qint64(0);
    QTest::newRow("unreadable") << QByteArray("7") << LoadChange{} << qint64(0) << qint64(0);
}

void AgainRequestTest::knowsHowLongTheLoadIs()
{
    QFETCH(QByteArray, load);
    QFETCH(LoadChange, change);
    QFETCH(qint64, seconds);
    QFETCH(qint64, iterations);
    RunRequest request;
    request.scenarioText = "headroom: 1\ntarget: { url: 'http://127.0.0.1:1' }\nflows: [ { steps: [ { get: / } ] } ]\nload: "
        + load + '\n';
    request.change = change;
    const LoadChange length = lengthOf(request);
    QCOMPARE(length.duration.value_or(0s), Nanoseconds(std::chrono::seconds(seconds)));
    QCOMPARE(qint64(length.iterations.value_or(0)), iterations);
    QVERIFY(!length.rate && !length.users);
}

void AgainRequestTest::profilesAreReplacedGroupByGroup()
{
    const ProfileOffer offer{{{QStringLiteral("mode"), {QStringLiteral("stub"), QStringLiteral("full")}},
                              {QStringLiteral("size"), {QStringLiteral("small"), QStringLiteral("large")}}},
                             {QStringLiteral("staging"), QStringLiteral("production")}};
    const ProfileChoice older{{QStringLiteral("mode=stub"), QStringLiteral("size=large")}, QStringLiteral("staging")};
    QVERIFY(overlaid(offer, older, {}) == older);
    QVERIFY(overlaid(offer, older, {{QStringLiteral("full")}, QString()})
            == (ProfileChoice{{QStringLiteral("full"), QStringLiteral("size=large")}, QStringLiteral("staging")}));
    QVERIFY(overlaid(offer, older, {{}, QStringLiteral("production")})
            == (ProfileChoice{older.profiles, QStringLiteral("production")}));
    QVERIFY(overlaid(offer, older, {{QStringLiteral("nonsense")}, QString()})
                .profiles.contains(QStringLiteral("nonsense"))); // to be told
}

void AgainRequestTest::tellsASessionFromAScenario()
{
    const QTemporaryDir folder;
    const auto write = [&](const char *name, const QByteArray &bytes) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    };
    QVERIFY(isSessionFile(write("moved", QByteArray("SQLite format 3\0and more", 24))));
    QVERIFY(isSessionFile(write("broken.headroom", "x")));
    QVERIFY(!isSessionFile(write("s.yaml", "headroom: 1\n")));
    QVERIFY(!isSessionFile(folder.filePath(QStringLiteral("none.headroom"))));
    QVERIFY(!isSessionFile(folder.path()));
    QVERIFY(!isSessionFile(QStringLiteral("-")));
}

QTEST_GUILESS_MAIN(AgainRequestTest)
#include "tst_againrequest.moc"
