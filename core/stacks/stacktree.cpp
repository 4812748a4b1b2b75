// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stacks/stacktree.h"

#include <QHash>

#include <algorithm>

namespace Headroom {

namespace {

/// The count at the end of a line, which is then cut to its stack; nothing when there is none.
std::optional<std::uint64_t> takeCount(QByteArrayView &line)
{
    line = line.trimmed();
    const qsizetype blank = line.lastIndexOf(' ');
    const QByteArrayView digits = line.sliced(blank + 1);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (blank <= 0 || digits.isEmpty() || !std::ranges::all_of(digits, isDigit))
        return std::nullopt;
    bool isNumber = false;
    const std::uint64_t count = digits.toULongLong(&isNumber);
    line = line.first(blank).trimmed();
    return isNumber && count <= StackTree::kMostSamples ? std::optional(count) : std::nullopt;
}

/// The next line of a text, which is cut behind it.
QByteArrayView takeLine(QByteArrayView &text)
{
    const qsizetype feed = text.indexOf('\n');
    const QByteArrayView line = feed < 0 ? text : text.first(feed);
    text = feed < 0 ? QByteArrayView() : text.sliced(feed + 1);
    return line;
}

/// A name as it can be shown on one line.
QString plainName(QByteArrayView bytes)
{
    // A character has at most four bytes.
    QString name = QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * StackTree::kLongestName)));
    for (QChar &c : name) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    return name.left(StackTree::kLongestName);
}

} // namespace

/// Nodes in the order in which they are first seen, until all lines are there.
class StackTree::Builder
{
public:
    explicit Builder(StackTree &tree)
        : m_tree(tree)
    {
    }
    void add(QByteArrayView line);
    void finish();

private:
    std::optional<int> childOf(int parent, QByteArrayView name);
    int nameIndex(QByteArrayView name);

    StackTree &m_tree;
    std::vector<Node> m_seen{Node()};
    QHash<QByteArray, int> m_nameIndices;
    QHash<std::pair<int, int>, int> m_children; // by parent and name
};

void StackTree::Builder::add(QByteArrayView line)
{
    const auto count = takeCount(line);
    if (!count || m_seen.front().total + *count > kMostSamples) {
        ++m_tree.m_skippedLines;
        return;
    }
    if (*count == 0)
        return;
    int node = 0;
    m_seen.front().total += *count;
    for (qsizetype from = 0; from <= line.size();) {
        const qsizetype semicolon = line.indexOf(';', from);
        const qsizetype to = semicolon < 0 ? line.size() : semicolon;
        const QByteArrayView name = line.sliced(from, to - from).trimmed();
        from = to + 1;
        if (name.isEmpty())
            continue;
        const std::optional<int> child = childOf(node, name);
        if (!child)
            break;
        node = *child;
        m_seen[std::size_t(node)].total += *count;
    }
    m_seen[std::size_t(node)].self += *count;
}

/// Nothing behind a limit.
std::optional<int> StackTree::Builder::childOf(int parent, QByteArrayView name)
{
    const int level = m_seen[std::size_t(parent)].level + 1;
    if (level > kMostLevels) {
        m_tree.m_isCut = true;
        return std::nullopt;
    }
    const int index = nameIndex(name);
    const auto known = m_children.constFind({parent, index});
    if (known != m_children.constEnd())
        return *known;
    if (m_seen.size() >= std::size_t(kMostNodes)) {
        m_tree.m_isCut = true;
        return std::nullopt;
    }
    const int node = int(m_seen.size());
    m_seen.push_back({.name = index, .parent = parent, .level = level});
    m_children.insert({parent, index}, node);
    return node;
}

int StackTree::Builder::nameIndex(QByteArrayView name)
{
    const QByteArray key = name.first(std::min(name.size(), 4 * kLongestName)).toByteArray();
    const auto known = m_nameIndices.constFind(key);
    if (known != m_nameIndices.constEnd())
        return *known;
    const int index = int(m_tree.m_names.size());
    m_tree.m_names.append(plainName(key));
    m_nameIndices.insert(key, index);
    return index;
}

/// Puts the nodes in their order.
void StackTree::Builder::finish()
{
    std::vector<std::vector<int>> children(m_seen.size());
    for (std::size_t node = 1; node < m_seen.size(); ++node)
        children[std::size_t(m_seen[node].parent)].push_back(int(node));
    for (std::vector<int> &siblings : children) // turned round: the first of them is to be taken last from the stack
        std::ranges::sort(siblings, std::greater(),
                          [this](int node) { return m_tree.m_names[m_seen[std::size_t(node)].name]; });
    std::vector<Node> &nodes = m_tree.m_nodes;
    nodes.clear();
    nodes.reserve(m_seen.size());
    std::vector<int> open; // the nodes from the root to the one before, by their new numbers
    const auto closeFrom = [&](int level) {
        for (; int(open.size()) > level; open.pop_back())
            nodes[std::size_t(open.back())].end = int(nodes.size());
    };
    std::vector<int> waiting{0};
    while (!waiting.empty()) {
        const int taken = waiting.back();
        waiting.pop_back();
        Node node = m_seen[std::size_t(taken)];
        closeFrom(node.level);
        node.parent = open.empty() ? -1 : open.back();
        open.push_back(int(nodes.size()));
        nodes.push_back(node);
        m_tree.m_levels = std::max(m_tree.m_levels, node.level);
        waiting.insert(waiting.end(), children[std::size_t(taken)].begin(), children[std::size_t(taken)].end());
    }
    closeFrom(0);
}

StackTree::StackTree()
    : m_nodes{Node{.end = 1}}
    , m_names{QString()}
{
}

StackTree StackTree::parse(QByteArrayView folded)
{
    StackTree tree;
    Builder builder(tree);
    while (!folded.isEmpty()) {
        const QByteArrayView line = takeLine(folded);
        if (!line.trimmed().isEmpty())
            builder.add(line);
    }
    builder.finish();
    return tree;
}

std::optional<std::uint64_t> StackTree::samplesIn(QByteArrayView folded)
{
    std::uint64_t samples = 0;
    while (!folded.isEmpty()) {
        QByteArrayView line = takeLine(folded);
        if (line.trimmed().isEmpty())
            continue;
        const auto count = takeCount(line);
        if (!count || samples + *count > kMostSamples)
            return std::nullopt;
        samples += *count;
    }
    return samples > 0 ? std::optional(samples) : std::nullopt;
}

std::vector<StackTree::Function> StackTree::hottest(std::size_t most) const
{
    std::vector<Function> functions(std::size_t(m_names.size()));
    std::vector<int> under(functions.size()); // where the outermost call of a name that the walk is in ends
    for (int index = 1; index < int(m_nodes.size()); ++index) {
        const Node &one = node(index);
        Function &function = functions[std::size_t(one.name)];
        function.self += one.self;
        if (index < under[std::size_t(one.name)])
            continue;
        under[std::size_t(one.name)] = one.end;
        function.total += one.total;
    }
    for (std::size_t name = 0; name < functions.size(); ++name)
        functions[name].name = m_names[qsizetype(name)];
    std::erase_if(functions, [](const Function &function) { return function.self == 0; });
    std::ranges::sort(functions, [](const Function &a, const Function &b) {
        return a.self != b.self ? a.self > b.self : a.name < b.name;
    });
    functions.resize(std::min(most, functions.size()));
    return functions;
}

} // namespace Headroom
