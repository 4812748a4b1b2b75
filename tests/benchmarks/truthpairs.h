// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/recordingtransport.h"

#include <QStringList>

namespace Headroom {

/// What client and server say of the same requests, brought together by request id.
struct TruthPairs
{
    std::vector<Nanoseconds> client; ///< Sent to finished, by pair.
    std::vector<Nanoseconds> server; ///< Last byte read to answer handed over, by pair.
    std::vector<Nanoseconds> difference; ///< Client minus server, by pair.
    std::size_t strangers = 0; ///< Rows that no request of ours belongs to, or a second one for the same.
    std::size_t disagreements = 0; ///< Pairs with different statuses.
};

/// Pairs the client's rows with rows of the practice target's truth log.
TruthPairs pairById(const std::vector<ClientRow> &client, const QStringList &log);

} // namespace Headroom
