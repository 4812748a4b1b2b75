// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/connectionrows.h"

#include "core/session/sessionlimits.h"

namespace Headroom {

namespace {

constexpr int kMostStreams = 100; // what a scenario can say

} // namespace

void writeConnectionFacts(Database &database, const RunFacts &facts)
{
    const RunFacts::Connections &made = facts.connections;
    Statement one(database, "INSERT INTO connections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    one.run(made.isTls, made.isVerified, made.isResumed, made.hasAuthorities, made.hasCertificate, made.serverName,
            made.isReused, made.isHttp2, made.streams, made.family, made.isResolvedEachTime, made.socket);
    Statement source(database, "INSERT INTO connection_sources VALUES (?, ?)");
    for (int i = 0; const QString &address : made.sources)
        source.run(i++, address);
}

void readConnectionFacts(Database &database, RunFacts &facts)
{
    RunFacts::Connections &made = facts.connections;
    Statement one(database, "SELECT * FROM connections");
    if (!one.next())
        return database.failDamaged(QStringLiteral("how its connections were made is missing"));
    made.isTls = one.takeBool();
    made.isVerified = one.takeBool();
    made.isResumed = one.takeBool();
    made.hasAuthorities = one.takeBool();
    made.hasCertificate = one.takeBool();
    made.serverName = one.takeText();
    made.isReused = one.takeBool();
    made.isHttp2 = one.takeBool();
    made.streams = one.takeInt();
    made.family = one.takeText();
    made.isResolvedEachTime = one.takeBool();
    made.socket = one.takeText();
    if (one.next())
        return database.failDamaged(QStringLiteral("how its connections were made stands there twice"));
    Statement source(database, "SELECT * FROM connection_sources ORDER BY position");
    for (std::size_t position = 0; source.next(); ++position) {
        if (source.takeCount() != position || position >= kMaxSessionEntries)
            return database.failDamaged(QStringLiteral("the addresses of its connections have a gap or are too many"));
        made.sources << source.takeText();
    }
}

QString misfitOfConnections(const RunFacts &facts)
{
    const RunFacts::Connections &made = facts.connections;
    const QStringList families{QStringLiteral("any"), QStringLiteral("ipv4"), QStringLiteral("ipv6")};
    if (!families.contains(made.family) || made.streams < 1 || made.streams > kMostStreams)
        return QStringLiteral("the family or the streams of its connections are none");
    if (std::size_t(made.sources.size()) > kMaxSessionEntries)
        return QStringLiteral("it has more than %1 addresses of its connections").arg(kMaxSessionEntries);
    return {};
}

} // namespace Headroom
