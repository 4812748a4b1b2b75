// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCommandLineParser>

namespace Headroom {

/// Adds an option; `value` is empty for a switch.
void addOption(QCommandLineParser &parser, const QStringList &names, const QString &help, const QString &value = {});

/// Reads the arguments behind a subcommand's name. Errors: InvalidInput in one sentence, with the nearest known option.
Result<void> parseArguments(QCommandLineParser &parser, const QString &command, const QStringList &arguments);

/// With more options behind those that are there, but before a lone "--", where they would be no options.
QStringList withOptions(const QStringList &arguments, const QStringList &more);

/// Prints usage and options of a subcommand to standard output.
void printHelp(QCommandLineParser &parser, const QString &command);

} // namespace Headroom
