// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/sessionhead.h"
#include "ui/charts/ghostlines.h"

#include <QDateTime>
#include <QFuture>

namespace Headroom {

/// What a session's charts show, to be drawn behind those of another run: read second by second in the background, so
/// that nothing of the frames stays. Tells its progress, and ends early when it is canceled.
/// Errors: those of the session's reader; InvalidInput for one without a second. Thread: any.
QFuture<Result<GhostLinesPtr>> readGhost(const QString &session);

/// How a run is told apart from others: "Retrieval mix (mode: stub), 14:03", with the day when it was not today's.
QString ghostName(const SessionHead &head, const QDateTime &now);

} // namespace Headroom
