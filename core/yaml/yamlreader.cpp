// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlreader.h"

#include "core/base/humanformat.h"
#include "core/yaml/yamlsyntax.h"
#include "core/yaml/yamltext.h"

#include <QHash>

#include <yaml.h>

namespace Headroom {

namespace {

constexpr qsizetype kMostProblems = 200; // enough to work on; hostile texts hold one in every line

TextPosition positionOf(const yaml_mark_t &mark) { return {int(mark.line) + 1, int(mark.column) + 1}; }

QString textOf(const yaml_char_t *text) { return QString::fromUtf8(reinterpret_cast<const char *>(text)); }

YamlNode nodeAt(const TextRange &range, YamlNode::Kind kind)
{
    YamlNode node;
    node.kind = kind;
    node.range = range;
    return node;
}

bool isNullWord(QStringView text)
{
    return text.isEmpty() || text == u"~" || text == u"null" || text == u"Null" || text == u"NULL";
}

/// Turns the events of libyaml into a tree. While reading a node, the current event is the node's first, then its last.
class TreeReader
{
public:
    TreeReader(QByteArrayView text, const YamlLimits &limits)
        : m_text(text)
        , m_limits(limits)
    {
        m_isBroken = !yaml_parser_initialize(&m_parser);
        if (m_isBroken)
            return;
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const uchar *>(text.data()), size_t(text.size()));
    }
    ~TreeReader()
    {
        yaml_event_delete(&m_event);
        yaml_parser_delete(&m_parser);
    }
    Q_DISABLE_COPY_MOVE(TreeReader)

    YamlReading read();

private:
    bool next();
    YamlNode node(int depth);
    YamlNode scalar();
    YamlNode sequence(int depth);
    YamlNode mapping(int depth);
    void entry(YamlNode &mapping, QHash<QString, int> &lines, int depth);
    void refuseKey(const YamlNode::Entry &entry, const QHash<QString, int> &lines);
    void refuseExtras();
    TextRange range() const { return {positionOf(m_event.start_mark), positionOf(m_event.end_mark)}; }
    void problem(const TextRange &range, const QString &message);
    void giveUp(const TextRange &range, const QString &message);
    void explainSyntax();

    QByteArrayView m_text;
    YamlLimits m_limits;
    yaml_parser_t m_parser{};
    yaml_event_t m_event{};
    std::vector<YamlProblem> m_problems;
    int m_nodes = 0;
    bool m_isBroken = false;
};

YamlReading TreeReader::read()
{
    YamlReading reading;
    YamlNode root;
    next(); // the stream begins
    if (next() && m_event.type == YAML_DOCUMENT_START_EVENT) {
        next();
        root = node(0);
        next(); // the document ends
        if (next() && m_event.type == YAML_DOCUMENT_START_EVENT)
            problem(range(),
                    QStringLiteral("a second document begins here; keep one and remove the '---' between them"));
    }
    if (!m_isBroken)
        reading.root = std::move(root);
    reading.problems = std::move(m_problems);
    return reading;
}

bool TreeReader::next()
{
    if (m_isBroken)
        return false;
    yaml_event_delete(&m_event);
    if (yaml_parser_parse(&m_parser, &m_event))
        return true;
    m_event = {};
    explainSyntax();
    m_isBroken = true;
    return false;
}

YamlNode TreeReader::node(int depth)
{
    if (m_isBroken)
        return {};
    if (++m_nodes > m_limits.nodes) {
        giveUp(range(),
               QStringLiteral("the text holds more than %1 values, which is the limit; split it")
                   .arg(formatCount(std::uint64_t(m_limits.nodes))));
        return {};
    }
    refuseExtras();
    const bool isCollection = m_event.type == YAML_SEQUENCE_START_EVENT || m_event.type == YAML_MAPPING_START_EVENT;
    if (isCollection && depth >= m_limits.depth) {
        giveUp(range(),
               QStringLiteral("values are nested more than %1 levels deep, which is the limit; flatten them")
                   .arg(m_limits.depth));
        return {};
    }
    if (m_event.type == YAML_SEQUENCE_START_EVENT)
        return sequence(depth + 1);
    if (m_event.type == YAML_MAPPING_START_EVENT)
        return mapping(depth + 1);
    return m_event.type == YAML_SCALAR_EVENT ? scalar() : nodeAt(range(), YamlNode::Kind::Null);
}

YamlNode TreeReader::scalar()
{
    const auto &scalar = m_event.data.scalar;
    YamlNode node = nodeAt(range(), YamlNode::Kind::Scalar);
    node.isQuoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node.text = QString::fromUtf8(reinterpret_cast<const char *>(scalar.value), qsizetype(scalar.length));
    if (node.text.contains(QChar(u'\0')))
        problem(node.range, QStringLiteral("the text holds a NUL character (\\0); remove it"));
    if (!node.isQuoted && isNullWord(node.text)) {
        node.kind = YamlNode::Kind::Null;
        node.text.clear();
    }
    return node;
}

YamlNode TreeReader::sequence(int depth)
{
    YamlNode node = nodeAt(range(), YamlNode::Kind::Sequence);
    const bool isFlow = m_event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    while (next() && m_event.type != YAML_SEQUENCE_END_EVENT)
        node.items.push_back(this->node(depth));
    // The event that ends a block stands where the next thing begins.
    node.range.end = isFlow || node.items.empty() ? range().end : node.items.back().range.end;
    return node;
}

YamlNode TreeReader::mapping(int depth)
{
    YamlNode node = nodeAt(range(), YamlNode::Kind::Mapping);
    const bool isFlow = m_event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    QHash<QString, int> lines; // of the keys so far
    while (next() && m_event.type != YAML_MAPPING_END_EVENT)
        entry(node, lines, depth);
    node.range.end = isFlow || node.entries.empty() ? range().end : node.entries.back().value.range.end;
    return node;
}

void TreeReader::entry(YamlNode &mapping, QHash<QString, int> &lines, int depth)
{
    const bool isPlain = m_event.type == YAML_SCALAR_EVENT && m_event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const bool isScalar = m_event.type == YAML_SCALAR_EVENT;
    YamlNode::Entry entry{.key = {}, .keyRange = range(), .value = {}};
    if (isScalar)
        entry.key = textOf(m_event.data.scalar.value);
    const bool isRefused =
        !isScalar || (isPlain && (entry.key.isEmpty() || entry.key == u"<<")) || lines.contains(entry.key);
    const YamlNode key = node(depth);
    entry.keyRange.end = key.range.end;
    if (isRefused && isScalar)
        refuseKey(entry, lines);
    else if (isRefused && !key.isNull()) // an alias has been refused already
        problem(key.range, QStringLiteral("a key must be a text, not a list or a mapping"));
    next();
    entry.value = node(depth);
    if (isRefused || m_isBroken)
        return;
    lines.insert(entry.key, entry.keyRange.start.line);
    mapping.entries.push_back(std::move(entry));
}

void TreeReader::refuseKey(const YamlNode::Entry &entry, const QHash<QString, int> &lines)
{
    if (const auto first = lines.constFind(entry.key); first != lines.constEnd()) {
        problem(
            entry.keyRange,
            QStringLiteral("%1 is written twice; the first is in line %2").arg(formatQuoted(entry.key)).arg(*first));
    } else if (entry.key.isEmpty()) {
        problem(entry.keyRange, QStringLiteral("the key in front of ':' is missing"));
    } else {
        problem(entry.keyRange, QStringLiteral("merge keys ('<<') are not supported; write the fields out"));
    }
}

/// Anchors, aliases and tags.
void TreeReader::refuseExtras()
{
    const yaml_char_t *anchor = nullptr;
    const yaml_char_t *tag = nullptr;
    switch (m_event.type) {
    case YAML_ALIAS_EVENT:
        problem(range(),
                QStringLiteral("aliases (%1) are not supported; write the value out, or put a text that begins "
                               "with '*' in quotes")
                    .arg(formatQuoted(u'*' + textOf(m_event.data.alias.anchor))));
        return;
    case YAML_SCALAR_EVENT:
        anchor = m_event.data.scalar.anchor;
        tag = m_event.data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = m_event.data.sequence_start.anchor;
        tag = m_event.data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = m_event.data.mapping_start.anchor;
        tag = m_event.data.mapping_start.tag;
        break;
    default:
        return;
    }
    const TextRange place{range().start, range().start};
    if (anchor)
        problem(place,
                QStringLiteral("anchors (%1) are not supported; remove it, or put a text that begins with '&' in "
                               "quotes")
                    .arg(formatQuoted(u'&' + textOf(anchor))));
    if (tag)
        problem(place,
                QStringLiteral("tags (%1) are not supported; remove it, or put a text that begins with '!' in "
                               "quotes")
                    .arg(formatQuoted(textOf(tag))));
}

void TreeReader::problem(const TextRange &range, const QString &message)
{
    if (m_isBroken)
        return;
    m_problems.push_back({range, message});
    if (std::ssize(m_problems) >= kMostProblems)
        m_isBroken = true;
}

void TreeReader::giveUp(const TextRange &range, const QString &message)
{
    problem(range, message);
    m_isBroken = true;
}

void TreeReader::explainSyntax()
{
    if (m_parser.error == YAML_MEMORY_ERROR || !m_parser.problem) {
        problem({}, QStringLiteral("there is not enough memory to read the text"));
        return;
    }
    YamlSyntaxError error;
    error.problem = QString::fromUtf8(m_parser.problem);
    error.place = positionOf(m_parser.problem_mark);
    if (m_parser.context) {
        error.context = QString::fromUtf8(m_parser.context);
        error.started = positionOf(m_parser.context_mark);
    }
    const YamlProblem explained = explainSyntaxError(error, m_text);
    problem(explained.range, explained.message);
}

} // namespace

YamlReading readYamlWithProblems(const QByteArray &text, const YamlLimits &limits)
{
    if (text.size() > limits.bytes)
        return {.root = {},
                .problems = {{{},
                              QStringLiteral("the text has %1; at most %2 are read")
                                  .arg(formatBytes(double(text.size())), formatBytes(double(limits.bytes)))}}};
    QByteArrayView content(text);
    if (content.startsWith("\xEF\xBB\xBF"))
        content = content.sliced(3);
    if (content.isEmpty())
        return {.root = YamlNode(), .problems = {}}; // libyaml asserts that there is something
    if (const auto problem = findForbiddenCharacter(content))
        return {.root = {}, .problems = {*problem}};
    return TreeReader(content, limits).read();
}

std::expected<YamlNode, std::vector<YamlProblem>> readYaml(const QByteArray &text, const YamlLimits &limits)
{
    YamlReading reading = readYamlWithProblems(text, limits);
    if (!reading.problems.empty() || !reading.root)
        return std::unexpected(std::move(reading.problems));
    return *std::move(reading.root);
}

} // namespace Headroom
