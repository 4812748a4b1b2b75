// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/allocationcount.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> allocations = 0;

void *allocate(std::size_t size, std::size_t alignment)
{
    ++allocations;
    const std::size_t rounded = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
    if (void *memory = std::aligned_alloc(alignment, rounded))
        return memory;
    throw std::bad_alloc();
}

} // namespace

// The array and nothrow forms of the standard library end here, too.
void *operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void *operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, std::size_t(alignment)); }
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

std::uint64_t Headroom::allocationCount() { return allocations; }
