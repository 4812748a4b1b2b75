// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stacks/flameboxes.h"

#include <algorithm>

namespace Headroom {

namespace {

/// The box of each of a node's callers, from the root on, and its own.
std::vector<FlameBox> callersAndSelf(const StackTree &tree, int node)
{
    std::vector<FlameBox> boxes;
    for (int each = node; each >= 0; each = tree.node(each).parent)
        boxes.push_back({each, tree.node(each).level, 0.0, 1.0});
    std::ranges::reverse(boxes);
    return boxes;
}

} // namespace

std::vector<FlameBox> flameBoxes(const StackTree &tree, int root, double least)
{
    std::vector<FlameBox> boxes = callersAndSelf(tree, root);
    const double samples = double(tree.node(root).total);
    if (samples <= 0.0)
        return boxes;
    for (std::size_t done = boxes.size() - 1; done < boxes.size(); ++done) {
        const FlameBox caller = boxes[done];
        double left = caller.left;
        for (int node = caller.node + 1; node < tree.node(caller.node).end; node = tree.node(node).end) {
            const double breadth = double(tree.node(node).total) / samples;
            if (breadth >= least)
                boxes.push_back({node, caller.level + 1, left, breadth});
            left += breadth;
        }
    }
    return boxes;
}

FlameSearch searchFlame(const StackTree &tree, const QString &text)
{
    FlameSearch search;
    if (text.isEmpty())
        return search;
    std::vector<bool> isWanted;
    for (const QString &name : tree.names())
        isWanted.push_back(name.contains(text, Qt::CaseInsensitive));
    search.isFound.resize(tree.nodes().size());
    int counted = 0; // behind the last node below one that was found
    for (int node = 1; node < int(tree.nodes().size()); ++node) {
        if (!isWanted[std::size_t(tree.node(node).name)])
            continue;
        search.isFound[std::size_t(node)] = true;
        if (node < counted)
            continue;
        search.samples += tree.node(node).total;
        counted = tree.node(node).end;
    }
    return search;
}

int flameShade(const QString &name)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const QChar c : name)
        hash = (hash ^ c.unicode()) * 16777619U;
    return int((hash >> 16) % kFlameShades);
}

bool isKernelFunction(const QString &name) { return name.endsWith(QLatin1String("_[k]")); }

} // namespace Headroom
