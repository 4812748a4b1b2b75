// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runending.h"
#include "core/session/database.h"
#include "core/session/sessionhead.h"

namespace Headroom {

/// How a session that was closed cleanly ended.
struct SessionClosing
{
    RunEnding ending;
    qint64 endedAtMs = 0;
    QByteArray digest;
};

/// The rows of a session that are not of a second. Failures stay with the database.
void writeHead(Database &database, const SessionHead &head);
void writeClosing(Database &database, const SessionClosing &closing);
/// Rules that a hand has changed; in place of those written before.
void writeSteeredRules(Database &database, const QStringList &rules);

/// What writeHead() wrote; its digest is looked after.
SessionHead readHead(Database &database);
/// What writeSteeredRules() wrote last; nothing when the rules are those of the head. Their digest is looked after.
std::optional<QStringList> readSteeredRules(Database &database);
/// What writeClosing() wrote; nothing when the run was killed.
std::optional<SessionClosing> readClosing(Database &database);

} // namespace Headroom
