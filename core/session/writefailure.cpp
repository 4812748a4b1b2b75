// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/writefailure.h"

#include <cerrno>
#include <cstring>

namespace Headroom {

QString writeFailure(int number, const QString &otherwise)
{
    if (number == ENOSPC)
        return QStringLiteral("the disk is full; make room on it or choose another place");
    return QStringLiteral("the session cannot be written: %1; choose another place")
        .arg(number ? QString::fromLocal8Bit(std::strerror(number)) : otherwise);
}

} // namespace Headroom
