// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace Headroom {

/// Memory that is taken and written to, so that it is resident, and kept until the end of the process.
class MemoryLeak
{
public:
    /// Leaks nothing beyond `limit` bytes.
    explicit MemoryLeak(std::int64_t limit)
        : m_limit(limit)
    {
    }
    MemoryLeak(const MemoryLeak &) = delete;
    MemoryLeak &operator=(const MemoryLeak &) = delete;
    ~MemoryLeak();

    /// So many more, where the limit and the machine allow it.
    void leak(std::int64_t bytes);
    std::int64_t leaked() const { return m_leaked; } ///< Bytes.

private:
    struct Block
    {
        char *begin = nullptr;
        std::int64_t size = 0;
    };
    bool addBlock(std::int64_t atLeast);

    const std::int64_t m_limit;
    std::vector<Block> m_blocks;
    std::int64_t m_free = 0; // at the end of the last block
    std::int64_t m_leaked = 0;
};

} // namespace Headroom
