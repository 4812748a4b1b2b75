// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <QProcessEnvironment>
#include <QStringList>

#include <utility>
#include <vector>

namespace Headroom {

/// A program and its arguments, ready to be started without a shell.
struct CommandLine
{
    QString program; ///< An absolute path.
    QStringList arguments;
    std::vector<std::pair<QString, QString>> environment{}; ///< Beside ours.

    QProcessEnvironment wholeEnvironment() const; ///< Ours with that.
};

/// Takes a scenario's command apart at its blanks (double quotes keep them) and finds the program: with a slash in
/// `folder`, without one where the shell would look.
/// Errors: InvalidInput, NotFound, in a sentence with the program's name.
Result<CommandLine> findCommand(const QString &text, const QString &folder);

/// The variables that a scenario sets, in its order.
std::vector<std::pair<QString, QString>> environmentOf(const std::vector<Scenario::Header> &written);
/// Tells environments apart without telling what is in them; empty for none.
QString environmentDigest(const std::vector<std::pair<QString, QString>> &environment);

} // namespace Headroom
