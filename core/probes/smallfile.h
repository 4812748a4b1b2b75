// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Headroom {

/// What a file of the kernel says, up to a limit; empty when it cannot be read.
QByteArray textOfSmallFile(const QString &path, qsizetype maxBytes = 64 * 1024);

} // namespace Headroom
