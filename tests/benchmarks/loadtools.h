// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <vector>

namespace Headroom {

/// What a load generator tells of its run.
struct ToolLoad
{
    double answered = 0.0; ///< Requests with a complete answer of 2xx or 3xx.
    double failed = 0.0; ///< All others.
    double perSecond = 0.0; ///< As it says itself.
    bool operator==(const ToolLoad &) const = default;
};

/// Reads what a load generator prints; of headroom the JSON report.
/// Errors: Unreadable when that is not what it prints after a run, with its own last line.
Result<ToolLoad> readWrk(const QByteArray &output);
Result<ToolLoad> readH2load(const QByteArray &output);
Result<ToolLoad> readHey(const QByteArray &output);
Result<ToolLoad> readHeadroom(const QByteArray &report);

/// Name and version of a program that is installed, such as "wrk" and "4.1.0"; "?" when it does not say.
using ToolVersion = std::pair<QString, QString>;
std::vector<ToolVersion> toolVersions();

} // namespace Headroom
