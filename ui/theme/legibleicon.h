// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QStyle;

namespace Headroom {

/// The same icon, in the colour of a button's text wherever it could hardly be told from the button: an icon of the
/// desktop's theme may be black while our palette is dark. It follows the application's palette by itself.
QIcon legibleIcon(const QIcon &icon);

/// Fusion, whose own icons, as those that close a dock, are legible too. The application takes it.
QStyle *legibleFusion();

} // namespace Headroom
