// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/session/wholesession.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/longtests.h"
#include "tests/support/targetprocess.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace Headroom;

/// Real runs, killed at moments that nobody chose: all but the last second can be read and reported.
class KilledRunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesAtMostTheLastSecond();

private:
    TargetProcess m_target;
};

namespace {

constexpr int kLimitMs = 60'000;

/// Whole seconds that a run has told on standard output, one line each.
class ToldSeconds
{
public:
    void take(const QByteArray &bytes)
    {
        m_line += bytes;
        for (qsizetype end; (end = m_line.indexOf('\n')) >= 0; m_line.remove(0, end + 1)) {
            const double end_s = QJsonDocument::fromJson(m_line.first(end)).object()[QStringLiteral("t_s")].toDouble();
            m_told = std::max(m_told, int(end_s));
        }
    }
    int told() const { return m_told; }

private:
    QByteArray m_line;
    int m_told = 0;
};

/// A moment within the next second, by its seed.
void letPass(std::chrono::microseconds time)
{
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    itimerspec end{};
    end.it_value = {time.count() / 1'000'000, time.count() % 1'000'000 * 1000 + 1};
    timerfd_settime(timer, 0, &end, nullptr);
    pollfd watched{timer, POLLIN, 0};
    poll(&watched, 1, -1);
    close(timer);
}

} // namespace

void KilledRunsTest::losesAtMostTheLastSecond()
{
    QVERIFY(m_target.start({QStringLiteral("--service-time"), QStringLiteral("*=5ms")}));
    const int kills = timesToTry(5, 20);
    int stored = 0;
    for (std::uint64_t seed = 0; seed < std::uint64_t(kills); ++seed) {
        QTemporaryDir folder;
        const QString part = folder.filePath(QStringLiteral("s.headroom.part"));
        QProcess run;
        run.start(headroomProgram(),
                  {QStringLiteral("run"), m_target.url().toString() + QStringLiteral("/documents/1"), QStringLiteral("--rate"),
                   QStringLiteral("200/s"), QStringLiteral("--duration"), QStringLiteral("60s"), QStringLiteral("--progress"),
                   QStringLiteral("json"), QStringLiteral("--out"), folder.filePath(QStringLiteral("s.headroom"))});
        ToldSeconds seconds;
        const int until = 1 + int(randomAt(seed, 0) % 2);
        while (seconds.told() < until && run.waitForReadyRead(kLimitMs))
            seconds.take(run.readAllStandardOutput());
        QVERIFY2(seconds.told() >= until, run.readAllStandardError().constData());
        letPass(std::chrono::microseconds(randomAt(seed, 1) % 1'000'000));
        run.kill();
        QVERIFY(run.waitForFinished(kLimitMs));
        seconds.take(run.readAllStandardOutput());

        const WholeSession read = readWhole(part);
        QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
        QVERIFY(!read.wasClosedCleanly && !read.ending);
        QCOMPARE_GE(read.frameCount, seconds.told() - 1); // a second is told when it is over, and then committed
        QCOMPARE_LE(read.frameCount, seconds.told() + 1);
        for (int second = 0; second < read.frameCount; ++second)
            QCOMPARE(read.frames[std::size_t(second)]->second, second);
        const ProcessResult report = runHeadroom({QStringLiteral("report"), part}, folder.path());
        const QString at = QStringLiteral("interrupted at 0:%1").arg(read.frameCount, 2, 10, QLatin1Char('0'));
        QVERIFY2(report.out.contains(at), qPrintable(at + QStringLiteral(" is not in\n") + report.out + report.err));
        stored += read.frameCount;
    }
    qInfo("%d kills, %d seconds stored", kills, stored);
}

QTEST_GUILESS_MAIN(KilledRunsTest)
#include "tst_killedruns.moc"
