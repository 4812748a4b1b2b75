// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/startgate.h"
#include "core/run/supervisedtarget.h"
#include "tests/support/freeport.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Headroom;

namespace {

const QString kServer = QStringLiteral(HEADROOM_BIN_DIR "/tests-wilfulserver");
constexpr std::chrono::milliseconds kLimit{20'000};

/// A target on a free port, and all it tells.
struct Rig
{
    explicit Rig(const QString &options = {}, bool isKept = false, std::optional<int> onPort = {})
        : port(onPort ? *onPort : freePort())
        , start{.command = QStringLiteral("%1 --port %2 %3").arg(kServer).arg(port).arg(options).trimmed(),
                .stopWithin = 10s,
                .isKept = isKept,
                .range = {}}
    {
    }

    SupervisedTarget &make()
    {
        target = std::make_unique<SupervisedTarget>(start, QDir::tempPath(),
                                                    QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
        QObject::connect(target.get(), &SupervisedTarget::happened, &gate,
                         [this](const QString &text) { told.append(text); });
        QObject::connect(target.get(), &SupervisedTarget::died, &gate, [this](const QString &text) {
            deaths.append(text);
            gate.cancel();
        });
        return *target;
    }
    Result<void> open() { return QCoro::waitFor(make().open(gate, kLimit)); }
    void stop() { QCoro::waitFor(target->stop()); }

    int port;
    Scenario::Start start;
    StartGate gate;
    QStringList told;
    QStringList deaths;
    std::unique_ptr<SupervisedTarget> target;
};

bool isThere(qint64 pid) { return ProcessGroup(pid_t(pid)).isThere(); }

} // namespace

/// Real processes on loopback.
class SupervisedTargetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void startsItWaitsUntilItListensAndStopsIt();
    void startsItAnewAfterAStop();
    void tellsTheLastWordsOfWhoDiesBeforeItListens();
    void tellsWhenItDiesLater();
    void tellsWhenNobodyListensInTime();
    void killsWhoIgnoresSigterm();
    void killsWhatItHasStartedAsWell();
    void waitsNoLongerWhenHurried();
    void refusesAPortThatSomebodyElseHas();
    void refusesAProgramThatIsNotThere();
    void leavesNothingBehindWhenItIsDestroyed();
    void keepsItForTheNextRun();
    void refusesWhatAnotherScenarioHasKept();
    void tellsWhenAKeptOneDies();
    void endsWhatAKeptOneThatDiedHasLeftBehind();
    void startsNothingAfterACancel();

private:
    QTemporaryDir m_state;
};

void SupervisedTargetTest::initTestCase() { qputenv("XDG_STATE_HOME", m_state.path().toUtf8()); }

void SupervisedTargetTest::startsItWaitsUntilItListensAndStopsIt()
{
    Rig rig(QStringLiteral("--listen-after-ms 200"));
    const auto open = rig.open();
    QVERIFY2(open, open ? "" : qPrintable(open.error().text()));
    const qint64 pid = rig.target->processId();
    QVERIFY(isThere(pid));
    QVERIFY(QCoro::waitFor(rig.gate.isListening(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(rig.port)))));
    rig.stop();
    QVERIFY(!isThere(pid));
    QCOMPARE(rig.told.size(), 2);
    QVERIFY2(rig.told[0].contains(QStringLiteral("runs as process %1").arg(pid)), qPrintable(rig.told[0]));
    QVERIFY2(rig.told[1].contains(QStringLiteral("was stopped and ended in")), qPrintable(rig.told[1]));
    QVERIFY(rig.deaths.isEmpty()); // it did not die by itself
}

void SupervisedTargetTest::startsItAnewAfterAStop()
{
    Rig rig;
    QVERIFY(rig.open());
    const qint64 first = rig.target->processId();
    rig.stop();
    QVERIFY(QCoro::waitFor(rig.target->open(rig.gate, kLimit)));
    QVERIFY(rig.target->processId() != first);
    rig.stop();
}

void SupervisedTargetTest::tellsTheLastWordsOfWhoDiesBeforeItListens()
{
    Rig rig(QStringLiteral("--listen-after-ms 100000 --die-after-ms 50"));
    const auto open = rig.open();
    QVERIFY(!open);
    QCOMPARE(rig.deaths.size(), 1);
    QVERIFY2(rig.deaths[0].contains(QStringLiteral("exit code 7; it said: warming up | no such database")),
             qPrintable(rig.deaths[0]));
}

void SupervisedTargetTest::tellsWhenItDiesLater()
{
    Rig rig;
    QVERIFY(rig.open());
    ::kill(pid_t(rig.target->processId()), SIGKILL);
    QTRY_COMPARE(rig.deaths.size(), 1);
    QVERIFY2(rig.deaths[0].contains(QStringLiteral("signal 9")), qPrintable(rig.deaths[0]));
}

void SupervisedTargetTest::tellsWhenNobodyListensInTime()
{
    Rig rig(QStringLiteral("--listen-after-ms 100000"));
    const auto open = QCoro::waitFor(rig.make().open(rig.gate, std::chrono::milliseconds(300)));
    QVERIFY(!open);
    QCOMPARE(open.error().code, Error::Code::Unreachable);
    QVERIFY2(open.error().text().contains(QStringLiteral("nobody listens there within 300 ms")),
             qPrintable(open.error().text()));
    rig.stop();
}

void SupervisedTargetTest::killsWhoIgnoresSigterm()
{
    Rig rig(QStringLiteral("--ignore-term 1"));
    rig.start.stopWithin = 200ms;
    QVERIFY(rig.open());
    const qint64 pid = rig.target->processId();
    rig.stop();
    QVERIFY(!isThere(pid));
    QVERIFY2(rig.told.last().contains(QStringLiteral("was killed")), qPrintable(rig.told.last()));
}

void SupervisedTargetTest::killsWhatItHasStartedAsWell()
{
    // The server ends with SIGTERM, the process it has forked does not.
    Rig rig(QStringLiteral("--child 1"));
    rig.start.stopWithin = 200ms;
    QVERIFY(rig.open());
    const qint64 pid = rig.target->processId();
    rig.stop();
    QTRY_VERIFY(!isThere(pid));
    QVERIFY2(rig.told.last().contains(QStringLiteral("was killed")), qPrintable(rig.told.last()));
}

void SupervisedTargetTest::waitsNoLongerWhenHurried()
{
    Rig rig(QStringLiteral("--ignore-term 1"));
    rig.start.stopWithin = 1h;
    QVERIFY(rig.open());
    rig.target->hurry();
    rig.stop(); // the test's own time limit is far below an hour
    QVERIFY(rig.told.last().contains(QStringLiteral("was killed")));
}

void SupervisedTargetTest::refusesAPortThatSomebodyElseHas()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Rig rig({}, false, other.serverPort());
    const auto open = rig.open();
    QVERIFY(!open);
    QCOMPARE(open.error().code, Error::Code::Unreachable);
    QVERIFY2(open.error().text().contains(QStringLiteral("somebody listens there already")),
             qPrintable(open.error().text()));
    QCOMPARE(rig.target->processId(), 0);
}

void SupervisedTargetTest::refusesAProgramThatIsNotThere()
{
    Rig rig;
    rig.start.command = QStringLiteral("./nothing-like-this");
    const auto open = rig.open();
    QVERIFY(!open);
    QVERIFY2(open.error().text().contains(QStringLiteral("there is no program './nothing-like-this'")),
             qPrintable(open.error().text()));
}

void SupervisedTargetTest::leavesNothingBehindWhenItIsDestroyed()
{
    Rig rig(QStringLiteral("--ignore-term 1 --child 1"));
    QVERIFY(rig.open());
    const qint64 pid = rig.target->processId();
    rig.target.reset();
    QTRY_VERIFY(!isThere(pid));
}

void SupervisedTargetTest::keepsItForTheNextRun()
{
    Rig rig({}, true);
    QVERIFY(rig.open());
    const qint64 pid = rig.target->processId();
    QCoro::waitFor(rig.target->letGo());
    QVERIFY2(rig.told.last().contains(QStringLiteral("end it with: kill %1").arg(pid)), qPrintable(rig.told.last()));
    rig.target.reset();
    QVERIFY(isThere(pid));

    QVERIFY(rig.open());
    QCOMPARE(rig.target->processId(), pid);
    QVERIFY2(rig.told.last().contains(QStringLiteral("no other was started")), qPrintable(rig.told.last()));
    rig.stop();
    QTRY_VERIFY(!isThere(pid));
    QVERIFY(!keptProcessAt(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(rig.port))));
}

void SupervisedTargetTest::refusesWhatAnotherScenarioHasKept()
{
    Rig keeper({}, true);
    QVERIFY(keeper.open());
    const qint64 pid = keeper.target->processId();
    QCoro::waitFor(keeper.target->letGo());
    Rig other(QStringLiteral("--listen-after-ms 1"), true, keeper.port); // another command
    const auto open = other.open();
    QVERIFY(!open);
    QVERIFY2(open.error().text().contains(QStringLiteral("kill %1").arg(pid)), qPrintable(open.error().text()));
    QVERIFY(isThere(pid)); // it is not ours to end
    QVERIFY(keeper.open());
    keeper.stop();
}

void SupervisedTargetTest::tellsWhenAKeptOneDies()
{
    Rig rig({}, true);
    QVERIFY(rig.open());
    ::kill(pid_t(rig.target->processId()), SIGKILL);
    QTRY_COMPARE(rig.deaths.size(), 1);
    QCOMPARE(rig.target->processId(), 0);
}

void SupervisedTargetTest::endsWhatAKeptOneThatDiedHasLeftBehind()
{
    Rig rig(QStringLiteral("--child 1"), true);
    rig.start.stopWithin = 200ms;
    QVERIFY(rig.open());
    const qint64 pid = rig.target->processId();
    ::kill(pid_t(pid), SIGKILL);
    QTRY_COMPARE(rig.deaths.size(), 1);
    QVERIFY(isThere(pid)); // its child
    QCoro::waitFor(rig.target->letGo());
    QTRY_VERIFY(!isThere(pid));
    QVERIFY2(rig.told.last().contains(QStringLiteral("had left behind was killed")), qPrintable(rig.told.last()));
}

void SupervisedTargetTest::startsNothingAfterACancel()
{
    Rig rig;
    rig.gate.cancel();
    const auto open = rig.open();
    QVERIFY(!open);
    QCOMPARE(open.error().code, Error::Code::Cancelled);
    QCOMPARE(rig.target->processId(), 0);
}

QTEST_GUILESS_MAIN(SupervisedTargetTest)
#include "tst_supervisedtarget.moc"
