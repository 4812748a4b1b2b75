// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/allocationcount.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> allocations = 0;

void *allocateOrNull(std::size_t size, std::size_t alignment) noexcept
{
    ++allocations;
    const std::size_t rounded = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded);
}

void *allocate(std::size_t size, std::size_t alignment)
{
    if (void *memory = allocateOrNull(size, alignment))
        return memory;
    throw std::bad_alloc();
}

} // namespace

// The array forms of the standard library end here, too; its nothrow ones would, but not those of a sanitizer.
void *operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void *operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, std::size_t(alignment)); }
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return allocateOrNull(size, alignof(std::max_align_t));
}
void *operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    return allocateOrNull(size, std::size_t(alignment));
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

std::uint64_t Headroom::allocationCount() { return allocations; }
