// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Headroom {

/// What a program was started with, as it may be shown: "***" stands for what an option, a variable, a header or a URL
/// names as a password, key or token. For command lines of other programs, whose secrets nobody has told us.
QStringList maskedArguments(const QStringList &arguments);

} // namespace Headroom
