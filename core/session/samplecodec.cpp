// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/samplecodec.h"

#include "core/session/compression.h"
#include "core/session/sessionlimits.h"
#include "core/stats/bytestream.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

constexpr std::size_t kColumns = 10;
constexpr std::int64_t kFailureBase = 32; // outcome and failure as one number
static_assert(kFailureKindCount <= std::size_t(kFailureBase));

std::unexpected<Error> damaged(const char *what)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("raw samples cannot be decoded: %1").arg(QLatin1StringView(what)));
}

/// Takes column by column of all samples. False, once and for all, when a number is missing or out of range.
class ColumnReader
{
public:
    ColumnReader(ByteReader::Bytes bytes, std::vector<RawSample> &samples)
        : m_bytes(bytes)
        , m_samples(samples)
    {
    }
    /// Calls `take` with every sample and its number from `least` to `most`.
    template <typename Take> bool column(std::int64_t least, std::int64_t most, Take take)
    {
        for (RawSample &sample : m_samples) {
            const auto value = m_bytes.zigZag();
            if (!value || *value < least || *value > most)
                return false;
            take(sample, *value);
        }
        return true;
    }
    bool isAtEnd() const { return m_bytes.isAtEnd(); }

private:
    ByteReader m_bytes;
    std::vector<RawSample> &m_samples;
};

// Two of these can be added without an overflow.
constexpr std::int64_t kMostTime = kMaxSessionTime.count();
constexpr std::int64_t kMostDifference = 2 * kMostTime;
static_assert(kMostTime < std::numeric_limits<std::int64_t>::max() / 4);

bool readTimes(ColumnReader &reader)
{
    std::int64_t planned = 0;
    bool isInRange = true;
    const auto hold = [&isInRange](std::int64_t time) {
        isInRange = isInRange && time >= -kMostTime && time <= kMostTime;
        return isInRange ? time : 0;
    };
    return reader.column(-kMostDifference, kMostDifference, [&](RawSample &sample, std::int64_t value) {
        planned = hold(planned + value);
        sample.planned = Nanoseconds(planned);
    }) && reader.column(-kMostTime, kMostTime, [](RawSample &sample, std::int64_t value) {
        sample.sent = Nanoseconds(value);
    }) && reader.column(-kMostTime, kMostTime, [](RawSample &sample, std::int64_t value) {
        sample.firstByte = Nanoseconds(value);
    }) && reader.column(-kMostDifference, kMostDifference, [&](RawSample &sample, std::int64_t value) {
        sample.finished = Nanoseconds(hold(sample.firstByte.count() + value));
    }) && isInRange;
}

bool readOutcomes(ColumnReader &reader, std::int64_t steps)
{
    constexpr std::int64_t kMostShort = std::numeric_limits<std::uint16_t>::max();
    constexpr std::int64_t kMostOutcome = kFailureBase * std::int64_t(Outcome::Error) + kFailureBase - 1;
    bool isKnown = true;
    const auto setOutcome = [&isKnown](RawSample &sample, std::int64_t value) {
        isKnown = isKnown && value % kFailureBase < std::int64_t(kFailureKindCount);
        sample.outcome = Outcome(value / kFailureBase);
        sample.failure = isKnown ? FailureKind(value % kFailureBase) : FailureKind::None;
    };
    return reader.column(0, steps - 1, [](RawSample &sample, std::int64_t value) { sample.step.value = int(value); })
        && reader.column(0, kMostShort,
                         [](RawSample &sample, std::int64_t value) { sample.status = std::uint16_t(value); })
        && reader.column(0, kMostOutcome, setOutcome)
        && reader.column(0, kMostShort,
                         [](RawSample &sample, std::int64_t value) { sample.resends = std::uint16_t(value); })
        && isKnown;
}

bool readBytes(ColumnReader &reader)
{
    constexpr auto kMost = std::int64_t(kMaxSessionCount);
    return reader.column(0, kMost, [](RawSample &sample, std::int64_t value) { sample.bytesIn = std::uint64_t(value); })
        && reader.column(0, kMost,
                         [](RawSample &sample, std::int64_t value) { sample.bytesOut = std::uint64_t(value); });
}

} // namespace

QByteArray encodeSamples(const std::vector<RawSample> &samples)
{
    if (samples.empty())
        return {};
    ByteWriter writer(qsizetype(samples.size()) * 24);
    const auto column = [&](auto valueOf) {
        for (const RawSample &sample : samples)
            writer.zigZag(std::int64_t(valueOf(sample)));
    };
    Nanoseconds before{};
    column([&](const RawSample &sample) { return (sample.planned - std::exchange(before, sample.planned)).count(); });
    column([](const RawSample &sample) { return sample.sent.count(); });
    column([](const RawSample &sample) { return sample.firstByte.count(); });
    column([](const RawSample &sample) { return (sample.finished - sample.firstByte).count(); });
    column([](const RawSample &sample) { return sample.step.value; });
    column([](const RawSample &sample) { return sample.status; });
    column([](const RawSample &sample) {
        return kFailureBase * std::int64_t(sample.outcome) + std::int64_t(sample.failure);
    });
    column([](const RawSample &sample) { return sample.resends; });
    column([](const RawSample &sample) { return sample.bytesIn; });
    column([](const RawSample &sample) { return sample.bytesOut; });
    return compressed(writer.bytes());
}

Result<std::vector<RawSample>> decodeSamples(const QByteArray &bytes, std::size_t count, const RunFacts &facts)
{
    if (count > kMaxSamplesOfASecond)
        return damaged("there are too many");
    if (count == 0)
        return bytes.isEmpty() ? Result<std::vector<RawSample>>() : damaged("there should be none");
    const std::uint64_t size = claimedSize(bytes).value_or(0);
    if (size < count * kColumns || size > count * kColumns * ByteReader::kMaxZigZagBytes)
        return damaged("their size does not fit their count");
    const auto columns = decompressed(bytes, qsizetype(size));
    if (!columns)
        return damaged("the compressed part is broken");
    std::vector<RawSample> samples(count);
    ColumnReader reader(ByteReader::Bytes(columns->constData(), std::size_t(columns->size())), samples);
    if (!readTimes(reader) || !readOutcomes(reader, std::int64_t(facts.steps.size())) || !readBytes(reader))
        return damaged("a value is missing or out of range");
    if (!reader.isAtEnd())
        return damaged("something follows them");
    return samples;
}

bool isFine(const RawSample &sample, const RunFacts &facts)
{
    const auto isTime = [](Nanoseconds time) { return time >= -kMaxSessionTime && time <= kMaxSessionTime; };
    return sample.step.isValid() && sample.step.at() < facts.steps.size() && isTime(sample.planned)
        && isTime(sample.sent) && isTime(sample.firstByte) && isTime(sample.finished)
        && sample.bytesIn <= kMaxSessionCount && sample.bytesOut <= kMaxSessionCount && sample.outcome <= Outcome::Error
        && std::size_t(sample.failure) < kFailureKindCount;
}

} // namespace Headroom
