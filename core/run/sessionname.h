// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDir>
#include <QString>

namespace Headroom {

/// NAME-YYYYMMDD-HHMMSS.headroom, without a folder; the scenario's name made safe as a file's.
QString sessionFileName(QString scenarioName, const QDateTime &time);
/// The same, or with -2, -3 ... behind it where a folder has that already: of two runs within a second.
QString freeSessionFileName(const QDir &folder, const QString &scenarioName, const QDateTime &time);

} // namespace Headroom
