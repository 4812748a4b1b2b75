// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/bodydecoder.h"

#include "core/base/humanformat.h"

#include <QList>

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

namespace Headroom {

namespace {

constexpr qsizetype kMostCodings = 4; // nobody sends more than one
constexpr qsizetype kFirstRoom = 64 * 1024;

using Decoded = std::expected<QByteArray, QString>;

std::unexpected<QString> damaged(const char *coding)
{
    return std::unexpected(
        QStringLiteral("the body is damaged: it says that it is %1, and is not").arg(QLatin1String(coding)));
}

std::unexpected<QString> cutOff(const char *coding)
{
    return std::unexpected(
        QStringLiteral("the body is cut off: the end of its %1 is missing").arg(QLatin1String(coding)));
}

std::unexpected<QString> tooLong(qsizetype mostBytes)
{
    return std::unexpected(QStringLiteral("the decoded body is longer than %1 and is not looked into")
                               .arg(formatBytes(double(mostBytes))));
}

/// Bytes that come out, with room for more, up to a limit.
class Output
{
public:
    explicit Output(qsizetype mostBytes)
        : m_mostBytes(mostBytes)
    {
    }
    /// Makes room; false when there is none left.
    bool grow()
    {
        if (m_bytes.size() > m_used)
            return true;
        const qsizetype size = std::min(std::max(kFirstRoom, 2 * m_bytes.size()), m_mostBytes + 1); // one more tells
        if (size <= m_bytes.size())
            return false;
        m_bytes.resize(size);
        return true;
    }
    std::uint8_t *free() { return reinterpret_cast<std::uint8_t *>(m_bytes.data()) + m_used; }
    std::size_t room() const { return std::size_t(m_bytes.size() - m_used); }
    void take(std::size_t bytes) { m_used += qsizetype(bytes); }
    bool isTooLong() const { return m_used > m_mostBytes; }
    QByteArray taken()
    {
        m_bytes.truncate(m_used);
        return std::move(m_bytes);
    }

private:
    const qsizetype m_mostBytes;
    QByteArray m_bytes;
    qsizetype m_used = 0;
};

/// zlib's state, which has to be freed.
class Inflation
{
public:
    /// `windowBits`: as of inflateInit2(): with 16 more gzip, negative raw.
    Inflation(const QByteArray &input, int windowBits)
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.constData()));
        m_stream.avail_in = uInt(input.size());
        m_isReady = inflateInit2(&m_stream, windowBits) == Z_OK;
    }
    ~Inflation()
    {
        if (m_isReady)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflation)

    /// Decodes to the end of the input; `isMembers`: one may follow the other, as in gzip.
    Decoded decode(const char *coding, bool isMembers, qsizetype mostBytes)
    {
        Output output(mostBytes);
        while (m_isReady) {
            if (!output.grow())
                return tooLong(mostBytes);
            m_stream.next_out = output.free();
            m_stream.avail_out = uInt(output.room());
            const int code = inflate(&m_stream, Z_NO_FLUSH);
            output.take(output.room() - m_stream.avail_out);
            if (output.isTooLong())
                return tooLong(mostBytes);
            if (code == Z_STREAM_END && m_stream.avail_in == 0)
                return output.taken();
            if (code == Z_STREAM_END && (!isMembers || inflateReset(&m_stream) != Z_OK))
                return damaged(coding);
            if (code == Z_BUF_ERROR || (code == Z_OK && m_stream.avail_in == 0 && m_stream.avail_out > 0))
                return cutOff(coding);
            if (code != Z_OK && code != Z_STREAM_END)
                return damaged(coding);
        }
        return damaged(coding);
    }

private:
    z_stream m_stream{};
    bool m_isReady = false;
};

Decoded unzipped(const QByteArray &body, qsizetype mostBytes)
{
    return Inflation(body, MAX_WBITS + 16).decode("gzip", true, mostBytes);
}

/// What deflate means is zlib's format; some servers leave its head and its sum away, and browsers take that as well.
Decoded inflated(const QByteArray &body, qsizetype mostBytes)
{
    const bool hasHead = body.size() >= 2 && (body[0] & 0x0f) == Z_DEFLATED
        && ((std::uint8_t(body[0]) << 8) | std::uint8_t(body[1])) % 31 == 0; // RFC 1950, 2.2
    return Inflation(body, hasHead ? MAX_WBITS : -MAX_WBITS).decode("deflate", false, mostBytes);
}

Decoded unbrotlied(const QByteArray &body, qsizetype mostBytes)
{
    constexpr auto release = [](BrotliDecoderState *state) { BrotliDecoderDestroyInstance(state); };
    const std::unique_ptr<BrotliDecoderState, decltype(release)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    Output output(mostBytes);
    std::size_t left = std::size_t(body.size());
    const auto *input = reinterpret_cast<const std::uint8_t *>(body.constData());
    while (output.grow()) {
        std::size_t room = output.room();
        std::uint8_t *free = output.free();
        const auto result = BrotliDecoderDecompressStream(state.get(), &left, &input, &room, &free, nullptr);
        output.take(output.room() - room);
        if (output.isTooLong())
            return tooLong(mostBytes);
        if (result == BROTLI_DECODER_RESULT_SUCCESS && left == 0)
            return output.taken();
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            return cutOff("br");
        if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            return damaged("br");
    }
    return tooLong(mostBytes);
}

Decoded decodedOnce(const QByteArray &body, const QByteArray &coding, qsizetype mostBytes)
{
    if (coding.isEmpty() || coding == "identity" || body.isEmpty())
        return body;
    if (coding == "gzip" || coding == "x-gzip")
        return unzipped(body, mostBytes);
    if (coding == "deflate")
        return inflated(body, mostBytes);
    if (coding == "br")
        return unbrotlied(body, mostBytes);
    return std::unexpected(
        QStringLiteral("the body is encoded (%1), and only gzip, deflate and br can be looked into; ask "
                       "for one of them in the header Accept-Encoding")
            .arg(formatQuoted(QString::fromLatin1(coding))));
}

} // namespace

Decoded decodedBody(const QByteArray &body, const QByteArray &codings, qsizetype mostBytes)
{
    const QList<QByteArray> applied = codings.toLower().split(',');
    if (applied.size() > kMostCodings)
        return std::unexpected(
            QStringLiteral("the body is encoded %1 times and is not looked into").arg(applied.size()));
    Decoded decoded = body;
    for (auto coding = applied.crbegin(); coding != applied.crend() && decoded; ++coding) // the last one first
        decoded = decodedOnce(*decoded, coding->trimmed(), mostBytes);
    return decoded;
}

} // namespace Headroom
