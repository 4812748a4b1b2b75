// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/diagnostic.h"

#include <QString>

namespace Headroom {

/// Text without control characters and escape sequences, so that no name from file or network steers a terminal.
QString terminalSafe(const QString &text);

void printOut(const QString &text);              ///< One line to standard output.
void printError(const QString &text);            ///< "headroom: text" to standard error.
/// Whether all of standard output could be written; says so when not. Last thing of a program.
bool isAllPrinted();
void printDiagnostics(const QString &file, const Diagnostics &diagnostics); ///< One line each to standard error.
/// The same of a text that is no file: "the scenario of a.headroom, line 39, column 3: ...".
void printDiagnosticsWithin(const QString &text, const Diagnostics &diagnostics);

/// Reads a whole file, or standard input for "-". Errors: NotFound, Unreadable, in one sentence with the path.
Result<QByteArray> readFile(const QString &path);
/// Where the commands of a scenario file start from; for "-" and a URL the current folder.
QString folderOf(const QString &path);

} // namespace Headroom
