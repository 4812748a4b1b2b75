// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/stats/failurekind.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

namespace Headroom {

/// How long each part of an exchange may take, counted from the send. What runs out ends the exchange with the failure
/// kind of that part.
struct ExchangeTimeouts
{
    Nanoseconds connect{5s};
    Nanoseconds firstByte{30s};
    Nanoseconds total{60s};
};

/// One request, ready to be sent, whatever the transport.
struct HttpRequest
{
    QByteArray method;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    std::optional<QByteArray> body;
    ExchangeTimeouts timeouts;
};

/// What became of it. A failed request is a result, not an error.
///
/// Units: points of CLOCK_MONOTONIC; bytes of bodies, as transferred.
struct Exchange
{
    SteadyTime sent;
    SteadyTime firstByte; ///< Equal to finished when no head arrived.
    SteadyTime finished;
    FailureKind failure = FailureKind::None; ///< Only kinds without a complete answer; status and checks are judged later.
    QString message;      ///< One sentence on a failure; empty otherwise.
    int status = 0;
    int resends = 0;      ///< Times the transport sent the request again in silence.
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
};

} // namespace Headroom
