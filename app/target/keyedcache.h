// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <cstddef>
#include <list>

namespace Headroom {

/// Which answers a cache of limited size would still have: the entry that was longest of no use makes room.
class KeyedCache
{
public:
    KeyedCache(std::size_t capacity, Nanoseconds timeToLive)
        : m_capacity(capacity)
        , m_timeToLive(timeToLive)
    {
    }

    /// Whether it is there and not too old; it is then the last one used.
    bool has(const QByteArray &key, SteadyTime now);
    /// There from now on, and as old as now.
    void put(const QByteArray &key, SteadyTime now);
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry
    {
        QByteArray key;
        SteadyTime made;
    };
    void remove(std::list<Entry>::iterator entry);

    const std::size_t m_capacity;
    const Nanoseconds m_timeToLive;
    std::list<Entry> m_entries; // the last one used in front
    QHash<QByteArray, std::list<Entry>::iterator> m_places;
};

} // namespace Headroom
