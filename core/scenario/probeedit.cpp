// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probeedit.h"

#include "core/base/humanformat.h"
#include "core/scenario/probeplaces.h"
#include "core/yaml/yamlreader.h"

#include <QRegularExpression>

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kMaxNameLength = 100;

bool isSame(const YamlNode &a, const YamlNode &b);

bool isSameEntry(const YamlNode::Entry &a, const YamlNode::Entry &b)
{
    return a.key == b.key && isSame(a.value, b.value);
}

/// Whatever the places.
bool isSame(const YamlNode &a, const YamlNode &b)
{
    return a.kind == b.kind && a.isQuoted == b.isQuoted && a.text == b.text
        && std::ranges::equal(a.items, b.items, isSame) && std::ranges::equal(a.entries, b.entries, isSameEntry);
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
    if (!isSame(without(a, kProbesField), without(b, kProbesField)))
        return false;
    const auto others = [&name](const YamlNode &root) {
        const YamlNode *probes = root.find(kProbesField);
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
        return failure(
            Error::Code::InvalidInput,
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
    const YamlNode *probes = root->find(kProbesField);
    if (probes && !probes->isNull() && !probes->isMapping())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("line %1: 'probes' is no mapping of names; write probes: { name: { … } }")
                           .arg(probes->range.start.line));
    if (probes && probes->find(name))
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("there is a probe %1 already; choose another name").arg(formatQuoted(name)));
    const TextLines lines(text);
    for (const ScenarioEdit &edit : waysToAdd(*root, lines, name + QStringLiteral(": ") + value.trimmed())) {
        const auto after = readYaml(applied(text, edit));
        const YamlNode *added = after && after->find(kProbesField) ? after->find(kProbesField)->find(name) : nullptr;
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
    const YamlNode::Entry *probes = entryOf(*root, kProbesField);
    if (!probes || !probes->value.find(name))
        return failure(Error::Code::NotFound, QStringLiteral("the scenario has no probe %1").arg(formatQuoted(name)));
    const TextLines lines(text);
    for (const ScenarioEdit &edit : waysToRemove(*root, *probes, name, lines)) {
        const auto after = readYaml(applied(text, edit));
        const YamlNode *left = after ? after->find(kProbesField) : nullptr;
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
    const YamlNode *probes = root ? root->find(kProbesField) : nullptr;
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
