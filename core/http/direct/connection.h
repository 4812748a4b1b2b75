// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/requestwriter.h"
#include "core/http/pendingexchange.h"

namespace Headroom {

/// A connection to one origin, and the exchanges under way on it. It opens itself for the first and again after it was
/// lost.
///
/// Thread: one. Lifetime: longer than its exchanges.
class Connection
{
public:
    /// Is told before an exchange that is over is finished.
    class Owner
    {
    public:
        virtual void exchangeOver(Connection &connection) = 0;

    protected:
        ~Owner() = default;
    };
    virtual ~Connection() = default;

    /// Begins an exchange. Needs hasRoom().
    virtual void start(PendingExchange &pending, const WrittenRequest &request) = 0;
    /// Whether it takes one more at the same time.
    virtual bool hasRoom() const = 0;
    /// Ends every exchange under way as FailureKind::Aborted.
    virtual void abort() = 0;

    /// Its owner's notes.
    struct Place
    {
        int origin = 0;
        bool isShared = false; ///< Of no user in particular.
        bool isListed = false; ///< Among those with room.
    };
    Place place{};
};

} // namespace Headroom
