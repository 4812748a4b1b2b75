// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace Headroom {

/// Whether `text` matches `pattern`, in which * stands for any run of characters and ? for one.
/// Takes time linear in pattern times text, whatever they hold.
bool matchesGlob(QStringView pattern, QStringView text);

} // namespace Headroom
