// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundesk.h"

#include "core/session/sessionreader.h"
#include "tests/support/headroomprocess.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Headroom {

namespace {

constexpr char kLong[] =
    "headroom: 1\nname: Long\ntarget: { practice: {} }\nflows:\n  - steps: [ { get: /documents/1 } ]\n"
    "load:\n  stages:\n    - { rate: 50/s, for: 60 s }\n";

RunRequest requestOf(const QByteArray &text, const QString &file = {})
{
    RunRequest request;
    request.scenarioText = text;
    request.scenarioFile = file;
    return request;
}

} // namespace

/// Real runs against the practice target.
class RunDeskTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void storesARunThatIsStopped();
    void takesTheOverridesAndTheSeedOfARequest();
    void cutsAndStoresTheRunThatIsOnWhenItIsDestroyed();
    void startsNothingWhenStoppedWhileItIsChecked();
    void saysWhatIsWrongWithAScenario();
    void asksForAHostOnlyWhenItWasNeverAllowed();
    void asksForACommandOnlyWhenItWasNeverAllowed();
    void asksAgainForASecretOfAnotherScenarioOrPlace();
    void tellsWhenTheSessionHasNoPlace();

private:
    RunDesk::Setup setup();
    QString session() const { return m_folder->filePath(QStringLiteral("Long.headroom")); }
    std::unique_ptr<QTemporaryDir> m_folder;
    bool m_isAllowed = false;
};

void RunDeskTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_isAllowed = false;
}

RunDesk::Setup RunDeskTest::setup()
{
    const auto path = [this](const QString &name) -> Result<QString> {
        return m_folder->filePath(name + QStringLiteral(".headroom"));
    };
    return {targetProgram(), {}, path, [this](const QString &) { return m_isAllowed; }};
}

void RunDeskTest::storesARunThatIsStopped()
{
    RunDesk desk(setup());
    QSignalSpy finished(&desk, &RunDesk::finished);
    int frames = 0;
    connect(&desk, &RunDesk::started, this, [&](Run *run) { connect(run, &Run::frameReady, this, [&] { ++frames; }); });
    desk.start(requestOf(kLong, QStringLiteral("long.yaml")));
    QVERIFY(desk.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(frames > 0, 20000);
    desk.stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    QCOMPARE(finished.first().first().toString(), session());
    QTRY_VERIFY(!desk.isBusy());
    const auto reader = SessionReader::open(session());
    QVERIFY(reader);
    QCOMPARE((*reader)->ending()->reason, RunEnding::Reason::Stopped);
    QCOMPARE((*reader)->head().scenarioFile, QStringLiteral("long.yaml"));
}

void RunDeskTest::takesTheOverridesAndTheSeedOfARequest()
{
    RunDesk desk(setup());
    QSignalSpy finished(&desk, &RunDesk::finished);
    RunRequest request = requestOf(kLong);
    request.overrides = {{QStringLiteral("load.stages[0].for"), QStringLiteral("1 s")}};
    request.seed = 4711;
    desk.start(request, {}, m_folder->path());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    const auto reader = SessionReader::open(session());
    QVERIFY(reader);
    QCOMPARE((*reader)->facts()->seed, 4711);
    QCOMPARE((*reader)->facts()->plannedLength, 1s);
    QCOMPARE((*reader)->head().overrides.size(), 1);
}

/// The run's own event loop delivered its end to the desk, which destroyed the run a second time.
void RunDeskTest::cutsAndStoresTheRunThatIsOnWhenItIsDestroyed()
{
    auto desk = std::make_unique<RunDesk>(setup());
    int frames = 0;
    connect(desk.get(), &RunDesk::started, this,
            [&](Run *run) { connect(run, &Run::frameReady, this, [&] { ++frames; }); });
    desk->start(requestOf(kLong));
    QTRY_VERIFY_WITH_TIMEOUT(frames > 0, 20000);
    const QSignalSpy finished(desk.get(), &RunDesk::finished);
    desk.reset();
    QCOMPARE(finished.size(), 0); // nobody hears of a desk that is going
    const auto reader = SessionReader::open(session());
    QVERIFY(reader);
    QVERIFY((*reader)->wasClosedCleanly());
    QVERIFY((*reader)->frameCount() >= frames);
}

void RunDeskTest::startsNothingWhenStoppedWhileItIsChecked()
{
    RunDesk desk(setup());
    QSignalSpy started(&desk, &RunDesk::started);
    desk.start(requestOf(kLong));
    desk.stop();
    QTRY_VERIFY(!desk.isBusy());
    QCOMPARE(started.size(), 0);
    QVERIFY(!QFile::exists(session()));
    desk.start(requestOf(kLong)); // and the next one is started
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 5000);
}

void RunDeskTest::saysWhatIsWrongWithAScenario()
{
    RunDesk desk(setup());
    Diagnostics problems;
    connect(&desk, &RunDesk::refused, this, [&](const Diagnostics &found) { problems = found; });
    desk.start(requestOf("headroom: 1\nnames: x\n"));
    QTRY_VERIFY(!problems.empty());
    QVERIFY(!desk.isBusy());
}

void RunDeskTest::asksForAHostOnlyWhenItWasNeverAllowed()
{
    const QByteArray foreign = QByteArray(kLong).replace("{ practice: {} }", "{ url: http://foreign.invalid }");
    RunDesk desk(setup());
    QSignalSpy questions(&desk, &RunDesk::hostsInQuestion);
    QSignalSpy started(&desk, &RunDesk::started);
    desk.start(requestOf(foreign));
    QTRY_COMPARE(questions.size(), 1);
    QCOMPARE(questions.first().first().toStringList(), QStringList{QStringLiteral("foreign.invalid")});
    QVERIFY(!desk.isBusy());
    m_isAllowed = true;
    desk.start(requestOf(foreign));
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(questions.size(), 1);
}

void RunDeskTest::asksForACommandOnlyWhenItWasNeverAllowed()
{
    const QString path = m_folder->filePath(QStringLiteral("s.yaml"));
    const QByteArray scenario = QByteArray(kLong)
                                    .replace("{ practice: {} }", "{ lines: { command: cat } }")
                                    .replace("get: /documents/1", "line: hello");
    QStringList asked;
    RunDesk::Setup made = setup();
    made.isCommandAllowed = [&](const QString &file, const QString &command) {
        asked = {file, command};
        return m_isAllowed;
    };
    RunDesk desk(made);
    QSignalSpy questions(&desk, &RunDesk::commandsInQuestion);
    QSignalSpy started(&desk, &RunDesk::started);
    desk.start(requestOf(scenario, QStringLiteral("s.yaml")), path);
    QVERIFY(questions.wait());
    QCOMPARE(questions.first().first().toStringList(), QStringList{QStringLiteral("cat")});
    QCOMPARE(asked, (QStringList{path, QStringLiteral("cat")}));
    QVERIFY(!desk.isBusy());
    QVERIFY(started.isEmpty());
    m_isAllowed = true;
    desk.start(requestOf(scenario, QStringLiteral("s.yaml")), path);
    QVERIFY(started.wait());
    desk.cut();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isBusy(), 15'000);
}

void RunDeskTest::asksAgainForASecretOfAnotherScenarioOrPlace()
{
    const auto scenario = [](const QByteArray &variable) {
        return QByteArray(kLong).replace("flows:", "secrets: { KEY: env " + variable + " }\nflows:")
            .replace("get: /documents/1", "get: /documents/1, headers: { X-Key: '${secret.KEY}' }");
    };
    const QByteArray text = scenario("HEADROOM_TEST_NONE");
    const QString path = m_folder->filePath(QStringLiteral("a.yaml"));
    const QString other = m_folder->filePath(QStringLiteral("b.yaml"));
    RunDesk desk(setup());
    Diagnostics problems;
    connect(&desk, &RunDesk::refused, this, [&](const Diagnostics &found) { problems = found; });
    int asked = 0;
    const auto answer = [&](const QString &file) {
        return [&desk, &asked, file](const std::vector<MissingSecret> &missing) {
            ++asked;
            desk.giveSecrets(file, missing, {{missing.front().secret.name, QStringLiteral("typed-value")}});
        };
    };
    QMetaObject::Connection told = connect(&desk, &RunDesk::secretsInQuestion, this, answer(path));
    int startedRuns = 0;
    connect(&desk, &RunDesk::started, this, [&] {
        ++startedRuns;
        desk.cut();
    });
    const auto tryStart = [&](const QByteArray &what, const QString &file) {
        desk.start(requestOf(what), file);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.isBusy(), 20'000);
    };
    tryStart(text, path);
    QVERIFY2(problems.empty(), problems.empty() ? "" : qPrintable(problems.front().message));
    QCOMPARE(asked, 1);
    tryStart(text, path); // the value counts
    QCOMPARE(asked, 1);
    QCOMPARE(startedRuns, 1);
    tryStart(scenario("HEADROOM_TEST_OTHER"), path);
    QCOMPARE(asked, 2);
    disconnect(told);
    told = connect(&desk, &RunDesk::secretsInQuestion, this, answer(other));
    tryStart(text, other);
    QCOMPARE(asked, 3);
    desk.forgetSecrets();
    tryStart(text, other);
    QCOMPARE(asked, 4);
    qputenv("HEADROOM_TEST_NONE", "no"); // what is there and cannot be used is no value
    tryStart(text, other);
    qunsetenv("HEADROOM_TEST_NONE");
    QCOMPARE(asked, 4);
    QCOMPARE(startedRuns, 2);
}

void RunDeskTest::tellsWhenTheSessionHasNoPlace()
{
    RunDesk::Setup nowhere = setup();
    nowhere.newSessionPath = [](const QString &) -> Result<QString> {
        return failure(Error::Code::Unwritable, QStringLiteral("no room"));
    };
    RunDesk desk(nowhere);
    QSignalSpy failed(&desk, &RunDesk::failed);
    desk.start(requestOf(kLong));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!desk.isBusy());
}

} // namespace Headroom

QTEST_GUILESS_MAIN(Headroom::RunDeskTest)
#include "tst_rundesk.moc"
