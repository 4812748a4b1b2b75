// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/session/compression.h"
#include "core/session/samplecodec.h"
#include "core/session/sessionlimits.h"
#include "core/stats/bytestream.h"

#include <QTest>

#include <limits>

using namespace Headroom;

class SampleCodecTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesBackEverySampleExactly_data();
    void givesBackEverySampleExactly();
    void needsFewBytes();
    void refusesWhatIsNoBlock_data();
    void refusesWhatIsNoBlock();
    void refusesValuesOutOfRange_data();
    void refusesValuesOutOfRange();
    void survivesEveryFlippedBit();
};

namespace {

RunFacts factsOf(std::size_t steps)
{
    RunFacts facts;
    facts.steps.resize(steps);
    return facts;
}

RawSample extremeSample(Nanoseconds time, std::uint64_t count, std::uint16_t small)
{
    return {.planned = time,
            .sent = time,
            .firstByte = time,
            .finished = time,
            .bytesIn = count,
            .bytesOut = count,
            .step = StepIndex{2},
            .status = small,
            .resends = small,
            .outcome = Outcome::Error,
            .failure = FailureKind::Other};
}

/// What the service times of a second might be like: around 20 ms, a first byte some microseconds before the last.
std::vector<RawSample> usualSamples(int count)
{
    std::vector<RawSample> samples;
    for (int i = 0; i < count; ++i) {
        const auto random = [i](std::uint64_t what) { return randomAt(what, std::uint64_t(i)); };
        RawSample sample;
        sample.planned = i * Nanoseconds(20ms);
        sample.sent = Nanoseconds(20'000 + random(1) % 80'000);
        sample.firstByte = Nanoseconds(10'000'000 + random(2) % 20'000'000);
        sample.finished = sample.firstByte + Nanoseconds(random(3) % 30'000);
        sample.bytesIn = 500;
        sample.step = StepIndex{i % 3};
        sample.status = 200;
        samples.push_back(sample);
    }
    return samples;
}

/// Ten columns with one value each, the one of `column` replaced.
QByteArray blockWith(int column, std::int64_t value)
{
    ByteWriter writer(100);
    for (int i = 0; i < 10; ++i)
        writer.zigZag(i == column ? value : 0);
    return compressed(writer.bytes());
}

} // namespace

void SampleCodecTest::givesBackEverySampleExactly_data()
{
    QTest::addColumn<std::vector<RawSample>>("samples");
    QTest::newRow("none") << std::vector<RawSample>();
    QTest::newRow("one of nothing") << std::vector{RawSample{.step = StepIndex{0}}};
    QTest::newRow("a second") << usualSamples(50);
    QTest::newRow("a busy second") << usualSamples(20'000);
    const RawSample most = extremeSample(kMaxSessionTime, kMaxSessionCount, std::numeric_limits<std::uint16_t>::max());
    const RawSample least = extremeSample(-kMaxSessionTime, 0, 0);
    QTest::newRow("extremes") << std::vector{most, least, most, least};
}

void SampleCodecTest::givesBackEverySampleExactly()
{
    QFETCH(std::vector<RawSample>, samples);
    const QByteArray bytes = encodeSamples(samples);
    QCOMPARE(bytes.isEmpty(), samples.empty());
    const auto decoded = decodeSamples(bytes, samples.size(), factsOf(3));
    QVERIFY2(decoded.has_value(), decoded ? "" : qPrintable(decoded.error().message));
    QCOMPARE(*decoded, samples);
    for (const RawSample &sample : samples)
        QVERIFY(isFine(sample, factsOf(3)));
}

void SampleCodecTest::needsFewBytes()
{
    // 80 us take 2.0 bytes, 20 ms take 3.0 bytes, 30 us take 1.9 bytes: about 7 that nothing can spare.
    QCOMPARE_LT(encodeSamples(usualSamples(1000)).size(), 1000 * 11);
}

void SampleCodecTest::refusesWhatIsNoBlock_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<std::size_t>("count");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &bytes, std::size_t count, const char *words) {
        QTest::newRow(name) << bytes << count << QString::fromLatin1(words);
    };
    const QByteArray good = encodeSamples(usualSamples(50));
    row("bytes of no sample", good, 0, "should be none");
    row("no bytes", {}, 1, "does not fit their count");
    row("a text", "samples", 1, "does not fit their count");
    row("more than there are", good, 51, "missing or out of range");
    row("far more than there are", good, 5000, "does not fit their count");
    row("fewer than there are", good, 49, "");
    row("far fewer than there are", good, 1, "does not fit their count");
    row("more than a second can have", good, kMaxSamplesOfASecond + 1, "too many");
    row("an endless count", good, SIZE_MAX, "too many");
    row("half", good.first(good.size() / 2), 50, "broken");
    row("a byte less", good.chopped(1), 50, "broken");
    row("a byte more", good + '\0', 50, "broken");
    row("twice", good + good, 50, "broken");
    row("another column", compressed(QByteArray(11, '\0')), 1, "something follows");
    row("cut in a number", compressed(QByteArray(9, '\0') + '\x80'), 1, "missing");
    QByteArray bomb = compressed(QByteArray(9 * 1024 * 1024, '\0'));
    row("zeros without end", bomb, 1000, "does not fit their count");
}

void SampleCodecTest::refusesWhatIsNoBlock()
{
    QFETCH(QByteArray, bytes);
    QFETCH(std::size_t, count);
    QFETCH(QString, words);
    const auto decoded = decodeSamples(bytes, count, factsOf(3));
    QVERIFY(!decoded.has_value());
    QCOMPARE(decoded.error().code, Error::Code::InvalidInput);
    QVERIFY2(decoded.error().message.contains(words), qPrintable(decoded.error().message));
}

void SampleCodecTest::refusesValuesOutOfRange_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");
    constexpr qint64 kTime = kMaxSessionTime.count();
    constexpr qint64 kCount = kMaxSessionCount;
    QTest::newRow("planned") << 0 << -kTime << kTime;
    QTest::newRow("sent") << 1 << -kTime << kTime;
    QTest::newRow("first byte") << 2 << -kTime << kTime;
    QTest::newRow("finished") << 3 << -kTime << kTime;
    QTest::newRow("step") << 4 << qint64(0) << qint64(2);
    QTest::newRow("status") << 5 << qint64(0) << qint64(65535);
    QTest::newRow("outcome and failure") << 6 << qint64(0) << qint64(64 + 16); // an error of kind "other"
    QTest::newRow("resends") << 7 << qint64(0) << qint64(65535);
    QTest::newRow("bytes in") << 8 << qint64(0) << kCount;
    QTest::newRow("bytes out") << 9 << qint64(0) << kCount;
}

void SampleCodecTest::refusesValuesOutOfRange()
{
    QFETCH(int, column);
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    const auto isTaken = [&](qint64 value) {
        return decodeSamples(blockWith(column, value), 1, factsOf(3)).has_value();
    };
    QVERIFY(isTaken(least));
    QVERIFY(isTaken(most));
    QVERIFY(!isTaken(least - 1));
    QVERIFY(!isTaken(most + 1));
    QVERIFY(!isTaken(std::numeric_limits<qint64>::min()));
    QVERIFY(!isTaken(std::numeric_limits<qint64>::max()));
    if (column == 6)
        QVERIFY(!isTaken(17)); // answered, with a kind of failure that is none
}

void SampleCodecTest::survivesEveryFlippedBit()
{
    const QByteArray good = encodeSamples(usualSamples(40));
    for (qsizetype bit = 0; bit < 8 * good.size(); ++bit) {
        QByteArray bytes = good;
        bytes[bit / 8] = char(bytes[bit / 8] ^ (1 << (bit % 8)));
        if (const auto decoded = decodeSamples(bytes, 40, factsOf(3)))
            QVERIFY(std::ranges::all_of(*decoded, [](const RawSample &sample) { return isFine(sample, factsOf(3)); }));
    }
}

QTEST_GUILESS_MAIN(SampleCodecTest)
#include "tst_samplecodec.moc"
