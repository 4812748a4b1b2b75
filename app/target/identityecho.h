// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace Headroom {

/// Tells in an answer whose it is (X-Agent-Id, as the request had it), or, as a service with a careless cache would,
/// whose another one was: what a load test's identity check must find.
class IdentityEcho
{
public:
    /// `leakShare` of the requests, 0 to 1, get the identity of somebody else, as soon as there is one: which ones is a
    /// function of the seed and their numbers.
    IdentityEcho(std::uint64_t seed, double leakShare)
        : m_seed(seed)
        , m_leakShare(leakShare)
    {
    }

    /// Empty: the request had none.
    QByteArray of(const QByteArray &own, std::uint64_t number);

private:
    const std::uint64_t m_seed;
    const double m_leakShare;
    QByteArray m_last; // that came
    QByteArray m_other; // before it, and not the same
};

} // namespace Headroom
