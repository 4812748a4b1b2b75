// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/stats/connectionopening.h"
#include "core/stats/failurekind.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <bitset>
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

/// HTTP statuses by number. Cheap to copy: a request carries one.
class StatusSet
{
public:
    static constexpr int kEnd = 1000; ///< A status has three digits.

    void insert(int status) { m_statuses.set(std::size_t(status)); }
    bool contains(int status) const { return status >= 0 && status < kEnd && m_statuses[std::size_t(status)]; }

private:
    std::bitset<kEnd> m_statuses;
};

/// One request, ready to be sent, whatever the transport.
struct HttpRequest
{
    QByteArray method;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    std::optional<QByteArray> body;
    ExchangeTimeouts timeouts;
    StatusSet keepBodyOf{}; ///< Answers whose content type and head of the body come back; of others nothing is copied.
    bool wantsHeaders = false; ///< Whether Exchange::headers comes back.
    bool wantsBody = false;    ///< Whether Exchange::body comes back, of answers of any status.
    bool wantsCookies = false; ///< Whether Exchange::setCookies comes back.
    bool cutsLongBody = false; ///< Whether an answer of more than Exchange::kMaxBody is cut there, as Other.
    /// Above 0: requests of a run with the same number are equal in all but body and timeouts, so that a transport may keep
    /// what it made of the first.
    int form = 0;
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
    QByteArray contentType{}; ///< Of an answer in keepBodyOf, or whose body is wanted; as it came.
    QByteArray bodyHead{};    ///< The same; at most kMaxBodyHead of the body's first bytes.
    static constexpr int kMaxBodyHead = 4096;
    std::vector<std::pair<QByteArray, QByteArray>> headers{}; ///< When the request wants them; with a body, at least its Content-Encoding.
    QByteArray body{}; ///< When the request wants it; at most kMaxBody of its first bytes.
    static constexpr qsizetype kMaxBody = 16 * 1024 * 1024;
    bool hasLongBody() const { return bytesIn > std::uint64_t(kMaxBody); }
    static constexpr auto kCutLongBody = "The answer is longer than 16 MiB, and was cut there";
    std::optional<ConnectionOpening> opening{}; ///< Of a connection that was opened for it, by a transport that can tell.
    QList<QByteArray> setCookies{}; ///< Values of the Set-Cookie lines, when the request wants them; as they came.
};

} // namespace Headroom
