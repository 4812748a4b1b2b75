// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/bytestream.h"

namespace Headroom {

void ByteWriter::zigZag(std::int64_t value)
{
    std::uint64_t rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    for (int i = 1; i < ByteReader::kMaxZigZagBytes && rest > 0x7f; ++i, rest >>= 7)
        m_bytes.append(static_cast<char>(rest | 0x80));
    m_bytes.append(static_cast<char>(rest));
}

ByteReader::Bytes ByteReader::take(std::size_t size)
{
    Q_ASSERT(size <= m_left.size());
    const Bytes taken = m_left.first(size);
    m_left = m_left.subspan(size);
    return taken;
}

std::optional<std::int64_t> ByteReader::zigZag()
{
    std::uint64_t value = 0;
    for (int i = 0; i < kMaxZigZagBytes && !isAtEnd(); ++i) {
        const auto byte = static_cast<unsigned char>(take(1).front());
        const bool isNinth = i == kMaxZigZagBytes - 1;
        value |= std::uint64_t(isNinth ? byte : byte & 0x7f) << (7 * i);
        if (isNinth || byte < 0x80)
            return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    return std::nullopt;
}

} // namespace Headroom
