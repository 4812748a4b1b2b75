// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/progressprinter.h"
#include "app/cli/reportfiles.h"
#include "app/cli/sweep.h"
#include "core/run/runrequest.h"

#include <QStringList>

namespace Headroom {

/// What `headroom run` was told.
struct RunOptions
{
    QString source; ///< Scenario file, "-", URL or session.
    bool isUrl = false;
    LoadChange change;
    std::vector<ScenarioOverride> overrides;
    ProfileChoice choice;
    std::optional<std::uint64_t> seed;
    int workers = 0;
    bool isStrict = false;
    QStringList allowedHosts;
    bool allowsCommands = false;
    QString sessionPath; ///< Empty: made of name and time.
    std::vector<ReportFile> reports;
    std::optional<Sweep> sweep{}; ///< Then there are several runs, and the reports are one of all of them.
    QStringList attached{}; ///< Files that the session is to hold.
    QStringList only{}; ///< Members of a suite; empty: all.
    ProgressPrinter::Style progress = ProgressPrinter::Style::Plain;
    bool wantsHelp = false; ///< Help was printed; nothing else is to be done.
};

/// Errors: InvalidInput, naming the option and what it takes.
Result<RunOptions> parseRunOptions(const QStringList &arguments);

} // namespace Headroom
