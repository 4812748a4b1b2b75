// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/memorymappings.h"

#include <QByteArrayView>

#include <map>

namespace Headroom {

/// Adds up the texts of /proc/PID/smaps, which come in pieces. Any bytes may come in; what cannot be read is left out.
/// Source: proc_pid_smaps(5).
class MappingsReader
{
public:
    static constexpr std::size_t kMostNames = 10'000; ///< More of them are added up as "others".

    void take(QByteArrayView piece);
    /// The text of one process is over; the next piece is of another.
    void endProcess();
    MemoryMappings end(bool isWhole) const;

private:
    void takeLine(QByteArrayView line);

    QByteArray m_rest; ///< Of a line without its end, up to a limit.
    std::map<QByteArray, std::uint64_t> m_bytes;
    QByteArray m_name; ///< Of the mapping whose lines follow; empty: there is none yet.
    std::uint64_t m_total = 0;
    int m_processes = 0;
};

/// What a mapping is called whose line ends with `path`: a file by its name, what is none by what it is.
QByteArray holderName(QByteArrayView path);

} // namespace Headroom
