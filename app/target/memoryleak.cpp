// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/memoryleak.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>

namespace Headroom {

namespace {

constexpr std::int64_t kBlock = 8 << 20;

} // namespace

MemoryLeak::~MemoryLeak()
{
    for (const Block &block : m_blocks)
        munmap(block.begin, static_cast<std::size_t>(block.size));
}

void MemoryLeak::leak(std::int64_t bytes)
{
    bytes = std::min(bytes, m_limit - m_leaked);
    if (bytes <= 0 || (m_free < bytes && !addBlock(bytes)))
        return;
    const Block &block = m_blocks.back();
    std::memset(block.begin + (block.size - m_free), 0x5a,
                static_cast<std::size_t>(bytes)); // no page of zeros, which could be shared
    m_free -= bytes;
    m_leaked += bytes;
}

bool MemoryLeak::addBlock(std::int64_t atLeast)
{
    const std::int64_t size = std::max(kBlock, atLeast);
    void *begin =
        mmap(nullptr, static_cast<std::size_t>(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (begin == MAP_FAILED)
        return false;
    madvise(begin, static_cast<std::size_t>(size), MADV_NOHUGEPAGE); // one of 2 MiB would be resident at its first byte
    m_blocks.push_back({static_cast<char *>(begin), size});
    m_free = size;
    return true;
}

} // namespace Headroom
