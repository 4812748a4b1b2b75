// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Headroom {

// One file per subcommand. Each takes the arguments behind its name and returns the exit code.
int calibrateCommand(const QStringList &arguments);
int runCommand(const QStringList &arguments);
int reportCommand(const QStringList &arguments);
int replayCommand(const QStringList &arguments);
int exportCommand(const QStringList &arguments);
int mergeCommand(const QStringList &arguments);
int trimCommand(const QStringList &arguments);
int verifyCommand(const QStringList &arguments);
int validateCommand(const QStringList &arguments);
int schemaCommand(const QStringList &arguments);
int helpCommand(const QStringList &arguments);

} // namespace Headroom
