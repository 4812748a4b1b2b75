// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Headroom {

/// NAME-YYYYMMDD-HHMMSS.headroom, without a folder; the scenario's name made safe as a file's.
QString sessionFileName(QString scenarioName, const QDateTime &time);

} // namespace Headroom
