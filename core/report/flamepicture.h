// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/stacks/stacktree.h"

namespace Headroom {

/// Stacks as a flame graph (SVG): callers below what they call, as broad as their shares of the samples; a tooltip says
/// each function's share. What is too narrow to be seen is left out, and what is above kMostFlameRows rows.
/// Colours come from the style sheet of the page.
Html flameHtml(const StackTree &tree, const QString &title);
inline constexpr int kMostFlameRows = 80;

/// The same of one function with all that it called as a file of its own, with its colours for light and dark.
/// Range: a node of the tree.
QByteArray flameSvg(const StackTree &tree, int node, const QString &title);

/// "sort: 42 samples, 12.3 %", with what of it is its own.
QString flameBoxText(const StackTree &tree, int node);

} // namespace Headroom
