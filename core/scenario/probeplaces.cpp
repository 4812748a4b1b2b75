// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probeplaces.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isInBraces(const YamlNode &mapping, const TextLines &lines)
{
    return lines.at(mapping.range.start.line, mapping.range.start.column) == u'{';
}

ScenarioEdit insertion(const TextPosition &at, const QString &text) { return {{at, at}, text}; }

TextPosition behindBrace(const YamlNode &mapping) { return {mapping.range.start.line, mapping.range.start.column + 1}; }

/// How deep fields of a field stand in this text.
int indentOf(const YamlNode &root)
{
    for (const YamlNode::Entry &entry : root.entries) {
        const bool isBlock = entry.value.isMapping() && !entry.value.entries.empty()
            && entry.value.entries.front().keyRange.start.line > entry.keyRange.start.line;
        if (isBlock && entry.value.entries.front().keyRange.start == entry.value.range.start)
            return std::max(1, entry.value.entries.front().keyRange.start.column - entry.keyRange.start.column);
    }
    return 2;
}

QString blanks(int count) { return QString(std::max(0, count), u' '); }

/// Ways to put a field into a mapping in braces, the best first.
std::vector<ScenarioEdit> waysIntoBraces(const YamlNode &mapping, const TextLines &lines, const QString &field)
{
    const TextPosition front = behindBrace(mapping);
    if (mapping.entries.empty()) {
        const bool isClosed = lines.at(front.line, front.column) == u'}';
        return {insertion(front, isClosed ? u' ' + field + u' ' : u' ' + field)};
    }
    return {insertion(mapping.entries.back().value.range.end, QStringLiteral(", ") + field),
            insertion(front, u' ' + field + u',')};
}

/// The same for one in lines.
std::vector<ScenarioEdit> waysIntoLines(const YamlNode &mapping, const TextLines &lines, const QString &field)
{
    const TextPosition first = mapping.entries.front().keyRange.start;
    const QString indent = blanks(first.column - 1);
    const YamlNode *last = &mapping.entries.back().value;
    while (last->isMapping() && !last->entries.empty() && !isInBraces(*last, lines))
        last = &last->entries.back().value;
    return {insertion(lines.endOf(last->range.end.line), u'\n' + indent + field),
            insertion(first, field + u'\n' + indent)};
}

/// The same for a field with nothing in it.
std::vector<ScenarioEdit> waysIntoNothing(const YamlNode::Entry &probes, const TextLines &lines, const QString &field,
                                          int indent)
{
    const QString braces = QStringLiteral("{ %1 }").arg(field);
    std::vector<ScenarioEdit> ways;
    if (probes.value.range.start != probes.value.range.end) // "~"
        ways.push_back({probes.value.range, braces});
    const TextPosition key = probes.keyRange.start;
    ways.push_back(insertion(lines.endOf(key.line), u'\n' + blanks(key.column - 1 + indent) + field));
    const TextPosition behindColon{probes.keyRange.end.line, probes.keyRange.end.column + 1};
    ways.push_back(insertion(behindColon, u' ' + braces));
    return ways;
}

/// The line that ends a document, or one behind the last.
int endLine(const TextLines &lines)
{
    for (int number = 1; number <= lines.count(); ++number) {
        const QString line = lines.line(number);
        if (line.startsWith(QLatin1String("...")) && QStringView(line).sliced(3).trimmed().isEmpty())
            return number;
    }
    return lines.count() + 1;
}

/// The same for a scenario without such a field.
std::vector<ScenarioEdit> waysIntoRoot(const YamlNode &root, const TextLines &lines, const QString &field)
{
    if (root.isMapping() && isInBraces(root, lines))
        return waysIntoBraces(root, lines, QStringLiteral("probes: { %1 }").arg(field));
    const int column = root.entries.empty() ? 0 : root.entries.front().keyRange.start.column - 1;
    const QString written = blanks(column) + QStringLiteral("probes:\n") + blanks(column + indentOf(root)) + field;
    const int end = endLine(lines);
    if (end <= lines.count())
        return {insertion({end, 1}, written + u'\n')};
    const QString last = lines.line(lines.count());
    if (!last.trimmed().isEmpty())
        return {insertion(lines.endOf(lines.count()), QStringLiteral("\n\n") + written + u'\n')};
    const bool isApart = lines.count() < 2 || lines.line(lines.count() - 1).trimmed().isEmpty();
    return {ScenarioEdit{{{lines.count(), 1}, lines.endOf(lines.count())},
                         (isApart ? QString() : QStringLiteral("\n")) + written + u'\n'}};
}

/// From the beginning of the line that a field begins on to that of the line behind its last.
ScenarioEdit wholeLines(const YamlNode::Entry &entry, const TextLines &lines)
{
    const YamlNode *last = &entry.value;
    while (last->isMapping() && !last->entries.empty() && !isInBraces(*last, lines))
        last = &last->entries.back().value;
    const int from = entry.keyRange.start.line;
    const int until = std::max(from, last->range.end.column == 1 ? last->range.end.line - 1 : last->range.end.line);
    if (until < lines.count())
        return {{{from, 1}, {until + 1, 1}}, {}};
    return {{from > 1 ? lines.endOf(from - 1) : TextPosition{1, 1}, lines.endOf(until)}, {}};
}

/// In braces: with the comma that parts it from its neighbour.
ScenarioEdit outOfBraces(const YamlNode &mapping, const QString &key)
{
    const auto at = std::ranges::find(mapping.entries, key, &YamlNode::Entry::key);
    if (std::next(at) != mapping.entries.end())
        return {{at->keyRange.start, std::next(at)->keyRange.start}, {}};
    if (at != mapping.entries.begin())
        return {{std::prev(at)->value.range.end, at->value.range.end}, {}};
    return {mapping.range, QStringLiteral("{}")};
}

} // namespace

const YamlNode::Entry *entryOf(const YamlNode &mapping, const QString &key)
{
    const auto found = std::ranges::find(mapping.entries, key, &YamlNode::Entry::key);
    return found == mapping.entries.end() ? nullptr : &*found;
}

std::vector<ScenarioEdit> waysToAdd(const YamlNode &root, const TextLines &lines, const QString &field)
{
    const YamlNode::Entry *probes = root.isMapping() ? entryOf(root, kProbesField) : nullptr;
    if (!probes)
        return waysIntoRoot(root, lines, field);
    if (probes->value.isNull())
        return waysIntoNothing(*probes, lines, field, indentOf(root));
    if (probes->value.entries.empty() || isInBraces(probes->value, lines))
        return waysIntoBraces(probes->value, lines, field);
    return waysIntoLines(probes->value, lines, field);
}

std::vector<ScenarioEdit> waysToRemove(const YamlNode &root, const YamlNode::Entry &probes, const QString &name,
                                       const TextLines &lines)
{
    if (probes.value.entries.size() == 1 && !isInBraces(root, lines))
        return {wholeLines(probes, lines), outOfBraces(probes.value, name)};
    if (isInBraces(probes.value, lines))
        return {outOfBraces(probes.value, name)};
    return {wholeLines(*entryOf(probes.value, name), lines)};
}

} // namespace Headroom
