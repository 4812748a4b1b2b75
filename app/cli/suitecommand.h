// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/runsteps.h"

namespace Headroom {

/// Runs the members of a suite one after the other and tells what became of them in one report. All of them are checked,
/// and the services that they need looked for, before the first one starts. Returns the exit code.
/// `arguments`: of the whole call, which are those of every member; `text`: of the suite.
int suiteCommand(const QStringList &arguments, const RunOptions &options, const QByteArray &text);

/// Checks a suite and the scenario of each member as it would run them. Problems are printed; true when there is none.
bool validateSuite(const QString &path, const QByteArray &text);

} // namespace Headroom
