// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/keyedcache.h"

#include <iterator>

namespace Headroom {

bool KeyedCache::has(const QByteArray &key, SteadyTime now)
{
    const auto place = m_places.constFind(key);
    if (place == m_places.constEnd())
        return false;
    const auto entry = *place;
    if (now - entry->made >= m_timeToLive) {
        remove(entry);
        return false;
    }
    m_entries.splice(m_entries.begin(), m_entries, entry);
    return true;
}

void KeyedCache::put(const QByteArray &key, SteadyTime now)
{
    if (m_capacity == 0)
        return;
    if (const auto place = m_places.constFind(key); place != m_places.constEnd())
        remove(*place);
    else if (m_entries.size() >= m_capacity)
        remove(std::prev(m_entries.end()));
    m_entries.push_front({key, now});
    m_places.insert(key, m_entries.begin());
}

void KeyedCache::remove(std::list<Entry>::iterator entry)
{
    m_places.remove(entry->key);
    m_entries.erase(entry);
}

} // namespace Headroom
