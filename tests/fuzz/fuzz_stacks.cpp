// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stacks/flameboxes.h"
#include "core/stacks/perffolder.h"

#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Callers stand before what they call, and have at least as many samples as all of it together.
void check(const StackTree &tree)
{
    std::uint64_t self = 0;
    for (int index = 0; index < int(tree.nodes().size()); ++index) {
        const StackTree::Node &node = tree.node(index);
        self += node.self;
        require(node.parent < index && node.end > index && node.end <= int(tree.nodes().size()));
        require(node.name >= 0 && node.name < tree.names().size() && node.level <= StackTree::kMostLevels);
        std::uint64_t below = 0;
        for (int child = index + 1; child < node.end; child = tree.node(child).end) {
            require(tree.node(child).parent == index && tree.node(child).level == node.level + 1);
            below += tree.node(child).total;
        }
        require(below + node.self == node.total);
    }
    require(self == tree.samples());
    for (const FlameBox &box : flameBoxes(tree, int(tree.nodes().size()) / 2, 0.001))
        require(box.left >= 0.0 && box.left + box.breadth <= 1.0 + 1e-9);
    for (const StackTree::Function &function : tree.hottest(10))
        require(function.self <= function.total && function.total <= tree.samples());
    require(searchFlame(tree, QStringLiteral("a")).samples <= tree.samples());
}

} // namespace

/// Whatever the text: as folded stacks it is a sound tree, and as the words of perf it folds to stacks that can be
/// read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), qsizetype(size));
    check(StackTree::parse(text));
    PerfFolder folder;
    folder.feed(text.first(text.size() / 2));
    folder.feed(text.sliced(text.size() / 2));
    const QByteArray folded = folder.takeFolded();
    const StackTree tree = StackTree::parse(folded);
    check(tree);
    require(folder.samples() == tree.samples() + folder.leftOut() + tree.skippedLines());
    return 0;
}
