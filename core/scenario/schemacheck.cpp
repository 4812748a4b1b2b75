// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schemacheck.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/scenario/fieldvalue.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace Headroom {

namespace {

using Type = SchemaField::Type;
using Kind = YamlNode::Kind;

/// Which kind of node a type is written as; a status list may also be a scalar.
Kind kindOf(Type type)
{
    switch (type) {
    case Type::Headers:
    case Type::Values:
    case Type::Secrets:
    case Type::Object:
    case Type::Named:
        return Kind::Mapping;
    case Type::List:
    case Type::Strings:
        return Kind::Sequence;
    default:
        return Kind::Scalar;
    }
}

QString wordsFor(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return QStringLiteral("empty");
    case Kind::Scalar:
        return QStringLiteral("a single value");
    case Kind::Sequence:
        return QStringLiteral("a list");
    case Kind::Mapping:
        return QStringLiteral("a mapping of fields");
    }
    Q_UNREACHABLE_RETURN({});
}

QString emptyMessage(const SchemaNode &schema, const QString &path)
{
    if (schema.field && schema.field->isPart)
        return QStringLiteral("%1 is empty; write {} when it changes nothing").arg(path);
    const QString remedy = kindOf(schema.type()) == Kind::Mapping ? QStringLiteral("write its fields below it")
        : kindOf(schema.type()) == Kind::Sequence                 ? QStringLiteral("write its items below it")
                                                                  : QStringLiteral("write a value");
    return QStringLiteral("%1 is empty; %2, or remove it").arg(path, remedy);
}

TextRange firstWordOf(const YamlNode &node)
{
    if (node.isMapping() && !node.entries.empty())
        return node.entries.front().keyRange;
    return node.range;
}

} // namespace

SchemaCheck::Place SchemaCheck::Place::field(const QString &name, const TextRange &keyRange) const
{
    constexpr qsizetype kLongestName = 60; // a free name may be a page long
    const QString shown = name.size() > kLongestName ? name.first(kLongestName) + QChar(0x2026) : name;
    return {path.isEmpty() ? shown : path + u'.' + shown, keyRange};
}

SchemaCheck::Place SchemaCheck::Place::item(std::size_t index, const YamlNode &node) const
{
    return {path + QStringLiteral("[%1]").arg(index), firstWordOf(node)};
}

QString SchemaCheck::Place::in() const
{
    return path.isEmpty() ? QStringLiteral("at the top level") : QStringLiteral("in ") + path;
}

void SchemaCheck::checkField(const YamlNode &root, const QString &name)
{
    const auto entry = std::ranges::find(root.entries, name, &YamlNode::Entry::key);
    const SchemaNode *schema = schemaTree().child(name);
    if (entry != root.entries.end() && schema)
        check(entry->value, *schema, Place().field(name, entry->keyRange));
}

bool SchemaCheck::takesPart(const SchemaNode &schema) const
{
    const bool isList = schema.type() == Type::List; // its items are whole ones
    return (m_isPart || (schema.field && schema.field->isPart)) && !isList;
}

void SchemaCheck::checkScenario(const YamlNode &root) { check(root, schemaTree(), {{}, firstWordOf(root)}); }

void SchemaCheck::checkSuite(const YamlNode &root) { check(root, suiteTree(), {{}, firstWordOf(root)}); }

void SchemaCheck::check(const YamlNode &node, const SchemaNode &schema, const Place &place)
{
    const Type type = schema.type();
    if (m_problems.isFull() || type == Type::Any)
        return;
    if (node.isNull() && m_isPart)
        return; // removes what it stands over
    if (node.isNull())
        return m_problems.error(place.range, emptyMessage(schema, place.path));
    const bool isStatusList = type == Type::StatusList && node.isSequence();
    const bool isObject = type == Type::TextOrObject && node.isMapping();
    const bool isNameList = type == Type::Secrets && node.isSequence();
    if (!isStatusList && !isObject && !isNameList && node.kind != kindOf(type)) {
        return m_problems.error(
            node.range,
            QStringLiteral("%1 must be %2, not %3").arg(place.path, wordsFor(kindOf(type)), wordsFor(node.kind)));
    }
    const QScopedValueRollback part(m_isPart, takesPart(schema));
    switch (type) {
    case Type::Object:
        return checkObject(node, schema, place);
    case Type::List:
        return checkList(node, schema, place);
    case Type::Named:
        return checkNamed(node, schema, place);
    case Type::Headers:
    case Type::Values:
    case Type::Strings:
    case Type::Secrets:
        return checkTexts(node, place);
    default:
        break;
    }
    if (isObject)
        return checkObject(node, schema, place);
    if (isStatusList)
        return checkStatusList(node, schema, place);
    if (const QString problem = valueProblem(*schema.field, node, place.path); !problem.isEmpty())
        m_problems.error(node.range, problem);
}

void SchemaCheck::checkObject(const YamlNode &object, const SchemaNode &schema, const Place &place)
{
    for (const YamlNode::Entry &entry : object.entries) {
        if (m_problems.isFull())
            return;
        if (const SchemaNode *child = schema.child(entry.key)) {
            check(entry.value, *child, place.field(entry.key, entry.keyRange));
            continue;
        }
        QString hint = didYouMean(entry.key, schema.childNames());
        if (hint.isEmpty())
            hint = QStringLiteral("; known are: ") + schema.childNames().join(QLatin1String(", "));
        m_problems.error(entry.keyRange,
                         QStringLiteral("unknown field %1 %2%3").arg(formatQuoted(entry.key), place.in(), hint));
    }
    if (!m_isPart)
        checkRequired(object, schema, place);
    checkGroups(object, schema, place);
}

void SchemaCheck::checkRequired(const YamlNode &object, const SchemaNode &schema, const Place &place)
{
    for (const SchemaNode &child : schema.fields()) {
        if (child.field->isRequired && !object.find(child.name)) {
            m_problems.error(place.range,
                             QStringLiteral("field '%1' is missing %2 (%3)")
                                 .arg(child.name, place.in(), QLatin1String(child.field->help)));
        }
        const QStringList needed = QString::fromLatin1(child.field->needs).split(u'|', Qt::SkipEmptyParts);
        const YamlNode *written = needed.isEmpty() ? nullptr : object.find(child.name);
        if (written && std::ranges::none_of(needed, [&object](const QString &name) { return object.find(name); }))
            m_problems.error(written->range,
                             QStringLiteral("'%1' makes no sense without '%2' beside it")
                                 .arg(child.name, needed.join(QStringLiteral("' or '"))));
    }
}

void SchemaCheck::checkGroups(const YamlNode &object, const SchemaNode &schema, const Place &place)
{
    QStringList done;
    for (const SchemaNode &child : schema.fields()) {
        const QString group = QString::fromLatin1(child.field->group);
        if (group.isEmpty() || done.contains(group))
            continue;
        done.append(group);
        QStringList names;
        for (const SchemaNode &other : schema.fields()) {
            if (group == QLatin1String(other.field->group))
                names.append(other.name);
        }
        checkGroup(object, group, names, place);
    }
}

void SchemaCheck::checkGroup(const YamlNode &object, const QString &group, const QStringList &names, const Place &place)
{
    const YamlNode::Entry *first = nullptr;
    for (const YamlNode::Entry &entry : object.entries) {
        if (!names.contains(entry.key) || (m_isPart && entry.value.isNull()))
            continue;
        if (first) {
            m_problems.error(entry.keyRange,
                             QStringLiteral("'%1' and '%2' exclude each other %3; keep one of them")
                                 .arg(first->key, entry.key, place.in()));
        } else {
            first = &entry;
        }
    }
    if (!first && group.startsWith(u'!') && !m_isPart)
        m_problems.error(place.range,
                         QStringLiteral("%1 needs one of: %2").arg(place.path, names.join(QLatin1String(", "))));
}

void SchemaCheck::checkList(const YamlNode &list, const SchemaNode &schema, const Place &place)
{
    if (!isCountInRange(*schema.field, std::ssize(list.items))) {
        m_problems.error(place.range,
                         QStringLiteral("%1 must have %2 items, not %3")
                             .arg(place.path, QLatin1String(schema.field->range))
                             .arg(list.items.size()));
    }
    for (std::size_t i = 0; i < list.items.size() && !m_problems.isFull(); ++i)
        check(list.items[i], schema.item(), place.item(i, list.items[i]));
}

void SchemaCheck::checkNamed(const YamlNode &mapping, const SchemaNode &schema, const Place &place)
{
    if (!m_isPart && !isCountInRange(*schema.field, std::ssize(mapping.entries))) {
        m_problems.error(place.range,
                         QStringLiteral("%1 must have %2 entries, not %3")
                             .arg(place.path, QLatin1String(schema.field->range))
                             .arg(mapping.entries.size()));
    }
    for (const YamlNode::Entry &entry : mapping.entries)
        check(entry.value, schema.item(), place.field(entry.key, entry.keyRange));
}

void SchemaCheck::checkTexts(const YamlNode &node, const Place &place)
{
    const auto checkText = [this](const YamlNode &text, const Place &textPlace) {
        if (!text.isScalar() && !(text.isNull() && m_isPart)) {
            m_problems.error(text.isNull() ? textPlace.range : text.range,
                             QStringLiteral("%1 must be a single value, not %2; write \"\" for an empty text")
                                 .arg(textPlace.path, wordsFor(text.kind)));
        }
    };
    for (const YamlNode::Entry &entry : node.entries)
        checkText(entry.value, place.field(entry.key, entry.keyRange));
    for (std::size_t i = 0; i < node.items.size(); ++i)
        checkText(node.items[i], place.item(i, node.items[i]));
}

void SchemaCheck::checkStatusList(const YamlNode &list, const SchemaNode &schema, const Place &place)
{
    if (list.items.empty())
        m_problems.error(list.range, QStringLiteral("%1 must name at least one status code").arg(place.path));
    for (const YamlNode &item : list.items) {
        const QString problem = item.isScalar()
            ? valueProblem(*schema.field, item, place.path)
            : QStringLiteral("%1 must be a status code, not %2").arg(place.path, wordsFor(item.kind));
        if (!problem.isEmpty())
            m_problems.error(item.range, problem);
    }
}

} // namespace Headroom
