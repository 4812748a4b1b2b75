// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// What holds the memory of one or several processes, and how much of it is in the machine's memory.
struct MemoryMappings
{
    struct Holder
    {
        QString name; ///< Of a file without its folder, "[heap]", "[stack]", "anonymous", "shared memory", ...
        std::uint64_t bytes = 0; ///< Resident; what is shared counts for everybody who shares it.
        bool operator==(const Holder &) const = default;
    };
    static constexpr std::size_t kMostHolders = 100;

    std::vector<Holder> holders{}; ///< Largest first, then by name; at most kMostHolders.
    std::uint64_t totalBytes = 0;  ///< Of all, also of those that are not among them.
    int processes = 0;
    bool isWhole = true; ///< Else some were left out: it took too long, or there was too much to read.
    bool operator==(const MemoryMappings &) const = default;
};

/// Such a look of a run, as its session keeps it in an attachment.
struct MappingsLook
{
    enum class Moment { Start, End };
    static constexpr auto kMediaType = "application/vnd.headroom.mappings+json";
    static constexpr qsizetype kMostBytes = 128 * 1024; ///< Of the text.

    QString probe;
    Moment moment = Moment::Start;
    MemoryMappings mappings{};
    bool operator==(const MappingsLook &) const = default;
};

/// As JSON.
QByteArray textOf(const MappingsLook &look);
/// From a file, which may hold anything; nothing when it is no such look.
std::optional<MappingsLook> mappingsLookIn(const QByteArray &text);

} // namespace Headroom
