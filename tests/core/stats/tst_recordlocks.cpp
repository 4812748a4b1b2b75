// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/samplerecorder.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <mutex>
#include <shared_mutex>

#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>

namespace {

thread_local int locks = 0; // taken by this thread

/// The C library's own function behind the one of this program.
template <typename Function> Function original(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

// Whoever locks in this program, in whichever library, comes through here. Sanitizers that watch threads do so
// themselves; they get their own functions.
#ifndef __SANITIZE_THREAD__
extern "C" {

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    static const auto lock = original<int (*)(pthread_mutex_t *)>("pthread_mutex_lock");
    ++locks;
    return lock(mutex);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    static const auto lock = original<int (*)(pthread_mutex_t *)>("pthread_mutex_trylock");
    ++locks;
    return lock(mutex);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *mutex)
{
    static const auto lock = original<int (*)(pthread_rwlock_t *)>("pthread_rwlock_rdlock");
    ++locks;
    return lock(mutex);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *mutex)
{
    static const auto lock = original<int (*)(pthread_rwlock_t *)>("pthread_rwlock_wrlock");
    ++locks;
    return lock(mutex);
}

int pthread_spin_lock(pthread_spinlock_t *mutex)
{
    static const auto lock = original<int (*)(pthread_spinlock_t *)>("pthread_spin_lock");
    ++locks;
    return lock(mutex);
}

int sem_wait(sem_t *semaphore)
{
    static const auto wait = original<int (*)(sem_t *)>("sem_wait");
    ++locks;
    return wait(semaphore);
}

} // extern "C"
#endif

using namespace Headroom;

/// Recording takes no lock: not one that the system could be asked for, and no name of one stands in the code of the
/// room, for a lock of Qt's that is free is taken without asking anybody.
class RecordLocksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theCountSeesLocks();
    void recordingTakesNone();
    void theRoomNamesNone();
};

void RecordLocksTest::initTestCase()
{
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer has these functions itself");
#endif
}

void RecordLocksTest::theCountSeesLocks()
{
    std::mutex mutex;
    std::shared_mutex shared;
    const int before = locks;
    mutex.lock();
    mutex.unlock();
    shared.lock_shared();
    shared.unlock_shared();
    QCOMPARE(locks - before, 2);
}

void RecordLocksTest::recordingTakesNone()
{
    constexpr SteadyTime kStart{1h};
    SampleRecorder recorder(3);
    const ConnectionOpening opening{1ms, 2ms, 3ms, true};
    const int before = locks;
    for (int i = 0; i < 30'000; ++i) {
        Sample sample;
        sample.step = StepIndex{i % 3};
        sample.timings.planned = kStart;
        sample.timings.sent = kStart + std::chrono::microseconds(i % 7);
        sample.timings.firstByte = sample.timings.sent + std::chrono::microseconds(i);
        sample.timings.finished = sample.timings.firstByte + 1us;
        sample.opening = i % 17 == 0 ? &opening : nullptr;
        sample.status = std::uint16_t(i % 11 == 0 ? 429 : i % 13 == 0 ? 500 : 200);
        sample.outcome = sample.status == 429 ? Outcome::Rejected
            : sample.status == 500            ? Outcome::Error
                                              : Outcome::Answered;
        sample.failure = sample.status == 500 ? FailureKind::Status : FailureKind::None;
        recorder.recordSend(sample.timings.sendLag());
        recorder.record(sample);
    }
    QCOMPARE(locks - before, 0);
}

void RecordLocksTest::theRoomNamesNone()
{
    static const QRegularExpression kLock(QStringLiteral("QMutex|QBasicMutex|QReadWriteLock|QSemaphore|QWaitCondition|"
                                                         "std::\\w*(mutex|lock|semaphore)|pthread_|<mutex>"));
    QDirIterator files(QStringLiteral(HEADROOM_SOURCE_DIR "/core/stats"),
                       {QStringLiteral("*.cpp"), QStringLiteral("*.h")});
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QVERIFY2(!text.contains(kLock), qPrintable(file.fileName()));
        ++count;
    }
    QVERIFY(count > 10);
}

QTEST_GUILESS_MAIN(RecordLocksTest)
#include "tst_recordlocks.moc"
