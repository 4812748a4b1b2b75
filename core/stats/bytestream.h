// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <cstdint>
#include <optional>
#include <span>

namespace Headroom {

/// Bytes put one behind the other: big endian numbers, and the ZigZag LEB128 numbers of HdrHistogram.
class ByteWriter
{
public:
    explicit ByteWriter(qsizetype reserved) { m_bytes.reserve(reserved); }

    template <typename T> void number(T value)
    {
        value = qToBigEndian(value);
        m_bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    void zigZag(std::int64_t value);
    void append(const QByteArray &bytes) { m_bytes.append(bytes); }
    QByteArray &bytes() { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// Takes from the front of hostile bytes.
class ByteReader
{
public:
    using Bytes = std::span<const char>;
    static constexpr int kMaxZigZagBytes = 9; ///< Eight of 7 bits, and a last one of 8.

    explicit ByteReader(Bytes bytes)
        : m_left(bytes)
    {
    }

    bool isAtEnd() const { return m_left.empty(); }
    std::size_t left() const { return m_left.size(); }
    /// Range: at most left().
    Bytes take(std::size_t size);
    /// Range: only when left() is large enough.
    template <typename T> T number() { return qFromBigEndian<T>(take(sizeof(T)).data()); }
    /// Nothing when the bytes end within the number.
    std::optional<std::int64_t> zigZag();

private:
    Bytes m_left;
};

} // namespace Headroom
