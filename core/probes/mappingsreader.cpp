// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/mappingsreader.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>

namespace Headroom {

namespace {

constexpr qsizetype kLongestLine = 8 * 1024; // a path has at most 4096 bytes
constexpr qsizetype kLongestName = 200;
constexpr std::uint64_t kMostKibibytes = 1ULL << 42; // of one mapping; far above what a machine can address

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

/// "00400000-00452000 r-xp 00000000 08:02 173521   /usr/bin/a b": what stands behind the fifth column. Nothing when the
/// line is no such.
std::optional<QByteArrayView> pathIn(QByteArrayView line)
{
    const qsizetype dash = line.indexOf('-');
    if (dash <= 0 || !std::ranges::all_of(line.first(dash), isHex))
        return std::nullopt;
    for (int column = 0; column < 5; ++column) {
        const qsizetype end = line.indexOf(' ');
        if (end < 0)
            return column == 4 ? std::optional(QByteArrayView()) : std::nullopt;
        line = line.sliced(end);
        const auto *next = std::ranges::find_if_not(line, [](char c) { return c == ' '; });
        line = line.sliced(next - line.begin());
    }
    return line;
}

/// Of "Rss:       8 kB" the number.
std::optional<std::uint64_t> residentKibibytes(QByteArrayView line)
{
    if (!line.startsWith("Rss:") || !line.endsWith(" kB"))
        return std::nullopt;
    const QByteArrayView text = line.sliced(4).chopped(3).trimmed();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    const bool isGood = error == std::errc() && end == text.end() && value <= kMostKibibytes;
    return isGood ? std::optional(value) : std::nullopt;
}

} // namespace

QByteArray holderName(QByteArrayView path)
{
    constexpr QByteArrayView kDeleted(" (deleted)");
    const bool isDeleted = path.endsWith(kDeleted);
    const QByteArrayView plain = isDeleted ? path.chopped(kDeleted.size()) : path;
    if (plain.isEmpty())
        return "anonymous";
    const auto cut = [](QByteArrayView text) { return text.first(std::min(text.size(), kLongestName)).toByteArray(); };
    constexpr QByteArrayView kNamed("[anon:"); // by the program: prctl(PR_SET_VMA_ANON_NAME)
    if (plain.startsWith(kNamed) && plain.endsWith(']'))
        return "anonymous: " + cut(plain.sliced(kNamed.size()).chopped(1));
    if (plain.startsWith('['))
        return cut(plain);
    if (plain.startsWith("/SYSV") || plain == QByteArrayView("/dev/zero") || plain.startsWith("/memfd:")
        || plain.startsWith("/dev/shm/"))
        return "shared memory";
    const QByteArray name = cut(plain.sliced(plain.lastIndexOf('/') + 1));
    return name.isEmpty() ? QByteArray("anonymous") : name;
}

void MappingsReader::take(QByteArrayView piece)
{
    while (!piece.isEmpty()) {
        const qsizetype end = piece.indexOf('\n');
        const QByteArrayView part = end < 0 ? piece : piece.first(end);
        piece = end < 0 ? QByteArrayView() : piece.sliced(end + 1);
        const qsizetype room = kLongestLine - m_rest.size();
        if (end >= 0 && m_rest.isEmpty()) {
            takeLine(part);
            continue;
        }
        m_rest.append(part.first(std::min(part.size(), room)));
        if (end >= 0)
            takeLine(std::exchange(m_rest, {}));
    }
}

void MappingsReader::takeLine(QByteArrayView line)
{
    if (const auto path = pathIn(line)) {
        m_name = holderName(*path);
        if (m_bytes.size() >= kMostNames && !m_bytes.contains(m_name))
            m_name = "others";
    } else if (const auto kibibytes = m_name.isEmpty() ? std::nullopt : residentKibibytes(line)) {
        m_bytes[m_name] += *kibibytes * 1024;
        m_total += *kibibytes * 1024;
    }
}

void MappingsReader::endProcess()
{
    m_rest.clear();
    m_name.clear();
    ++m_processes;
}

MemoryMappings MappingsReader::end(bool isWhole) const
{
    MemoryMappings mappings{.totalBytes = m_total, .processes = m_processes, .isWhole = isWhole};
    for (const auto &[name, bytes] : m_bytes) {
        if (bytes > 0)
            mappings.holders.push_back({QString::fromUtf8(name), bytes});
    }
    std::ranges::stable_sort(mappings.holders, std::ranges::greater(),
                             &MemoryMappings::Holder::bytes); // by name before
    if (mappings.holders.size() > MemoryMappings::kMostHolders)
        mappings.holders.resize(MemoryMappings::kMostHolders);
    return mappings;
}

} // namespace Headroom
