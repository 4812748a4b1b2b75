// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <memory_resource>
#include <optional>
#include <utility>

namespace Headroom {

/// The frames of a thread's coroutines: what one has left the next one takes, so that in steady state nothing is
/// allocated.
inline std::pmr::memory_resource &framesOfThread()
{
    static thread_local std::pmr::unsynchronized_pool_resource frames;
    return frames;
}

/// A coroutine for what runs once a request. As QCoro::Task it begins at once, is awaited at most once, and goes on by
/// itself when nobody keeps it; unlike it, it allocates nothing in steady state (a QCoro::Task takes a frame and a list of
/// awaiters from the heap each time).
///
/// Thread: the one that called it, to its end. Exceptions end the program.
template <typename T = void> class [[nodiscard]] PooledTask;

namespace Detail {

struct PooledPromise
{
    std::coroutine_handle<> waiting; ///< Goes on when this one is over.
    bool isLeft = false; ///< Nobody keeps the task: the frame goes with its end.

    static void *operator new(std::size_t size) { return framesOfThread().allocate(size); }
    static void operator delete(void *frame, std::size_t size) { framesOfThread().deallocate(frame, size); }

    std::suspend_never initial_suspend() const noexcept { return {}; }
    void unhandled_exception() const noexcept { std::terminate(); }

    struct End
    {
        bool await_ready() const noexcept { return false; }
        template <typename Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept
        {
            const PooledPromise &promise = ended.promise();
            if (promise.waiting)
                return promise.waiting;
            if (promise.isLeft)
                ended.destroy();
            return std::noop_coroutine();
        }
        void await_resume() const noexcept { }
    };
    End final_suspend() const noexcept { return {}; }
};

template <typename T> struct PooledResult : PooledPromise
{
    std::optional<T> result;
    void return_value(T value) { result = std::move(value); }
    T take() { return *std::move(result); }
};

template <> struct PooledResult<void> : PooledPromise
{
    void return_void() const { }
    void take() const { }
};

} // namespace Detail

template <typename T> class [[nodiscard]] PooledTask
{
public:
    struct promise_type : Detail::PooledResult<T>
    {
        PooledTask get_return_object()
        {
            return PooledTask(std::coroutine_handle<promise_type>::from_promise(*this));
        }
    };

    PooledTask(PooledTask &&other) noexcept
        : m_frame(std::exchange(other.m_frame, {}))
    {
    }
    PooledTask &operator=(PooledTask &&) = delete;
    ~PooledTask() { letGo(); }

    /// Lets it go on by itself.
    void letGo()
    {
        const auto frame = std::exchange(m_frame, {});
        if (!frame)
            return;
        if (frame.done())
            frame.destroy();
        else
            frame.promise().isLeft = true;
    }

    bool await_ready() const noexcept { return m_frame.done(); }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { m_frame.promise().waiting = waiting; }
    T await_resume() { return m_frame.promise().take(); }

private:
    explicit PooledTask(std::coroutine_handle<promise_type> frame)
        : m_frame(frame)
    {
    }
    std::coroutine_handle<promise_type> m_frame;
};

} // namespace Headroom
