// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/compression.h"

#include <QtAssert>

#include <zstd.h>

namespace Headroom {

namespace {

constexpr int kLevel = 3; // zstd's default; more gains 1 % on raw samples

} // namespace

QByteArray compressed(const QByteArray &bytes)
{
    QByteArray frame(qsizetype(ZSTD_compressBound(std::size_t(bytes.size()))), Qt::Uninitialized);
    const std::size_t size =
        ZSTD_compress(frame.data(), std::size_t(frame.size()), bytes.constData(), std::size_t(bytes.size()), kLevel);
    Q_ASSERT(!ZSTD_isError(size)); // fails only without memory
    frame.truncate(ZSTD_isError(size) ? 0 : qsizetype(size));
    frame.squeeze();
    return frame;
}

std::optional<QByteArray> decompressed(const QByteArray &frame, qsizetype size)
{
    if (claimedSize(frame) != std::uint64_t(size))
        return std::nullopt;
    QByteArray bytes(size, Qt::Uninitialized);
    const std::size_t got =
        ZSTD_decompress(bytes.data(), std::size_t(bytes.size()), frame.constData(), std::size_t(frame.size()));
    if (ZSTD_isError(got) || got != std::size_t(size))
        return std::nullopt;
    return bytes;
}

std::optional<std::uint64_t> claimedSize(const QByteArray &frame)
{
    const unsigned long long size = ZSTD_getFrameContentSize(frame.constData(), std::size_t(frame.size()));
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR)
        return std::nullopt;
    return size;
}

} // namespace Headroom
