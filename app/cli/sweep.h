// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace Headroom {

/// What `--sweep PARAMETER=VALUE,VALUE...` asks for.
struct Sweep
{
    QString parameter; ///< users, rate, iterations, duration, batches, or a place in the scenario as of --set.
    QStringList values; ///< Two or more, no two alike.
};

/// Errors: InvalidInput, in a sentence on how to write it.
Result<Sweep> parseSweep(const QString &text);

/// The option that sets the parameter to a value for one run: "--users=4", or "--set=load.stages[0].rate=20/s".
/// users, rate and iterations change that one field where the scenario's load writes it, and so keep its length and
/// think times; elsewhere they are the options of the same name. `isReplaced`: the command line replaces the load
/// anyway.
QString optionFor(const QString &parameter, const QString &value, const QByteArray &scenario, bool isReplaced);

/// A text as it may stand in the name of a file; at most 24 characters.
QString safeFilePart(QString text);
/// "users-4", as it stands in the name of a session.
QString sweepFilePart(const QString &parameter, const QString &value);

} // namespace Headroom
