// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/malloccount.h"

#include <atomic>
#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HEADROOM_IS_WATCHED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HEADROOM_IS_WATCHED 1
#endif

#ifdef HEADROOM_IS_WATCHED

std::optional<std::uint64_t> Headroom::mallocCount() { return std::nullopt; }

#else

// glibc's own, behind the names that a program may take over ("Replacing malloc" in its manual).
extern "C" {
void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *memory, std::size_t size);
}

namespace {

constinit std::atomic<std::uint64_t> calls = 0;

} // namespace

extern "C" {
void *malloc(std::size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void *calloc(std::size_t count, std::size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void *realloc(void *memory, std::size_t size) noexcept
{
    calls.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(memory, size);
}
}

std::optional<std::uint64_t> Headroom::mallocCount() { return calls.load(std::memory_order_relaxed); }

#endif
