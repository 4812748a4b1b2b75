// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <optional>

namespace Headroom {

/// Is told when its descriptor can be read or written again.
class ReadyListener
{
public:
    /// `events`: those of epoll(7). May add and remove listeners, itself too.
    virtual void ready(std::uint32_t events) = 0;

protected:
    ~ReadyListener() = default;
};

/// Watches any number of descriptors through one that the thread's event loop knows: what is ready comes in batches, and
/// its cost does not grow with what is not.
///
/// Thread: the one that made it, with an event loop.
class ReadyWatch
{
public:
    ReadyWatch();
    ~ReadyWatch();
    Q_DISABLE_COPY_MOVE(ReadyWatch)

    /// Tells of each change (edge-triggered): read and write until there is nothing more, or ask for again().
    /// Errors: false, and errno.
    bool add(int descriptor, ReadyListener &listener);
    /// Tells once more of what is ready already.
    void again(int descriptor, ReadyListener &listener);
    /// Tells nothing any more. Before the descriptor is closed.
    void remove(int descriptor, const ReadyListener &listener);

private:
    void tell();

    const int m_epoll;
    std::optional<QSocketNotifier> m_notifier;
    static constexpr int kBatch = 256;
    std::array<epoll_event, kBatch> m_batch{};
    int m_next = 0; // of the batch
    int m_count = 0;
};

} // namespace Headroom
