// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/identityecho.h"

#include "core/base/random.h"

#include <utility>

namespace Headroom {

QByteArray IdentityEcho::of(const QByteArray &own, std::uint64_t number)
{
    constexpr std::uint64_t kIdentity = 0x77686f; // of all random numbers of a request, those of its identity
    if (own.isEmpty())
        return {};
    if (own != m_last)
        m_other = std::exchange(m_last, own);
    const bool isLeak = unitInterval(randomAt(m_seed, kIdentity, number)) < m_leakShare;
    return isLeak && !m_other.isEmpty() ? m_other : own;
}

} // namespace Headroom
