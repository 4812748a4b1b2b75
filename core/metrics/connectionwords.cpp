// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/connectionwords.h"

namespace Headroom {

namespace {

constexpr qsizetype kShownSources = 3;

QString lifeWords(const RunFacts &facts)
{
    const RunFacts::Connections &made = facts.connections;
    if (!made.isReused)
        return QStringLiteral("a new connection for each request");
    if (made.streams > 1)
        return QStringLiteral("up to %1 requests at once on a connection").arg(made.streams);
    if (facts.transport == QLatin1String("direct") && !facts.isOpenModel)
        return QStringLiteral("one connection for each user");
    return QStringLiteral("connections shared by all users");
}

QString tlsWords(const RunFacts::Connections &made)
{
    QStringList words{made.isVerified ? QStringLiteral("TLS verified") : QStringLiteral("TLS NOT VERIFIED")};
    if (made.hasAuthorities)
        words += QStringLiteral("by authorities of its own");
    if (!made.serverName.isEmpty())
        words += QStringLiteral("as %1").arg(made.serverName);
    if (made.hasCertificate)
        words += QStringLiteral("with a client certificate");
    if (!made.isResumed)
        words += QStringLiteral("and never resumed");
    return words.join(u' ');
}

} // namespace

QString connectionWords(const RunFacts &facts)
{
    const RunFacts::Connections &made = facts.connections;
    if (facts.transport == QLatin1String("lines"))
        return QStringLiteral("lines: one item a line, answered in order");
    QStringList words{made.isHttp2 ? QStringLiteral("HTTP/2") : QStringLiteral("HTTP/1.1"), lifeWords(facts)};
    if (made.isTls)
        words += tlsWords(made);
    if (!made.socket.isEmpty())
        words += QStringLiteral("through the socket %1").arg(made.socket);
    if (made.family != QLatin1String("any"))
        words += made.family == QLatin1String("ipv6") ? QStringLiteral("IPv6 only") : QStringLiteral("IPv4 only");
    if (made.isResolvedEachTime)
        words += QStringLiteral("names looked up for each connection");
    if (made.sources.size() > kShownSources)
        words += QStringLiteral("from %1 addresses").arg(made.sources.size());
    else if (!made.sources.isEmpty())
        words += QStringLiteral("from %1").arg(made.sources.join(QLatin1String(" and ")));
    return facts.transport + QStringLiteral(": ") + words.join(QLatin1String(", "));
}

QStringList connectionCautions(const RunFacts &facts)
{
    if (!facts.connections.isTls || facts.connections.isVerified)
        return {};
    return {QStringLiteral(
        "The certificates of the target were not verified (target.tls.verify: false): nobody knows whose "
        "answers these were")};
}

bool wouldGainFromDirect(const RunFacts &facts) { return facts.transport == QLatin1String("qnam"); }

QString directAdvice()
{
    return QStringLiteral(
        "write transport: direct in the target, which makes many times as many requests in a second of CPU");
}

} // namespace Headroom
