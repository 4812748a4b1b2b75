// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"
#include "tests/support/scriptedserver.h"

namespace Headroom {

/// A request, the bytes that answer it, and the exchange that every transport must make of the two.
struct ExchangeCase
{
    const char *name;
    HttpRequest request{}; ///< Its URL is the server's.
    ServerScript answer{};
    Exchange
        expected{}; ///< Without times, opening and message; names of headers in lower case, in order of the alphabet.
    bool isKept = true; ///< Whether the next request goes over the same connection.
};

std::vector<ExchangeCase> exchangeCases();

/// All of an exchange that transports must agree on, one line for each part.
QString described(const Exchange &exchange);

} // namespace Headroom
