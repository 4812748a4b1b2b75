// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"
#include "core/run/capturedfile.h"
#include "core/run/neededtrust.h"
#include "core/run/profilebyhand.h"
#include "core/run/profiledprocess.h"
#include "tests/support/fakeprofilers.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Headroom;

namespace {

using Kind = Scenario::Capture::Kind;

constexpr int kEndLimitMs = 20'000;

QCoro::Task<> keep(ProfileCapture &capture, ProfileCapture::Order order,
                   std::optional<ProfileCapture::Outcome> &outcome)
{
    outcome = co_await capture.record(std::move(order));
}

} // namespace

class ProfileCaptureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void recordsByPerf();
    void recordsByRealPerf();
    void recordsByPySpy();
    void recordsByACommand();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void canBeCut();
    void givesUpAfterItsTime();
    void namesFilesByWhatIsInThem_data();
    void namesFilesByWhatIsInThem();
    void findsTheProcess();
    void choosesTheProcessOfAProfileByHand();
    void tellsOfAProfileByHand();
    void asksForTrustWhereTheProcessIsNotTheTarget();

private:
    ProfileCapture::Outcome outcomeOf(ProfileCapture::Order order)
    {
        ProfileCapture capture(m_clock);
        std::optional<ProfileCapture::Outcome> outcome;
        keep(capture, std::move(order), outcome);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome, kEndLimitMs); }();
        return outcome.value_or(ProfileCapture::Outcome{});
    }
    ProfileCapture::Order order(Kind kind, const QString &command = {}) const
    {
        Scenario::Capture capture;
        capture.kind = kind;
        capture.length = 20ms;
        return {.capture = capture,
                .pids = {int(getpid())},
                .command = command,
                .folder = m_folder.path(),
                .name = QStringLiteral("flame"),
                .number = 2};
    }

    SteadyClock m_clock;
    QTemporaryDir m_folder;
    QByteArray m_path;
};

void ProfileCaptureTest::initTestCase()
{
    m_path = qgetenv("PATH");
    QVERIFY(makeFakeProfilers(m_folder.path()));
}

void ProfileCaptureTest::cleanup()
{
    qputenv("PATH", m_folder.path().toUtf8() + ':' + m_path);
    qunsetenv("FAKE_PROFILER");
}

void ProfileCaptureTest::recordsByPerf()
{
    cleanup();
    const auto outcome = outcomeOf(order(Kind::Perf));
    QCOMPARE(outcome.text, QStringLiteral("4 samples in 20.0 ms, attached as flame-2.folded"));
    QVERIFY(outcome.file);
    QCOMPARE(outcome.file->name, QStringLiteral("flame-2.folded"));
    QCOMPARE(outcome.file->mediaType, QStringLiteral("text/x-folded-stacks"));
    QCOMPARE(outcome.file->bytes, QByteArray("server;do_idle_[k] 1\nserver;main;work 3\n"));
}

void ProfileCaptureTest::recordsByRealPerf()
{
    qputenv("PATH", m_path);
    auto wanted = order(Kind::Perf);
    wanted.capture.length = 1s;
    ProfileCapture capture(m_clock);
    std::optional<ProfileCapture::Outcome> outcome;
    keep(capture, wanted, outcome);
    QTRY_VERIFY_WITH_TIMEOUT(([&] { // something to be seen
                                 volatile int turn = 0;
                                 while (turn < 10'000'000)
                                     turn = turn + 1;
                                 return outcome.has_value();
                             }()),
                             kEndLimitMs);
    if (outcome->text.contains(QLatin1String("not allowed")))
        QSKIP("perf may not look at processes here");
    QVERIFY2(outcome->file, qPrintable(outcome->text));
    QVERIFY(samplesOf(*outcome->file)); // as many as a busy machine has left
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    QVERIFY(outcome->file->bytes.startsWith(program.left(15).toUtf8())); // a thread's name has 15 letters at most
}

void ProfileCaptureTest::recordsByPySpy()
{
    const auto outcome = outcomeOf(order(Kind::PySpy));
    QVERIFY2(outcome.file, qPrintable(outcome.text));
    QCOMPARE(outcome.file->bytes, QByteArray("run (app.py:3);work (app.py:12) 3\nrun (app.py:3) 1\n"));
    QCOMPARE(outcome.text, QStringLiteral("4 samples in 20.0 ms, attached as flame-2.folded"));
}

void ProfileCaptureTest::recordsByACommand()
{
    const auto folded = outcomeOf(order(Kind::Command, QStringLiteral("sh -c \"echo 'a;b 3' > ${file}\"")));
    QVERIFY2(folded.file, qPrintable(folded.text));
    QCOMPARE(folded.file->bytes, QByteArray("a;b 3\n"));
    QCOMPARE(folded.text, QStringLiteral("3 samples, attached as flame-2.folded"));
    const auto other = outcomeOf(order(Kind::Command, QStringLiteral("sh -c \"echo 'no stacks here' > ${file}\"")));
    QVERIFY(other.file);
    QCOMPARE(other.text, QStringLiteral("15 B, attached as flame-2.txt"));
    const auto nothing = outcomeOf(order(Kind::Command, QStringLiteral("true ${file}")));
    QVERIFY(!nothing.file);
    QCOMPARE(nothing.text, QStringLiteral("ended well, but has written nothing to ${file}"));
    const auto failed = outcomeOf(order(Kind::Command, QStringLiteral("sh -c \"echo no; exit 3 # ${file}\"")));
    QVERIFY(!failed.file);
    QCOMPARE(failed.text, QStringLiteral("ended with exit code 3; it said: no"));
}

void ProfileCaptureTest::saysWhatIsMissing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<QString>("says");
    QTest::newRow("no perf") << int(Kind::Perf) << QByteArray("none")
                             << QStringLiteral(
                                    "perf is not installed on this machine; install it (Debian: linux-perf), or "
                                    "profile by py_spy, url or command");
    QTest::newRow("no py-spy") << int(Kind::PySpy) << QByteArray("none")
                               << QStringLiteral(
                                      "py-spy is not installed on this machine; install it (pip install py-spy), or "
                                      "profile by perf, url or command");
    QTest::newRow("denied") << int(Kind::Perf) << QByteArray("denied")
                            << QStringLiteral(
                                   "perf is not allowed to look at the process; set kernel.perf_event_paranoid to 1, "
                                   "or give perf the capability CAP_PERFMON");
    QTest::newRow("py-spy denied")
        << int(Kind::PySpy) << QByteArray("denied")
        << QStringLiteral("py-spy is not allowed to look at the process; set "
                          "kernel.yama.ptrace_scope to 0, or give py-spy the capability CAP_SYS_PTRACE");
    QTest::newRow("broken") << int(Kind::Perf) << QByteArray("broken")
                            << QStringLiteral("perf ended with exit code 3; it said: something is wrong");
    QTest::newRow("idle") << int(Kind::Perf) << QByteArray("idle")
                          << QStringLiteral("not one sample in 20.0 ms: the process had nothing to do");
    QTest::newRow("py-spy idle") << int(Kind::PySpy) << QByteArray("idle")
                                 << QStringLiteral("not one sample in 20.0 ms: the process had nothing to do");
}

void ProfileCaptureTest::saysWhatIsMissing()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, how);
    if (how == "none")
        qputenv("PATH", "/nowhere");
    else
        qputenv("FAKE_PROFILER", how);
    const auto outcome = outcomeOf(order(Kind(kind)));
    QVERIFY(!outcome.file);
    QTEST(outcome.text, "says");
}

void ProfileCaptureTest::canBeCut()
{
    qputenv("FAKE_PROFILER", "hang");
    ProfileCapture capture(m_clock);
    std::optional<ProfileCapture::Outcome> outcome;
    keep(capture, order(Kind::Perf), outcome);
    capture.cut();
    QTRY_VERIFY_WITH_TIMEOUT(outcome, kEndLimitMs);
    QCOMPARE(outcome->text, QStringLiteral("perf was cut with the run"));
}

void ProfileCaptureTest::givesUpAfterItsTime()
{
    qputenv("FAKE_PROFILER", "hang");
    auto wanted = order(Kind::Perf);
    wanted.within = 50ms;
    QCOMPARE(outcomeOf(wanted).text, QStringLiteral("perf had not ended in time and was stopped"));
}

void ProfileCaptureTest::namesFilesByWhatIsInThem_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::newRow("folded") << QByteArray("a;b 1\n") << QStringLiteral("a_b-1.folded");
    QTest::newRow("pprof") << QByteArray::fromHex("1f8b0800000000000003") << QStringLiteral("a_b-1.pb.gz");
    QTest::newRow("text") << QByteArray("just words\n") << QStringLiteral("a_b-1.txt");
    QTest::newRow("anything") << QByteArray("\x00\x01\x02\xff", 4) << QStringLiteral("a_b-1.bin");
}

void ProfileCaptureTest::namesFilesByWhatIsInThem()
{
    QFETCH(QByteArray, bytes);
    QTEST(capturedFile(QStringLiteral("a/b"), 1, bytes).name, "name");
}

void ProfileCaptureTest::findsTheProcess()
{
    Scenario::Capture capture;
    QCOMPARE(profiledProcesses(capture, int(getpid()))->front(), int(getpid()));
    QCOMPARE(profiledProcesses(capture, 0).error().message, QStringLiteral("there is no target that runs to profile"));
    capture.pid = 4'194'304;
    QCOMPARE(profiledProcesses(capture, 0).error().message, QStringLiteral("there is no process 4194304 to profile"));
    capture = {};
    capture.processName = QStringLiteral("tst_profilecapt"); // as the kernel cuts it
    QCOMPARE(profiledProcesses(capture, 0)->front(), int(getpid()));
    capture.processName = QStringLiteral("nobody at all");
    QCOMPARE(profiledProcesses(capture, 0).error().message,
             QStringLiteral("there is no process 'nobody at all' to profile"));
}

void ProfileCaptureTest::choosesTheProcessOfAProfileByHand()
{
    Scenario scenario;
    const QUrl here(QStringLiteral("http://127.0.0.1:8080/x"));
    QCOMPARE(captureByHand(scenario, here)->port, std::optional(8080));
    QCOMPARE(captureByHand(scenario, QUrl(QStringLiteral("https://localhost")))->port, std::optional(443));
    QVERIFY(!captureByHand(scenario, QUrl(QStringLiteral("https://example.com"))));
    Scenario::Probe probe;
    probe.unit = QStringLiteral("nginx.service"); // by a unit nobody is named here
    scenario.probes.push_back(probe);
    probe = {};
    probe.processName = QStringLiteral("server");
    scenario.probes.push_back(probe);
    QCOMPARE(captureByHand(scenario, here)->processName, QStringLiteral("server"));
    scenario.target.practice = Scenario::Practice();
    QVERIFY(captureByHand(scenario, here)->processName.isEmpty()); // the target itself
}

void ProfileCaptureTest::tellsOfAProfileByHand()
{
    Scenario scenario;
    scenario.target.practice = Scenario::Practice();
    ProfileByHand profiles(scenario, m_clock);
    QSignalSpy idle(&profiles, &ProfileByHand::idle);
    std::vector<RunEvent> events;
    std::vector<Attachment> files;
    connect(&profiles, &ProfileByHand::happened, this, [&](const RunEvent &event) { events.push_back(event); });
    connect(&profiles, &ProfileByHand::captured, this, [&](const Attachment &file) { files.push_back(file); });
    profiles.begin(20ms, getpid(), {}, m_clock.now());
    QVERIFY(profiles.isBusy());
    profiles.begin(20ms, getpid(), {}, m_clock.now()); // one at a time
    QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, kEndLimitMs);
    QVERIFY(!profiles.isBusy());
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events[0].kind, QStringLiteral("profile"));
    QCOMPARE(events[0].text, QStringLiteral("a profile of process %1 by perf begins, for 20.0 ms").arg(getpid()));
    QCOMPARE(events[1].text, QStringLiteral("profile: 4 samples in 20.0 ms, attached as profile-1.folded"));
    QCOMPARE(files.size(), 1u);
    profiles.begin(20ms, 0, {}, m_clock.now());
    QCOMPARE(events.back().text, QStringLiteral("no profile: there is no target that runs to profile"));
    QVERIFY(!profiles.isBusy());
}

void ProfileCaptureTest::asksForTrustWhereTheProcessIsNotTheTarget()
{
    Scenario scenario;
    Scenario::Action action;
    action.capture = Scenario::Capture();
    scenario.actions = {action};
    QCOMPARE(neededCommands(scenario), QStringList());
    scenario.actions[0].capture->pid = 7;
    QCOMPARE(neededCommands(scenario), QStringList{QStringLiteral("perf record --pid 7")});
    scenario.actions[0].capture = Scenario::Capture();
    scenario.actions[0].capture->kind = Kind::PySpy;
    scenario.actions[0].capture->port = 80;
    QCOMPARE(neededCommands(scenario), QStringList{QStringLiteral("py-spy record --pid of port 80")});
}

QTEST_GUILESS_MAIN(ProfileCaptureTest)
#include "tst_profilecapture.moc"
