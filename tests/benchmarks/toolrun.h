// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace Headroom {

/// What a program left behind that ran to its end.
struct ToolRun
{
    int exitCode = -1; ///< -1: a signal ended it.
    QByteArray output; ///< Standard output and standard error, as they came.
    double cpuSeconds = 0.0; ///< User and system time of the process with all its threads.
};

/// Runs a program, found through PATH, without input, and waits for its end.
/// Errors: NotFound when it is not installed; Cancelled when it was killed because `limit` had passed; Internal.
/// Thread: any; it blocks. Source of the time: wait4(2), so nothing of it is missing and nothing of ours is in it.
Result<ToolRun> runTool(const QString &program, const QStringList &arguments, std::chrono::seconds limit);

/// The error of the first of these programs that is not installed.
Result<void> findTools(const QStringList &programs);

} // namespace Headroom
