// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/session/recordedsession.h"

#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace Headroom;

/// Any part of a session, found without reading the rest, gives exactly what its seconds give.
class SessionRangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readsTheSecondsOfARange_data();
    void readsTheSecondsOfARange();
    void readsNothingBeforeARange();
    void comparesTheFirstSecondWithTheDigestBefore();
    void mergesAnyRangeAsItsSeconds_data();
    void mergesAnyRangeAsItsSeconds();
    void takesWholeMinutesFromWhereTheyLieMerged();
    void refusesADamagedMinute_data();
    void refusesADamagedMinute();
    void givesBackTheRawSamples();
    void stopsGivingRawSamplesWhenToldTo();

private:
    QString copyOf(const QString &path);
    QTemporaryDir m_folder;
    QString m_whole; // seconds 0 to 189
    QString m_gaps; // some are missing, also the last ones of minutes and all of minute 2
    QString m_killed; // like whole, to 129
    std::vector<int> m_gapSeconds;
    int m_copies = 0;
};

namespace {

std::unique_ptr<SessionReader> opened(const QString &path)
{
    auto reader = SessionReader::open(path);
    if (!reader)
        qFatal("%s", qPrintable(reader.error().text()));
    return std::move(*reader);
}

/// What a range must give: every second's histograms, merged one by one.
std::vector<LatencySet> mergedOneByOne(const SessionReader &reader, int from, int to)
{
    std::vector<LatencySet> merged(reader.facts()->steps.size());
    const auto read = reader.forEachFrame([&](const FramePtr &frame) {
        for (std::size_t step = 0; step < merged.size(); ++step)
            if (frame->second >= from && frame->second < to && !mergeInto(merged[step], frame->steps[step]))
                qFatal("a histogram cannot be decoded");
        return true;
    });
    if (!read)
        qFatal("%s", qPrintable(read.error().text()));
    return merged;
}

bool isSame(const std::vector<LatencySet> &a, const std::vector<LatencySet> &b)
{
    return std::ranges::equal(a, b, [](const LatencySet &left, const LatencySet &right) {
        return left.histograms == right.histograms && left.counts == right.counts;
    });
}

std::vector<int> secondsTo(int end)
{
    std::vector<int> seconds(std::size_t(end), 0);
    std::iota(seconds.begin(), seconds.end(), 0);
    return seconds;
}

} // namespace

void SessionRangesTest::initTestCase()
{
    m_whole = writeRecorded(m_folder.filePath(QStringLiteral("whole")), secondsTo(190));
    m_killed = writeRecorded(m_folder.filePath(QStringLiteral("killed")), secondsTo(130), Ended::Killed);
    for (int second = 0; second < 320; ++second)
        if (second / 60 != 2 && second != 59 && (second < 230 || second > 260) && second % 3 != 1)
            m_gapSeconds.push_back(second);
    m_gaps = writeRecorded(m_folder.filePath(QStringLiteral("gaps")), m_gapSeconds);
    QVERIFY(!m_whole.isEmpty() && !m_killed.isEmpty() && !m_gaps.isEmpty());
}

QString SessionRangesTest::copyOf(const QString &path)
{
    const QString copy = m_folder.filePath(QStringLiteral("copy%1").arg(++m_copies));
    if (!QFile::copy(path, copy))
        qFatal("cannot copy %s", qPrintable(path));
    return copy;
}

void SessionRangesTest::readsTheSecondsOfARange_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::newRow("all") << 0 << 400;
    QTest::newRow("more than all") << -5 << 100'000;
    QTest::newRow("the middle") << 100 << 300;
    QTest::newRow("from a gap to a gap") << 59 << 130;
    QTest::newRow("one") << 71 << 72;
    QTest::newRow("a gap") << 125 << 170;
    QTest::newRow("none") << 70 << 70;
    QTest::newRow("backward") << 70 << 60;
    QTest::newRow("after the end") << 5000 << 6000;
    QTest::newRow("before the start") << -10 << -5;
    QTest::newRow("to the end") << 318 << std::numeric_limits<int>::max();
}

void SessionRangesTest::readsTheSecondsOfARange()
{
    QFETCH(int, from);
    QFETCH(int, to);
    std::vector<int> expected;
    std::ranges::copy_if(m_gapSeconds, std::back_inserter(expected),
                         [&](int second) { return second >= from && second < to; });
    std::vector<int> seconds;
    const auto read = opened(m_gaps)->forEachFrame(from, to, [&](const FramePtr &frame) {
        seconds.push_back(frame->second);
        return frame->steps[0].counts == recordedSecond(frame->second).frame.steps[0].counts;
    });
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().text()));
    QCOMPARE(seconds, expected);
}

void SessionRangesTest::readsNothingBeforeARange()
{
    // Second 10 is damaged: who reads it is told, who begins behind it never sees it.
    const QString path = copyOf(m_whole);
    QCOMPARE(changeSession(path, "UPDATE step_seconds SET response_times = x'00' WHERE id >> 20 = 10"), QString());
    const auto reader = opened(path);
    const auto use = [](const FramePtr &) { return true; };
    QVERIFY(reader->forEachFrame(11, 190, use).has_value());
    QVERIFY(reader->forEachFrame(0, 10, use).has_value());
    QVERIFY(!reader->forEachFrame(10, 11, use).has_value());
    QVERIFY(!reader->forEachFrame(use).has_value());
}

void SessionRangesTest::comparesTheFirstSecondWithTheDigestBefore()
{
    const QString path = copyOf(m_whole);
    QCOMPARE(changeSession(path, "UPDATE frames SET digest = zeroblob(16) WHERE second = 9"), QString());
    const auto reader = opened(path);
    const auto read = reader->forEachFrame(10, 20, [](const FramePtr &) { return true; });
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().message.contains(QLatin1String("second 10 does not fit its digest")),
             qPrintable(read.error().message));
    QVERIFY(reader->forEachFrame(11, 20, [](const FramePtr &) { return true; }).has_value());
}

void SessionRangesTest::mergesAnyRangeAsItsSeconds_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("without gaps") << m_whole;
    QTest::newRow("with gaps") << m_gaps;
    QTest::newRow("of a killed run") << m_killed;
}

void SessionRangesTest::mergesAnyRangeAsItsSeconds()
{
    QFETCH(QString, path);
    const auto reader = opened(path);
    std::vector<std::pair<int, int>> ranges{{0, 1000}, {-3, 7},     {0, 60},  {60, 120},   {59, 121},
                                            {1, 180},  {180, 1000}, {20, 20}, {30, 10},    {119, 181},
                                            {61, 119}, {0, 0},      {-9, -1}, {5000, 6000}};
    for (std::uint64_t i = 0; i < 25; ++i)
        ranges.emplace_back(int(randomAt(1, i) % 300), int(randomAt(2, i) % 420));
    for (const auto &[from, to] : ranges) {
        const auto merged = reader->merged(from, to);
        QVERIFY2(merged.has_value(), merged ? "" : qPrintable(merged.error().text()));
        QVERIFY2(isSame(*merged, mergedOneByOne(*reader, from, to)),
                 qPrintable(QStringLiteral("from %1 to %2").arg(from).arg(to)));
    }
}

void SessionRangesTest::takesWholeMinutesFromWhereTheyLieMerged()
{
    // Within minute 1 a second is damaged. Who needs only the minute does not read it.
    const QString path = copyOf(m_whole);
    const auto good = opened(path)->merged(30, 150);
    QCOMPARE(changeSession(path, "UPDATE step_seconds SET response_times = x'00' WHERE id >> 20 = 100"), QString());
    const auto reader = opened(path);
    const auto merged = reader->merged(30, 150);
    QVERIFY(merged.has_value());
    QVERIFY(isSame(*merged, *good));
    QVERIFY(reader->merged(60, 120).has_value());
    QVERIFY(!reader->merged(61, 120).has_value());
    QVERIFY(!reader->merged(60, 119).has_value());
}

void SessionRangesTest::refusesADamagedMinute_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *sql, const char *words) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromLatin1(words);
    };
    const char *digest = "merged minute 1 does not fit its digest";
    row("another count", "UPDATE step_minutes SET requests = requests + 1 WHERE id = 1048576", digest);
    row("a count below none", "UPDATE step_minutes SET requests = -1 WHERE id = 1048576", "negative");
    row("another histogram", "UPDATE step_minutes SET failed_times = rejected_times WHERE id = 1048576", digest);
    row("no histogram", "UPDATE step_minutes SET failed_times = x'00' WHERE id = 1048576", digest);
    row("another status", "UPDATE minute_statuses SET count = count + 1 WHERE id = 1048576", digest);
    row("a status of an unknown step", "UPDATE minute_statuses SET step = 3 WHERE id = 1048576", "unknown step");
    row("a status of an unused step", "UPDATE minute_statuses SET step = 1 WHERE id = 1048576", "without requests");
    row("a status less", "DELETE FROM minute_statuses WHERE id = 1048576", "a row of a second is missing");
    row("another kind of failure", "UPDATE minute_failures SET kind = 'other' WHERE id = 1048576", digest);
    row("an unknown kind of failure", "UPDATE minute_failures SET kind = 'bad luck' WHERE id = 1048576",
        "kind of failure");
}

void SessionRangesTest::refusesADamagedMinute()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, words);
    const QString path = copyOf(m_whole);
    QCOMPARE(changeSession(path, sql), QString());
    const auto reader = opened(path); // the digests themselves are in place
    const auto merged = reader->merged(0, 190);
    QVERIFY(!merged.has_value());
    QCOMPARE(merged.error().code, Error::Code::InvalidInput);
    QVERIFY2(merged.error().message.contains(words), qPrintable(merged.error().message));
    QVERIFY(reader->merged(120, 190).has_value());
    QVERIFY(!reader->verify().has_value());
}

void SessionRangesTest::givesBackTheRawSamples()
{
    for (const QString &path : {m_gaps, m_killed}) {
        const auto reader = opened(path);
        std::vector<SecondSamples> expected;
        std::uint64_t kept = 0;
        QVERIFY(reader->forEachFrame([&](const FramePtr &frame) {
            if (SecondSamples samples = recordedSecond(frame->second).samples; samples.candidates > 0) {
                kept += samples.kept.size();
                expected.push_back(std::move(samples));
            }
            return true;
        }));
        std::vector<SecondSamples> given;
        QVERIFY(reader->forEachSamples([&](const SecondSamples &samples) {
            given.push_back(samples);
            return true;
        }));
        QVERIFY(given == expected);
        QCOMPARE(reader->sampleTotals().kept, kept);
        QCOMPARE(reader->sampleTotals().candidates, kept);
    }
}

void SessionRangesTest::stopsGivingRawSamplesWhenToldTo()
{
    int calls = 0;
    QVERIFY(opened(m_whole)->forEachSamples([&](const SecondSamples &) { return ++calls < 3; }));
    QCOMPARE(calls, 3);
}

QTEST_GUILESS_MAIN(SessionRangesTest)
#include "tst_sessionranges.moc"
