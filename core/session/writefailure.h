// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

/// Why a session cannot be written and what to do, by an errno; 0: by what SQLite says of it.
QString writeFailure(int number, const QString &otherwise = {});

} // namespace Headroom
