// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/failurekind.h"

class QNetworkReply;

namespace Headroom {

/// The failure kind of a finished reply; None when a complete answer arrived, whatever its status. `wasSent`: the
/// request had left, so there was a connection.
FailureKind failureKindOf(const QNetworkReply &reply, bool wasSent);

/// The answer's status; 0 when none came, or one that is not of three digits.
int statusOf(const QNetworkReply &reply);

/// One sentence for the failures table; Qt's own words only where they add something.
QString failureMessage(FailureKind kind, const QNetworkReply &reply);

} // namespace Headroom
