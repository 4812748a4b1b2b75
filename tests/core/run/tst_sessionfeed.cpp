// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionfeed.h"
#include "core/session/sessionreader.h"
#include "tests/support/framebuilder.h"

#include <QDir>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

SessionHead headOf()
{
    SessionHead head;
    head.facts = exampleFacts();
    head.facts.sampleKeeping = SampleKeeping::All;
    head.toolVersion = QStringLiteral("1");
    head.startedAtMs = 1'700'000'000'000;
    return head;
}

/// One answered request a second, kept whole.
SecondSamplesPtr samplesOf(int second)
{
    RawSample sample;
    sample.planned = second * Nanoseconds(1s);
    sample.firstByte = sample.finished = 5ms;
    sample.step = StepIndex{0};
    sample.status = 200;
    return std::make_shared<const SecondSamples>(SecondSamples{second, 1, {sample}});
}

/// Holds the store thread up until it is let go, as a disk does that does not answer.
class BlockedStore
{
public:
    explicit BlockedStore(SessionFeed &feed)
    {
        auto *inside = new QObject;
        inside->moveToThread(feed.storeThread());
        QMetaObject::invokeMethod(
            inside,
            [inside, gate = m_gate] {
                gate->isHeld.release();
                gate->go.acquire();
                inside->deleteLater();
            },
            Qt::QueuedConnection);
        m_gate->isHeld.acquire();
    }
    ~BlockedStore() { letGo(); }
    void letGo() { m_gate->go.release(); }

private:
    struct Gate
    {
        QSemaphore isHeld;
        QSemaphore go;
    };
    const std::shared_ptr<Gate> m_gate = std::make_shared<Gate>();
};

} // namespace

/// A disk that does not answer: what waits for it is told, bounded, and written when it comes back.
class SessionFeedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void storesSecondsWithTheirSamples();
    void tellsOfASlowDiskAndLosesNothing();
    void leavesRawSamplesOutBehindThirtySeconds();
    void givesUpBehindThreeHundredSeconds();
    void takesNothingMoreAfterAnError();
    void leavesNoFileWhenAnAttachmentDoesNotFit();

private:
    void append(SessionFeed &feed, int from, int to)
    {
        for (int second = from; second < to; ++second)
            feed.append(FrameBuilder(second).answered(0, 1, 5ms).pointer(), samplesOf(second),
                        second * Nanoseconds(1s));
    }
    QStringList told() const
    {
        QStringList texts;
        for (const RunEvent &event : m_events)
            texts.append(event.text);
        return texts;
    }
    std::unique_ptr<SessionFeed> openFeed()
    {
        auto feed = std::make_unique<SessionFeed>(m_path);
        connect(feed.get(), &SessionFeed::happened, this, [this](const RunEvent &event) { m_events.push_back(event); });
        connect(feed.get(), &SessionFeed::failed, this, [this](const Error &error) { m_errors.append(error.text()); });
        const Result<void> opened = feed->open(headOf());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        return feed;
    }
    /// The kept samples of each second.
    std::vector<std::size_t> keptSamples() const
    {
        std::vector<std::size_t> kept;
        const auto session = SessionReader::open(m_path);
        if (session)
            (void)(*session)->forEachSamples([&](const SecondSamples &samples) {
                kept.push_back(samples.kept.size());
                return true;
            });
        return kept;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::vector<RunEvent> m_events;
    QStringList m_errors;
};

void SessionFeedTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("run.headroom"));
    m_events.clear();
    m_errors.clear();
}

void SessionFeedTest::storesSecondsWithTheirSamples()
{
    const auto feed = openFeed();
    append(*feed, 0, 3);
    QVERIFY(feed->finish({}, {}, 1'700'000'003'000));
    QCOMPARE(feed->waiting(), 0);
    QCOMPARE(keptSamples(), (std::vector<std::size_t>{1, 1, 1}));
    QCOMPARE(told(), QStringList());
}

void SessionFeedTest::tellsOfASlowDiskAndLosesNothing()
{
    const auto feed = openFeed();
    BlockedStore blocked(*feed);
    append(*feed, 0, 20);
    QCOMPARE(feed->waiting(), 20);
    QCOMPARE(told(),
             QStringList{QStringLiteral("the disk is slow: 7 seconds wait to be written")}); // six of them for a second
    blocked.letGo();
    QTRY_COMPARE(feed->waiting(), 0);
    append(*feed, 20, 21);
    QCOMPARE(told().last(), QStringLiteral("the disk has caught up after 14.0 s")); // from second 6 to 20
    QVERIFY(feed->finish({}, {}, 1'700'000'021'000));
    QCOMPARE(keptSamples(), std::vector<std::size_t>(21, 1));
    QCOMPARE(m_errors, QStringList());
}

void SessionFeedTest::leavesRawSamplesOutBehindThirtySeconds()
{
    const auto feed = openFeed();
    BlockedStore blocked(*feed);
    append(*feed, 0, 33); // 31 wait when second 31 comes
    QCOMPARE(told().last(),
             QStringLiteral("the disk is so slow that no raw samples are stored until it has caught up: 31 seconds "
                            "wait to be written"));
    blocked.letGo();
    QTRY_COMPARE(feed->waiting(), 0);
    append(*feed, 33, 34);
    QCOMPARE(told().last(),
             QStringLiteral("the disk has caught up after 27.0 s; the raw samples of 2 seconds were not stored"));
    QVERIFY(feed->finish({}, {}, 1'700'000'034'000));
    std::vector<std::size_t> expected(34, 1);
    expected[31] = expected[32] = 0;
    QCOMPARE(keptSamples(), expected);
    const auto session = SessionReader::open(m_path);
    QVERIFY(session);
    QCOMPARE((*session)->frameCount(), 34);
    QCOMPARE((*session)->sampleTotals().candidates, 34u); // that they were there is known
    QCOMPARE((*session)->sampleTotals().kept, 32u);
}

void SessionFeedTest::givesUpBehindThreeHundredSeconds()
{
    const auto feed = openFeed();
    append(*feed, 0, 2);
    QTRY_COMPARE(feed->waiting(), 0);
    BlockedStore blocked(*feed);
    append(*feed, 2, 303); // 301 wait then
    QCOMPARE(m_errors, QStringList());
    append(*feed, 303, 310);
    const QString why = m_path
        + QStringLiteral(": the disk is too slow: 301 seconds wait to be written, and nothing more is recorded; "
                         "write the session to a faster one");
    QCOMPARE(m_errors, QStringList{why});
    QCOMPARE(feed->waiting(), 301); // no more than these
    blocked.letGo();
    const Result<void> finished = feed->finish({}, {}, 1'700'000'310'000);
    QVERIFY(!finished);
    QCOMPARE(finished.error().text(), why);
    QCoreApplication::processEvents(); // the store's own word comes behind
    QCOMPARE(m_errors, QStringList{why});
    QVERIFY(!QFile::exists(m_path)); // never taken for a whole session
    const auto part = SessionReader::open(m_path + QStringLiteral(".part"));
    QVERIFY(part);
    QCOMPARE((*part)->frameCount(), 2); // what waited is not written after all
}

void SessionFeedTest::takesNothingMoreAfterAnError()
{
    const auto feed = openFeed();
    append(*feed, 1, 2);
    append(*feed, 0, 1); // seconds come in order
    QTRY_COMPARE(m_errors.size(), 1);
    append(*feed, 2, 5);
    QCOMPARE(feed->waiting(), 0);
    QVERIFY(!feed->finish({}, {}, 1'700'000'005'000));
    QCOMPARE(m_errors.size(), 1);
}

void SessionFeedTest::leavesNoFileWhenAnAttachmentDoesNotFit()
{
    SessionFeed feed(m_path);
    QVERIFY(!feed.open(headOf(), {Attachment{.name = QStringLiteral("good"), .bytes = "1"},
                                  Attachment{.name = QStringLiteral("not/good"), .bytes = "2"}}));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList());
}

QTEST_GUILESS_MAIN(SessionFeedTest)
#include "tst_sessionfeed.moc"
