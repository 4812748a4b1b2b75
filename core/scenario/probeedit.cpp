// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probeedit.h"

#include "core/base/humanformat.h"
#include "core/yaml/yamlreader.h"

#include <QRegularExpression>

#include <algorithm>

namespace Headroom {

namespace {

const QString kProbes = QStringLiteral("probes");
constexpr qsizetype kMaxNameLength = 100;

bool isSame(const YamlNode &a, const YamlNode &b);

bool isSameEntry(const YamlNode::Entry &a, const YamlNode::Entry &b) { return a.key == b.key && isSame(a.value, b.value); }

/// Whatever the places.
bool isSame(const YamlNode &a, const YamlNode &b)
{
    return a.kind == b.kind && a.isQuoted == b.isQuoted && a.text == b.text && std::ranges::equal(a.items, b.items, isSame)
        && std::ranges::equal(a.entries, b.entries, isSameEntry);
}

/// A mapping without one of its fields.
YamlNode without(YamlNode node, const QString &key)
{
    std::erase_if(node.entries, [&key](const YamlNode::Entry &entry) { return entry.key == key; });
    return node;
}

/// Whether two scenarios are the same except for one probe. None at all is as good as an empty field.
bool isSameButFor(const YamlNode &a, const YamlNode &b, const QString &name)
{
    if (!isSame(without(a, kProbes), without(b, kProbes)))
        return false;
    const auto others = [&name](const YamlNode &root) {
        const YamlNode *probes = root.find(kProbes);
        return probes ? without(*probes, name).entries : std::vector<YamlNode::Entry>();
    };
    return std::ranges::equal(others(a), others(b), [](const auto &x, const auto &y) { return isSameEntry(x, y); });
}

Result<YamlNode> readRoot(const QByteArray &text)
{
    const auto root = readYaml(text);
    if (!root)
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("the scenario cannot be changed as long as its line %1 cannot be read: %2")
                           .arg(root.error().front().range.start.line)
                           .arg(root.error().front().message));
    if (!root->isMapping() && !root->isNull())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("this text is no scenario; begin one with 'headroom: 1' and a target"));
    return *root;
}

/// The text in lines, without their ends.
class Lines
{
public:
    explicit Lines(const QByteArray &text)
        : m_lines(QString::fromUtf8(text).split(u'\n'))
    {
        for (QString &line : m_lines) {
            if (line.endsWith(u'\r'))
                line.chop(1);
        }
    }
    int count() const { return int(m_lines.size()); }
    QString line(int number) const { return m_lines.value(number - 1); }
    /// Behind the last character of a line.
    TextPosition endOf(int number) const { return {number, int(line(number).toUcs4().size()) + 1}; }
    QChar at(int number, int column) const
    {
        const QList<uint> characters = line(number).toUcs4();
        const uint found = characters.value(column - 1, 0);
        return found <= 0xffff ? QChar(ushort(found)) : QChar(QChar::ReplacementCharacter);
    }

private:
    QStringList m_lines;
};

bool isInBraces(const YamlNode &mapping, const Lines &lines)
{
    return lines.at(mapping.range.start.line, mapping.range.start.column) == u'{';
}

ScenarioEdit insertion(const TextPosition &at, const QString &text) { return {{at, at}, text}; }

TextPosition behindBrace(const YamlNode &mapping)
{
    return {mapping.range.start.line, mapping.range.start.column + 1};
}

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
std::vector<ScenarioEdit> waysIntoBraces(const YamlNode &mapping, const Lines &lines, const QString &field)
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
std::vector<ScenarioEdit> waysIntoLines(const YamlNode &mapping, const Lines &lines, const QString &field)
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
std::vector<ScenarioEdit> waysIntoNothing(const YamlNode::Entry &probes, const Lines &lines, const QString &field,
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
int endLine(const Lines &lines)
{
    for (int number = 1; number <= lines.count(); ++number) {
        const QString line = lines.line(number);
        if (line.startsWith(QLatin1String("...")) && QStringView(line).sliced(3).trimmed().isEmpty())
            return number;
    }
    return lines.count() + 1;
}

/// The same for a scenario without such a field.
std::vector<ScenarioEdit> waysIntoRoot(const YamlNode &root, const Lines &lines, const QString &field)
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
    return {ScenarioEdit{{{lines.count(), 1}, lines.endOf(lines.count())}, (isApart ? QString() : QStringLiteral("\n")) + written + u'\n'}};
}

const YamlNode::Entry *entryOf(const YamlNode &mapping, const QString &key)
{
    const auto found = std::ranges::find(mapping.entries, key, &YamlNode::Entry::key);
    return found == mapping.entries.end() ? nullptr : &*found;
}

std::vector<ScenarioEdit> waysToAdd(const YamlNode &root, const Lines &lines, const QString &field)
{
    const YamlNode::Entry *probes = root.isMapping() ? entryOf(root, kProbes) : nullptr;
    if (!probes)
        return waysIntoRoot(root, lines, field);
    if (probes->value.isNull())
        return waysIntoNothing(*probes, lines, field, indentOf(root));
    if (probes->value.entries.empty() || isInBraces(probes->value, lines))
        return waysIntoBraces(probes->value, lines, field);
    return waysIntoLines(probes->value, lines, field);
}

/// From the beginning of the line that a field begins on to that of the line behind its last.
ScenarioEdit wholeLines(const YamlNode::Entry &entry, const Lines &lines)
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

std::vector<ScenarioEdit> waysToRemove(const YamlNode &root, const YamlNode::Entry &probes, const QString &name,
                                       const Lines &lines)
{
    if (probes.value.entries.size() == 1 && !isInBraces(root, lines))
        return {wholeLines(probes, lines), outOfBraces(probes.value, name)};
    if (isInBraces(probes.value, lines))
        return {outOfBraces(probes.value, name)};
    return {wholeLines(*entryOf(probes.value, name), lines)};
}

Error noPlace(const QString &name)
{
    return {Error::Code::InvalidInput,
            QStringLiteral("there is no way to change probe %1 here without changing other things; do it by hand")
                .arg(formatQuoted(name)),
            {}};
}

bool isPlainName(const QString &name)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    return !name.isEmpty() && name.size() <= kMaxNameLength && std::ranges::all_of(name, isPlain);
}

Result<YamlNode> readValue(const QString &value)
{
    const bool isOneLine = std::ranges::none_of(value, [](QChar c) { return c.category() == QChar::Other_Control; });
    const auto read = readYaml(value.toUtf8());
    if (!isOneLine || !read || !read->isMapping() || !value.trimmed().startsWith(u'{'))
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("%1 cannot stand for a probe; write it on one line, as { process: { port: 8080 } }")
                           .arg(formatQuoted(value)));
    return *read;
}

qsizetype offsetOf(const QString &text, const TextPosition &place)
{
    qsizetype at = 0;
    for (int line = 1; line < place.line; ++line) {
        const qsizetype end = text.indexOf(u'\n', at);
        if (end < 0)
            return text.size();
        at = end + 1;
    }
    for (int column = 1; column < place.column && at < text.size() && text[at] != u'\n' && text[at] != u'\r'; ++column)
        at += text[at].isHighSurrogate() ? 2 : 1;
    return std::min(at, text.size());
}

} // namespace

Result<ScenarioEdit> editToAddProbe(const QByteArray &text, const QString &name, const QString &value)
{
    if (!isPlainName(name))
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("%1 cannot be the name of a probe; use up to %2 letters, digits, '_' and '-'")
                           .arg(formatQuoted(name))
                           .arg(kMaxNameLength));
    const auto wanted = readValue(value);
    if (!wanted)
        return std::unexpected(wanted.error());
    const auto root = readRoot(text);
    if (!root)
        return std::unexpected(root.error());
    const YamlNode *probes = root->find(kProbes);
    if (probes && !probes->isNull() && !probes->isMapping())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("line %1: 'probes' is no mapping of names; write probes: { name: { … } }")
                           .arg(probes->range.start.line));
    if (probes && probes->find(name))
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("there is a probe %1 already; choose another name").arg(formatQuoted(name)));
    const Lines lines(text);
    for (const ScenarioEdit &edit : waysToAdd(*root, lines, name + QStringLiteral(": ") + value.trimmed())) {
        const auto after = readYaml(applied(text, edit));
        const YamlNode *added = after && after->find(kProbes) ? after->find(kProbes)->find(name) : nullptr;
        YamlNode before = *root;
        before.kind = YamlNode::Kind::Mapping; // also where nothing was
        if (added && isSame(*added, *wanted) && isSameButFor(before, *after, name))
            return edit;
    }
    return std::unexpected(noPlace(name));
}

Result<ScenarioEdit> editToRemoveProbe(const QByteArray &text, const QString &name)
{
    const auto root = readRoot(text);
    if (!root)
        return std::unexpected(root.error());
    const YamlNode::Entry *probes = entryOf(*root, kProbes);
    if (!probes || !probes->value.find(name))
        return failure(Error::Code::NotFound, QStringLiteral("the scenario has no probe %1").arg(formatQuoted(name)));
    const Lines lines(text);
    for (const ScenarioEdit &edit : waysToRemove(*root, *probes, name, lines)) {
        const auto after = readYaml(applied(text, edit));
        const YamlNode *left = after ? after->find(kProbes) : nullptr;
        if (after && !(left && left->find(name)) && isSameButFor(*root, *after, name))
            return edit;
    }
    return std::unexpected(noPlace(name));
}

QByteArray applied(const QByteArray &text, const ScenarioEdit &edit)
{
    QString after = QString::fromUtf8(text);
    QString inserted = edit.text;
    if (after.contains(QLatin1String("\r\n")))
        inserted.replace(u'\n', QLatin1String("\r\n"));
    const qsizetype from = offsetOf(after, edit.range.start);
    return after.replace(from, std::max<qsizetype>(0, offsetOf(after, edit.range.end) - from), inserted).toUtf8();
}

QString freeProbeName(const QByteArray &text, const QString &wanted)
{
    QString plain = wanted.left(40);
    for (QChar &character : plain) {
        if (!character.isLetterOrNumber() && character != u'_' && character != u'-')
            character = u'_';
    }
    static const QRegularExpression kEdges(QStringLiteral("^_+|_+$"));
    plain.remove(kEdges);
    if (plain.isEmpty())
        plain = QStringLiteral("probe");
    const auto root = readYaml(text);
    const YamlNode *probes = root ? root->find(kProbes) : nullptr;
    QString name = plain;
    for (int number = 2; probes && probes->find(name); ++number)
        name = plain + QString::number(number);
    return name;
}

QString scalarText(const QString &text)
{
    static const QRegularExpression kPlain(QStringLiteral("\\A[A-Za-z0-9_/$][A-Za-z0-9_./$@%+-]*\\z"));
    static const QRegularExpression kUrl(QStringLiteral("\\A[A-Za-z]+://[A-Za-z0-9_./$@%+:-]*[A-Za-z0-9_/]\\z"));
    static const QRegularExpression kNothing(QStringLiteral("\\A([nN]ull|NULL)\\z"));
    QString written = text;
    for (QChar &character : written) {
        if (character.category() == QChar::Other_Control || character == QChar::LineSeparator
            || character == QChar::ParagraphSeparator || character.unicode() == 0x85)
            character = u' ';
    }
    const bool isPlain = kPlain.match(written).hasMatch() || kUrl.match(written).hasMatch();
    if (isPlain && !kNothing.match(written).hasMatch())
        return written;
    return u'\'' + written.replace(u'\'', QStringLiteral("''")) + u'\'';
}

} // namespace Headroom
