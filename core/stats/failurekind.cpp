// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/failurekind.h"

namespace Headroom {
namespace {

struct Words
{
    QLatin1StringView name;
    QLatin1StringView text;
};

// By FailureKind. The names are part of the report's schema: they may grow, and never change.
constexpr std::array<Words, kFailureKindCount> kWords{{
    {QLatin1StringView("none"), QLatin1StringView("No failure")},
    {QLatin1StringView("dns"), QLatin1StringView("The host name could not be resolved")},
    {QLatin1StringView("connect_refused"), QLatin1StringView("The target refused the connection")},
    {QLatin1StringView("connect_timeout"), QLatin1StringView("No connection was made within the connect timeout")},
    {QLatin1StringView("connect"), QLatin1StringView("The connection could not be made")},
    {QLatin1StringView("tls"), QLatin1StringView("The secure connection failed in its handshake or certificate")},
    {QLatin1StringView("closed"), QLatin1StringView("The target closed the connection before the answer was complete")},
    {QLatin1StringView("first_byte_timeout"),
     QLatin1StringView("The answer did not begin within the first byte timeout")},
    {QLatin1StringView("timeout"), QLatin1StringView("The answer was not complete within the total timeout")},
    {QLatin1StringView("protocol"), QLatin1StringView("The answer is not valid HTTP")},
    {QLatin1StringView("truncated"), QLatin1StringView("The answer was shorter than announced")},
    {QLatin1StringView("aborted"), QLatin1StringView("The request was cut at the end of the run")},
    {QLatin1StringView("status"), QLatin1StringView("The answer had a status that the step does not expect")},
    {QLatin1StringView("check"), QLatin1StringView("The answer failed a check")},
    {QLatin1StringView("identity"), QLatin1StringView("The answer was meant for another user")},
    {QLatin1StringView("template"), QLatin1StringView("The request could not be rendered and was not sent")},
    {QLatin1StringView("other"), QLatin1StringView("The request failed for another reason")},
}};

const Words &wordsOf(FailureKind kind)
{
    const std::size_t index = std::size_t(kind);
    return kWords[index < kFailureKindCount ? index : std::size_t(FailureKind::Other)];
}

} // namespace

QLatin1String failureKindName(FailureKind kind) { return wordsOf(kind).name; }

std::optional<FailureKind> failureKindFromName(QStringView name)
{
    for (std::size_t i = 0; i < kFailureKindCount; ++i) {
        if (kWords[i].name == name)
            return FailureKind(i);
    }
    return std::nullopt;
}

QString failureKindText(FailureKind kind) { return wordsOf(kind).text; }

bool isCensored(FailureKind kind)
{
    return kind == FailureKind::ConnectTimeout || kind == FailureKind::FirstByteTimeout || kind == FailureKind::Timeout
        || kind == FailureKind::Aborted;
}

} // namespace Headroom
