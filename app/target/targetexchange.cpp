// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetexchange.h"

namespace Headroom {

QByteArray problem(const char *words) { return QByteArray(R"({"error":")") + words + "\"}"; }

QHttpHeaders headersOf(const TargetAnswer &answer, const TargetExchange &exchange, const TimingParts &parts)
{
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, answer.contentType);
    if (!answer.header.first.isEmpty())
        headers.append(answer.header.first, answer.header.second);
    if (exchange.told) {
        for (const auto &[name, value] : exchange.told->headers(parts))
            headers.append(name, value);
    }
    if (exchange.isWorked && !exchange.agent.isEmpty())
        headers.append("X-Agent-Id", exchange.agent);
    if (!exchange.requestId.isEmpty())
        headers.append("X-Request-Id", exchange.requestId);
    if (exchange.wantsClose)
        headers.append(QHttpHeaders::WellKnownHeader::Connection, "close");
    return headers;
}

} // namespace Headroom
