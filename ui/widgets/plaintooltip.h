// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

/// A tool tip that shows its text as it is, whatever marks it holds, and wraps it. Empty for an empty text.
QString plainToolTip(const QString &text);

} // namespace Headroom
