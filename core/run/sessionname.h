// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDir>
#include <QString>

namespace Headroom {

/// NAME-YYYYMMDD-HHMMSS.headroom, without a folder; the scenario's name made safe as a file's.
QString sessionFileName(QString scenarioName, const QDateTime &time);
/// The path of a session, or with -2, -3 ... in its name where that is taken, be it by a run that has only begun.
QString freeSessionPath(const QString &path);
/// The same, in a folder: of two runs within a second.
QString freeSessionFileName(const QDir &folder, const QString &scenarioName, const QDateTime &time);

} // namespace Headroom
