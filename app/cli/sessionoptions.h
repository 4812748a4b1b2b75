// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/outputfile.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <QCommandLineParser>

#include <optional>

namespace Headroom {

// What the commands on session files have in common.

/// Prints the error and gives the exit code: 1 for an output that cannot be written and for faults of ours, else 2.
int failSession(const Error &error);

/// --force, and what it allows.
void addForceOption(QCommandLineParser &parser);
Replacing replacingWith(const QCommandLineParser &parser);

/// Whole seconds of a run, as reports and terminals show them (1:30, 1:02:03) or as the language writes durations (90
/// s). Errors: InvalidInput.
Result<int> parseMoment(const QString &text);
/// The same of an option; nothing where it was not given. Errors: InvalidInput, naming the option.
Result<std::optional<int>> momentOption(const QCommandLineParser &parser, const QString &option);

} // namespace Headroom
