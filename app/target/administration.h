// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/admintoken.h"
#include "app/target/targetexchange.h"
#include "app/target/targetoptions.h"

namespace Headroom {

/// What may be changed while the practice target runs, by whoever knows the token: its service times, its mode, and
/// whether it does anything at all.
class Administration
{
public:
    explicit Administration(const TargetOptions &options);

    /// Of an endpoint that isAdmin(): 401 without a token, 403 with a wrong one, 400 for a body that says nothing
    /// known.
    TargetAnswer answer(Endpoint endpoint, const QByteArray &authorization, const QByteArray &body);

    /// How long a request with this number works now.
    Nanoseconds serviceTime(Endpoint worked, std::uint64_t number) const;
    Nanoseconds cpuTime() const { return inMode(m_started.troubles.cpuTime); } ///< And burns.
    Nanoseconds inMode(Nanoseconds time) const; ///< Less of it in degraded mode.
    bool isDegraded() const { return m_isDegraded; }
    /// The freeze that was asked for since the last call; 0: none.
    Nanoseconds takeFreeze() { return std::exchange(m_freeze, {}); }

private:
    TargetAnswer changeTimes(const QString &list);
    TargetAnswer reload(const QString &mode);
    TargetAnswer freeze(const QString &time);

    const TargetOptions m_started; // what it was started with
    const AdminToken m_token;
    ServiceTimes m_serviceTimes; // as they are now
    bool m_isDegraded = false;
    Nanoseconds m_freeze{};
};

} // namespace Headroom
