// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// How often each stack was seen, as a tree of calls: what a flame graph shows.
///
/// Nodes stand in the order of a walk from the root, callers before what they call and siblings by name, so that the
/// nodes from one to its end are it and all that it called. Node 0 is the root, which has no name and stands for all.
/// Source: the folded format of Brendan Gregg's FlameGraph (stackcollapse): "main;work;sort 42" on each line.
class StackTree
{
public:
    static constexpr int kMostNodes = 200'000; ///< What comes after them counts for the caller that is known.
    static constexpr int kMostLevels = 1'000; ///< Likewise.
    static constexpr qsizetype kLongestName = 1'000; ///< Characters; the rest of a name is left out.
    static constexpr std::uint64_t kMostSamples = std::uint64_t(1) << 53; ///< In all: exact as a double.

    struct Node
    {
        int name = 0; ///< Into names().
        int parent = -1;
        int level = 0; ///< The root is 0.
        int end = 0; ///< Behind the last node below it.
        std::uint64_t total = 0; ///< Samples with it in their stack.
        std::uint64_t self = 0; ///< Of these, those in which it had called nothing.
    };

    StackTree(); ///< Of no samples.
    /// Any bytes may come in. A line without a count, or with one that is too large, is left out and counted.
    static StackTree parse(QByteArrayView folded);
    /// How many samples a text tells of, when every line of it is a stack with a count and there is one; quick.
    static std::optional<std::uint64_t> samplesIn(QByteArrayView folded);

    const std::vector<Node> &nodes() const { return m_nodes; }
    const Node &node(int index) const { return m_nodes[std::size_t(index)]; }
    const QStringList &names() const { return m_names; }
    const QString &nameOf(int index) const { return m_names[node(index).name]; }
    std::uint64_t samples() const { return m_nodes.front().total; }
    bool isEmpty() const { return samples() == 0; }
    double shareOf(int index) const { return isEmpty() ? 0.0 : double(node(index).total) / double(samples()); }
    int levels() const { return m_levels; } ///< Of the deepest stack; the root not counted.

    std::uint64_t skippedLines() const { return m_skippedLines; }
    bool isCut() const { return m_isCut; } ///< A limit was reached: some stacks are shorter than they were.

    struct Function
    {
        QString name;
        std::uint64_t self = 0;
        std::uint64_t total = 0; ///< Each sample once, however often it calls itself.
    };
    /// Those with the most samples of their own, at most so many; the same number: by name.
    std::vector<Function> hottest(std::size_t most) const;

private:
    class Builder;
    std::vector<Node> m_nodes;
    QStringList m_names;
    std::uint64_t m_skippedLines = 0;
    int m_levels = 0;
    bool m_isCut = false;
};

} // namespace Headroom
