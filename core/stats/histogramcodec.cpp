// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"

#include "core/stats/bytestream.h"
#include "core/stats/histogramlayout.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace Headroom {
namespace {

// Layout, all big endian:
//   cookie, length of the zlib stream, zlib stream of:
//     cookie, length of the counters, index offset, digits, lowest, highest, ratio, counters as ZigZag LEB128
//   trailer of ours: kind, and as ZigZag LEB128 min, max - min, sum, clamped; ns. A sum that is no whole number below
//   2^53 has the other kind, and stands there as a double's bits.
// Source: AbstractHistogram.encodeIntoCompressedByteBuffer and ZigZagEncoding of HdrHistogram 2.1 (V2 encoding).
constexpr quint32 kCompressedCookie = 0x1c849304 | 0x10; // 0x10: word size of the LEB128 variant
constexpr quint32 kInnerCookie = 0x1c849303 | 0x10;
constexpr quint32 kCookieBaseMask = ~quint32(0xf0);
constexpr quint8 kWholeSum = 'h';
constexpr quint8 kRoundedSum = 'H';
constexpr double kMostWhole = 9'007'199'254'740'992.0; // 2^53
constexpr qsizetype kOuterHeaderBytes = 8;
constexpr qsizetype kInnerHeaderBytes = 40;
constexpr qsizetype kUsualTrailerBytes = 24;
constexpr std::uint32_t kMaxCounter = 0xffffffff;
// No histogram that fits into ours has more counters than ours: the bound on what is inflated.
constexpr qsizetype kMaxInnerBytes =
    kInnerHeaderBytes + qsizetype(HdrHistogram::kCounterCount) * ByteReader::kMaxZigZagBytes;

using Counters = HdrHistogram::Counters;

std::unexpected<Error> damaged(const char *what)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("The histogram's bytes are not usable: %1").arg(QLatin1StringView(what)));
}

QByteArray deflated(const QByteArray &bytes)
{
    uLongf size = compressBound(uLong(bytes.size()));
    QByteArray packed(qsizetype(size), Qt::Uninitialized);
    const int code = compress2(reinterpret_cast<Bytef *>(packed.data()), &size,
                               reinterpret_cast<const Bytef *>(bytes.constData()), uLong(bytes.size()), Z_BEST_SPEED);
    Q_ASSERT(code == Z_OK); // fails only without memory
    packed.truncate(code == Z_OK ? qsizetype(size) : 0);
    return packed;
}

QByteArray innerBytes(const HdrHistogram &histogram)
{
    ByteWriter writer(kInnerHeaderBytes + histogram.lastUsed() - histogram.firstUsed() + 64);
    writer.number(kInnerCookie);
    writer.number(quint32(0)); // length of the counters, known below
    writer.number(quint32(0)); // index offset
    writer.number(quint32(HistogramLayout::kOurDigits));
    writer.number(quint64(HdrHistogram::kLowestMicroseconds));
    writer.number(quint64(HdrHistogram::kHighestMicroseconds));
    writer.number(std::bit_cast<quint64>(1.0)); // ratio
    int zeros = histogram.firstUsed();
    for (int i = histogram.firstUsed(); i <= histogram.lastUsed(); ++i) {
        const std::uint32_t count = histogram.counterAt(i);
        if (count == 0) {
            ++zeros;
            continue;
        }
        if (zeros > 0)
            writer.zigZag(zeros == 1 ? 0 : -zeros);
        zeros = 0;
        writer.zigZag(count);
    }
    const auto length = qToBigEndian(quint32(writer.bytes().size() - kInnerHeaderBytes));
    std::copy_n(reinterpret_cast<const char *>(&length), sizeof length, writer.bytes().data() + sizeof kInnerCookie);
    return writer.bytes();
}

Result<Counters> readCounters(ByteReader reader, const HistogramLayout &layout)
{
    Counters counters;
    std::int64_t index = 0;
    while (!reader.isAtEnd()) {
        const std::optional<std::int64_t> count = reader.zigZag();
        if (!count)
            return damaged("a counter is cut off");
        const std::int64_t zeros = *count < 0 ? -(*count + 1) : 0; // one less than the run: no overflow at INT64_MIN
        if (zeros >= layout.counterCount() || index + zeros >= layout.counterCount())
            return damaged("there are more counters than the range has");
        if (*count > kMaxCounter)
            return damaged("a counter exceeds 32 bits");
        index += zeros;
        if (*count > 0)
            counters.emplace_back(int(index), std::uint32_t(*count));
        ++index;
    }
    return counters;
}

std::optional<double> readSum(ByteReader &trailer, quint8 kind)
{
    if (kind == kRoundedSum)
        return trailer.left() < sizeof(quint64) ? std::nullopt
                                                : std::optional(std::bit_cast<double>(trailer.number<quint64>()));
    const auto whole = kind == kWholeSum ? trailer.zigZag() : std::nullopt;
    return whole.transform([](std::int64_t sum) { return double(sum); });
}

std::optional<HdrHistogram::Totals> readTotals(ByteReader trailer)
{
    const auto kind = trailer.number<quint8>();
    const auto min = trailer.zigZag();
    const auto range = trailer.zigZag();
    const auto sum = readSum(trailer, kind);
    const auto clamped = trailer.zigZag();
    if (!min || !range || !sum || !clamped || !trailer.isAtEnd())
        return std::nullopt;
    if (*min < 0 || *range < 0 || *clamped < 0 || *range > std::numeric_limits<std::int64_t>::max() - *min)
        return std::nullopt;
    return HdrHistogram::Totals{.min = Nanoseconds(*min),
                                .max = Nanoseconds(*min + *range),
                                .sumNanoseconds = *sum,
                                .clamped = std::uint64_t(*clamped)};
}

void writeTotals(const HdrHistogram::Totals &totals, ByteWriter &writer)
{
    const double sum = totals.sumNanoseconds;
    const bool isWhole = sum >= 0.0 && sum <= kMostWhole && sum == std::floor(sum);
    writer.number(isWhole ? kWholeSum : kRoundedSum);
    writer.zigZag(totals.min.count());
    writer.zigZag((totals.max - totals.min).count());
    if (isWhole)
        writer.zigZag(std::int64_t(sum));
    else
        writer.number(std::bit_cast<quint64>(sum));
    writer.zigZag(std::int64_t(totals.clamped));
}

Result<void> addWithTrailer(const Counters &counters, ByteReader trailer, HdrHistogram &into)
{
    const auto totals = readTotals(trailer);
    if (!totals)
        return damaged("what follows the counters is unknown");
    if (!into.merge(counters, *totals))
        return damaged("counters and totals contradict each other");
    return {};
}

/// Another tool's counts: each at the highest value of its bucket, as far as that bucket is within our range.
Result<void> addFromBuckets(const Counters &counters, const HistogramLayout &layout, HdrHistogram &into)
{
    HdrHistogram histogram;
    std::uint64_t total = 0;
    for (const auto &[index, count] : counters) {
        const std::int64_t highest = std::min(layout.highestOf(index), HdrHistogram::kHighestMicroseconds);
        histogram.record(std::chrono::microseconds(std::max(layout.lowestOf(index), highest)), count);
        total += count;
    }
    if (histogram.count() != total)
        return damaged("a counter exceeds 32 bits");
    into.merge(histogram);
    return {};
}

Result<void> addInner(ByteReader::Bytes inner, ByteReader trailer, HdrHistogram &into)
{
    ByteReader reader(inner);
    if (reader.left() < std::size_t(kInnerHeaderBytes)
        || (reader.number<quint32>() & kCookieBaseMask) != (kInnerCookie & kCookieBaseMask))
        return damaged("they do not begin like HdrHistogram V2 inside");
    const auto length = reader.number<quint32>();
    const auto offset = reader.number<quint32>();
    const auto digits = reader.number<qint32>();
    const auto lowest = reader.number<qint64>();
    const auto highest = reader.number<qint64>();
    const auto ratio = std::bit_cast<double>(reader.number<quint64>());
    if (offset != 0 || ratio != 1.0)
        return damaged("shifted or scaled histograms are not supported");
    if (length != reader.left())
        return damaged("the length of the counters is wrong");
    const auto layout = HistogramLayout::of(digits, lowest, highest);
    if (!layout)
        return damaged("they have another range than 1 us to 1 h with at most 3 digits");
    const auto counters = readCounters(reader, *layout);
    if (!counters)
        return std::unexpected(counters.error());
    if (trailer.isAtEnd())
        return addFromBuckets(*counters, *layout, into);
    return layout->isOurs() ? addWithTrailer(*counters, trailer, into) : damaged("what follows the counters is unknown");
}

} // namespace

QByteArray encodeHistogram(const HdrHistogram &histogram)
{
    if (histogram.isEmpty())
        return {};
    const QByteArray packed = deflated(innerBytes(histogram));
    ByteWriter writer(kOuterHeaderBytes + packed.size() + kUsualTrailerBytes);
    writer.number(kCompressedCookie);
    writer.number(quint32(packed.size()));
    writer.append(packed);
    writeTotals(histogram.totals(), writer);
    return writer.bytes();
}

Result<HdrHistogram> decodeHistogram(const QByteArray &bytes)
{
    HdrHistogram histogram;
    return mergeEncodedHistogram(bytes, histogram).transform([&] { return std::move(histogram); });
}

// Straight into the sum: a histogram in between would be 92 KiB to clear and to look through.
Result<void> mergeEncodedHistogram(const QByteArray &bytes, HdrHistogram &into)
{
    if (bytes.isEmpty())
        return {};
    ByteReader reader(ByteReader::Bytes(bytes.constData(), std::size_t(bytes.size())));
    if (reader.left() < std::size_t(kOuterHeaderBytes)
        || (reader.number<quint32>() & kCookieBaseMask) != (kCompressedCookie & kCookieBaseMask))
        return damaged("they do not begin like HdrHistogram V2 compressed");
    const auto length = reader.number<quint32>();
    if (length > reader.left())
        return damaged("they are cut off");
    const ByteReader::Bytes packed = reader.take(length);
    const auto inner = std::make_unique_for_overwrite<char[]>(kMaxInnerBytes);
    uLongf innerSize = kMaxInnerBytes;
    uLong packedSize = uLong(packed.size());
    const int code = uncompress2(reinterpret_cast<Bytef *>(inner.get()), &innerSize,
                                 reinterpret_cast<const Bytef *>(packed.data()), &packedSize);
    if (code != Z_OK || packedSize != packed.size())
        return damaged("the compressed part is broken or too large");
    return addInner(ByteReader::Bytes(inner.get(), innerSize), reader, into);
}

QByteArray plainHistogram(const QByteArray &bytes)
{
    if (bytes.size() < kOuterHeaderBytes)
        return {};
    const auto length = qFromBigEndian<quint32>(bytes.constData() + sizeof kCompressedCookie);
    return bytes.first(std::min<qsizetype>(bytes.size(), kOuterHeaderBytes + qsizetype(length)));
}

} // namespace Headroom
