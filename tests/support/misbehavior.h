// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/failurekind.h"
#include "tests/support/scriptedserver.h"

#include <optional>
#include <vector>

namespace Headroom {

/// One way in which a server misbehaves, and what must come of it.
struct Misbehavior
{
    enum class Where { Http, Https, Nobody }; ///< Https: a handshake begins, the server plays its bytes all the same.
    enum class Next { Reuses, Reconnects }; ///< What a good request does that follows on the same lane.

    /// A number that is exact, or the bounds of one that is chance.
    struct Range
    {
        std::uint64_t least = 0;
        std::uint64_t most = 0;
        Range(std::uint64_t exact = 0)
            : least(exact)
            , most(exact)
        {
        }
        Range(std::uint64_t atLeast, std::uint64_t atMost)
            : least(atLeast)
            , most(atMost)
        {
        }
        bool contains(std::uint64_t number) const { return number >= least && number <= most; }
    };

    /// What the direct transport makes of it. It sends nothing twice.
    struct Direct
    {
        FailureKind failure = FailureKind::None;
        int status = 0;
        Range bodyBytes{};
        Next next = Next::Reconnects;
        const char *words = ""; ///< Somewhere in the message.
    };

    const char *name;
    ServerScript greeting{}; ///< Before it reads anything.
    ServerScript answer{}; ///< To every request, so also to each of Qt's silent resends.
    FailureKind failure = FailureKind::None;
    int status = 0;
    Range bodyBytes{};
    Range resends{};
    Next next = Next::Reconnects;
    int nextStatus = 200; ///< What that good request gets, answered with 200.
    Where where = Where::Http;
    std::optional<Direct> direct{}; ///< Where that differs by more than resends.
    const char *words = ""; ///< Somewhere in the message.

    /// The row as a transport ("qnam", "direct") must see it.
    Misbehavior seenBy(const QString &transport) const;
};

/// What QNetworkAccessManager (Qt 6.8) makes of each, and the direct transport. Where they cannot tell, the row says so.
std::vector<Misbehavior> misbehaviors();

} // namespace Headroom
