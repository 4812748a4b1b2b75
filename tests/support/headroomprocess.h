// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace Headroom {

/// What a finished call of the headroom program left behind.
struct ProcessResult
{
    int exitCode = -1; ///< -1: did not start, did not end in time, or crashed.
    QString out;
    QString err;
};

/// Calls the headroom of this build in a folder, with settings of its own, and waits for its end.
ProcessResult runHeadroom(const QStringList &arguments, const QString &folder, const QByteArray &input = {});

/// The program's path, for tests that steer the process themselves.
QString headroomProgram();
QString targetProgram();

} // namespace Headroom
