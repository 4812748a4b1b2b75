// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace Headroom {

/// Why a request was an error. The names are part of the JSON report and of rules: share(connect_refused).
enum class FailureKind : std::uint8_t {
    None,
    Dns, ///< The host name could not be resolved.
    ConnectRefused, ///< Nobody listens.
    ConnectTimeout, ///< No connection within timeout.connect.
    Connect, ///< Any other failure to connect: no route, network down, out of descriptors or ports.
    Tls, ///< Handshake or certificate.
    Closed, ///< The server closed or reset the connection before the answer was complete.
    FirstByteTimeout, ///< No head of an answer within timeout.first_byte.
    Timeout, ///< Not complete within timeout.total.
    Protocol, ///< What came back is not HTTP.
    Truncated, ///< The answer was shorter than announced.
    Aborted, ///< Cut by us at the end of the run; not the target's fault.
    Status, ///< Complete, with a status that expect does not list.
    Check, ///< Complete, with a failed check.
    Identity, ///< Complete, and meant for another user.
    Template, ///< The request could not be rendered; nothing was sent.
    Other,
};
inline constexpr std::size_t kFailureKindCount = std::size_t(FailureKind::Other) + 1;

/// "connect_refused" and so on; "none" for None.
QLatin1String failureKindName(FailureKind kind);
std::optional<FailureKind> failureKindFromName(QStringView name);
/// One clear sentence for people, without a final full stop.
QString failureKindText(FailureKind kind);
/// Whether our own clock ended the wait for an answer that was still to come. Only then is the elapsed time a lower bound
/// of the latency, and the request stands in it as censored. A refused or broken connection has no latency: it ended as
/// fast as the target could say no, and would make percentiles look better the more of them there are.
bool isCensored(FailureKind kind);

} // namespace Headroom
