// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"

#include <QStringList>

namespace Headroom {

/// The fact of the environment by which a session that was made of others remembers whose seconds it holds.
inline const QString kRecordings = QStringLiteral("recordings");

/// The recordings that a session holds seconds of: its own, or those that it was made of. A copy has the same.
QStringList recordingsOf(const SessionReader &session);

/// Notes them in the head of a session that is made of others, in place of what it said before.
void setRecordings(SessionHead &head, const QStringList &recordings);

} // namespace Headroom
