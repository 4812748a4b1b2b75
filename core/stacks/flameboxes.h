// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stacks/stacktree.h"

namespace Headroom {

/// A function of a stack as a box of a flame graph: as broad as its share of what is shown.
struct FlameBox
{
    int node = 0; ///< Of the tree.
    int level = 0; ///< Its row, counted from the root.
    double left = 0.0; ///< Shares of the whole breadth.
    double breadth = 1.0;
};

/// The boxes of a node with all that it called, over the whole breadth, and of its callers, which are as broad. Rows by
/// row from the root, from left to right. Boxes narrower than `least` are left out with all above them.
/// Range: a node of the tree.
std::vector<FlameBox> flameBoxes(const StackTree &tree, int node, double least);

/// The functions whose name has a text in it, whatever the case.
struct FlameSearch
{
    std::vector<bool> isFound; ///< By node; empty for an empty text.
    std::uint64_t samples = 0; ///< With at least one of them in their stack.
};
FlameSearch searchFlame(const StackTree &tree, const QString &text);

/// How boxes of the same colour family are told apart: a number that hangs on the name alone.
inline constexpr int kFlameShades = 5;
int flameShade(const QString &name);
/// Whether a function is one of the kernel ("_[k]" at its end, as stackcollapse marks them).
bool isKernelFunction(const QString &name);

} // namespace Headroom
