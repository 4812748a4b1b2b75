// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace Headroom {

/// A program and its arguments, ready to be started without a shell.
struct CommandLine
{
    QString program; ///< An absolute path.
    QStringList arguments;
};

/// Takes a scenario's command apart at its blanks (double quotes keep them) and finds the program: with a slash in
/// `folder`, without one where the shell would look.
/// Errors: InvalidInput, NotFound, in a sentence with the program's name.
Result<CommandLine> findCommand(const QString &text, const QString &folder);

} // namespace Headroom
