// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/readywatch.h"

#include <unistd.h>

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::uint32_t kChanges = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

epoll_event eventFor(ReadyListener &listener)
{
    epoll_event event{};
    event.events = kChanges;
    event.data.ptr = &listener;
    return event;
}

} // namespace

ReadyWatch::ReadyWatch()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        return; // out of descriptors: add() says so
    m_notifier.emplace(m_epoll, QSocketNotifier::Read);
    QObject::connect(&*m_notifier, &QSocketNotifier::activated, &*m_notifier, [this] { tell(); });
}

ReadyWatch::~ReadyWatch()
{
    m_notifier.reset();
    if (m_epoll >= 0)
        close(m_epoll);
}

bool ReadyWatch::add(int descriptor, ReadyListener &listener)
{
    epoll_event event = eventFor(listener);
    return epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void ReadyWatch::again(int descriptor, ReadyListener &listener)
{
    epoll_event event = eventFor(listener);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void ReadyWatch::remove(int descriptor, const ReadyListener &listener)
{
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    for (int i = m_next; i < m_count; ++i) {
        if (m_batch[std::size_t(i)].data.ptr == &listener)
            m_batch[std::size_t(i)].data.ptr = nullptr; // its news is of a descriptor that is gone
    }
}

/// One batch: the event loop comes back for the rest, after alarms that are due.
void ReadyWatch::tell()
{
    m_count = std::max(0, epoll_wait(m_epoll, m_batch.data(), kBatch, 0));
    for (m_next = 0; m_next < m_count;) {
        const epoll_event event = m_batch[std::size_t(m_next++)];
        if (event.data.ptr)
            static_cast<ReadyListener *>(event.data.ptr)->ready(event.events);
    }
}

} // namespace Headroom
