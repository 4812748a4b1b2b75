// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"
#include "core/scenario/schematree.h"
#include "core/scenario/suite.h"

#include <jsoncons/json.hpp>

#include <cmath>

namespace Headroom {

namespace {

using Json = jsoncons::ojson; // keeps the order of members
using Type = SchemaField::Type;

Json array(const QStringList &words)
{
    Json list(jsoncons::json_array_arg);
    for (const QString &word : words)
        list.push_back(word.toStdString());
    return list;
}

Json object(const char *name, const Json &value)
{
    Json json(jsoncons::json_object_arg);
    json[name] = value;
    return json;
}

Json patterned(const QString &pattern)
{
    Json json = object("type", "string");
    json["pattern"] = pattern.toStdString();
    return json;
}

/// A text may also be written as what YAML takes for a number or a truth value.
Json anyScalar()
{
    return object("type", array({QStringLiteral("string"), QStringLiteral("number"), QStringLiteral("boolean")}));
}

QString durationPattern() { return QStringLiteral("( *[0-9.]+ *(%1))+").arg(durationUnits().join(u'|')); }

QString ratePattern() { return QStringLiteral(" *[0-9.]+ */ *(%1)").arg(rateUnits().join(u'|')); }

QString span(const QString &pattern) { return QStringLiteral("^%1( +to +%1)? *$").arg(pattern); }

Json usersSpan()
{
    Json users(jsoncons::json_array_arg);
    users.push_back(object("type", "integer"));
    users.push_back(patterned(span(QStringLiteral(" *[0-9]+"))));
    return object("anyOf", users);
}

Json statusList()
{
    Json one(jsoncons::json_array_arg);
    Json code = object("type", "integer");
    code["minimum"] = 100;
    code["maximum"] = 999;
    one.push_back(code);
    one.push_back(patterned(QStringLiteral("^ *([1-9][xX][xX]|[1-9][0-9]{2}( *- *[1-9][0-9]{2})?) *$")));
    Json list = object("type", "array");
    list["minItems"] = 1;
    list["items"] = object("anyOf", one);
    one.push_back(list);
    return object("anyOf", one);
}

Json mappingOf(const Json &value)
{
    Json json = object("type", "object");
    json["additionalProperties"] = value;
    return json;
}

Json listOf(const Json &item)
{
    Json json = object("type", "array");
    json["items"] = item;
    return json;
}

/// A list of names, or a mapping of names to places.
Json secrets()
{
    const Json name = patterned(QStringLiteral("^[A-Za-z0-9_-]{1,100}$"));
    Json list = listOf(name);
    list["uniqueItems"] = true;
    list["maxItems"] = 100;
    Json mapping = mappingOf(patterned(QStringLiteral("^ *(env +.*[^ ]|file +.*[^ ]|keyring +[^/]+/.*[^ ]) *$")));
    mapping["propertyNames"] = name;
    mapping["maxProperties"] = 100;
    Json choices(jsoncons::json_array_arg);
    choices.push_back(list);
    choices.push_back(mapping);
    return object("anyOf", choices);
}

/// "1 to 1024" as two members; whole numbers stay whole.
void addRange(Json &json, const SchemaField &field, const char *lowest, const char *highest)
{
    const QStringList ends = QString::fromLatin1(field.range).split(QLatin1String(" to "));
    if (ends.size() != 2)
        return;
    const auto number = [](const QString &end) {
        bool isWhole = false;
        const qulonglong whole = end.toULongLong(&isWhole);
        return isWhole ? Json(std::uint64_t(whole)) : Json(end.toDouble());
    };
    json[lowest] = number(ends[0]);
    json[highest] = number(ends[1]);
}

Json numberOf(const char *type, const SchemaField &field)
{
    Json json = object("type", type);
    addRange(json, field, "minimum", "maximum");
    return json;
}

Json booleanOf(const SchemaField &field) { return *field.range ? object("const", true) : object("type", "boolean"); }

/// Whether fields stand in a whole, or in what changes one (SchemaField::isPart): then none is required, and null
/// removes.
enum class Within { Whole, Part };

Json schemaOf(const SchemaNode &node, Within within);

Json isThere(const QString &name, Within within)
{
    Json rule = object("required", array({name}));
    if (within == Within::Part)
        rule["properties"] = object(name.toUtf8().constData(), object("not", object("type", "null")));
    return rule;
}

/// At least one of the group's fields where it must be there, and never two.
Json groupRule(const QStringList &names, bool isRequired, Within within)
{
    Json choices(jsoncons::json_array_arg);
    for (const QString &name : names)
        choices.push_back(isThere(name, within));
    if (isRequired)
        return object("oneOf", choices);
    choices.push_back(object("not", object("anyOf", choices)));
    return object("oneOf", choices);
}

void addGroups(Json &json, const SchemaNode &node, Within within)
{
    QStringList groups;
    for (const SchemaNode &child : node.fields()) {
        const QString group = QString::fromLatin1(child.field->group);
        if (!group.isEmpty() && !groups.contains(group))
            groups.append(group);
    }
    Json rules(jsoncons::json_array_arg);
    for (const QString &group : groups) {
        QStringList names;
        for (const SchemaNode &child : node.fields()) {
            if (group == QLatin1String(child.field->group))
                names.append(child.name);
        }
        rules.push_back(groupRule(names, group.startsWith(u'!') && within == Within::Whole, within));
    }
    if (!rules.empty())
        json["allOf"] = rules;
}

/// One of these fields beside another.
Json anyRequired(const QStringList &names)
{
    Json choices(jsoncons::json_array_arg);
    for (const QString &name : names)
        choices.push_back(isThere(name, Within::Whole));
    return object("anyOf", choices);
}

Json objectOf(const SchemaNode &node, Within within)
{
    Json properties(jsoncons::json_object_arg);
    Json needs(jsoncons::json_object_arg);
    Json needsAny(jsoncons::json_object_arg);
    QStringList required;
    for (const SchemaNode &child : node.fields()) {
        properties[child.name.toStdString()] = schemaOf(child, within);
        if (within == Within::Part)
            continue;
        if (child.field->isRequired)
            required.append(child.name);
        const QStringList needed = QString::fromLatin1(child.field->needs).split(u'|', Qt::SkipEmptyParts);
        if (needed.size() == 1)
            needs[child.name.toStdString()] = array(needed);
        else if (!needed.isEmpty())
            needsAny[child.name.toStdString()] = anyRequired(needed);
    }
    Json json = object("type", "object");
    json["additionalProperties"] = false;
    if (!required.isEmpty())
        json["required"] = array(required);
    if (!needs.empty())
        json["dependentRequired"] = needs;
    if (!needsAny.empty())
        json["dependentSchemas"] = needsAny;
    addGroups(json, node, within);
    json["properties"] = properties;
    return json;
}

/// A word that YAML takes for a number may stand there as one.
Json choiceOf(const SchemaField &field)
{
    const QStringList words = QString::fromLatin1(field.range).split(u'|');
    Json choices = array(words);
    for (const QString &word : words) {
        bool isNumber = false;
        word.toDouble(&isNumber);
        if (isNumber)
            choices.push_back(Json::parse(word.toStdString()));
    }
    return object("enum", choices);
}

Json textOf(const SchemaField &field)
{
    Json json = anyScalar();
    addRange(json, field, "minLength", "maxLength");
    return json;
}

Json listOfItems(const SchemaNode &node)
{
    Json json = object("type", "array");
    addRange(json, *node.field, "minItems", "maxItems");
    json["items"] = schemaOf(node.item(), Within::Whole);
    return json;
}

Json orNull(const Json &schema)
{
    Json choices(jsoncons::json_array_arg);
    choices.push_back(object("type", "null"));
    choices.push_back(schema);
    return object("anyOf", choices);
}

Json textOrObject(const SchemaNode &node, Within within)
{
    Json choices(jsoncons::json_array_arg);
    choices.push_back(textOf(*node.field));
    choices.push_back(objectOf(node, within));
    return object("anyOf", choices);
}

Json mappingOfNamed(const SchemaNode &node, Within within)
{
    Json json = mappingOf(schemaOf(node.item(), within));
    if (within == Within::Whole)
        addRange(json, *node.field, "minProperties", "maxProperties");
    return json;
}

Json typeOf(const SchemaNode &node, Within within)
{
    const SchemaField &field = *node.field;
    switch (field.type) {
    case Type::Text:
        return textOf(field);
    case Type::Integer:
        return numberOf("integer", field);
    case Type::Number:
        return numberOf("number", field);
    case Type::Boolean:
        return booleanOf(field);
    case Type::Duration:
        return patterned(QStringLiteral("^%1 *$").arg(durationPattern()));
    case Type::ThinkTime:
        return patterned(QStringLiteral("^(%1( +to +%1)?| *exponential +%1) *$").arg(durationPattern()));
    case Type::Rate:
        return patterned(QStringLiteral("^%1 *$").arg(ratePattern()));
    case Type::RateSpan:
        return patterned(span(ratePattern()));
    case Type::UsersSpan:
        return usersSpan();
    case Type::Percent:
        return patterned(QStringLiteral("^ *[0-9.]+ *% *$"));
    case Type::Batches:
        return patterned(QStringLiteral("^ *[0-9]+ +of +[0-9]+ *$"));
    case Type::Acceptance:
        return patterned(QStringLiteral("^ *at +least +([0-9]+( +of +[0-9]+)?|[0-9.]+ *%) *$"));
    case Type::Choice:
        return choiceOf(field);
    case Type::StatusList:
        return statusList();
    case Type::Headers:
    case Type::Values:
        return mappingOf(within == Within::Part ? orNull(anyScalar()) : anyScalar());
    case Type::Any:
        return Json(jsoncons::json_object_arg);
    case Type::Object:
        return objectOf(node, within);
    case Type::TextOrObject:
        return textOrObject(node, within);
    case Type::List:
        return listOfItems(node);
    case Type::Named:
        return mappingOfNamed(node, within);
    case Type::Strings:
        return listOf(anyScalar());
    case Type::Secrets:
        return secrets();
    }
    Q_UNREACHABLE_RETURN({});
}

Json standardOf(const SchemaField &field)
{
    const std::string text = field.standard;
    if (field.type == Type::Boolean)
        return Json(text == "true");
    if (field.type == Type::Integer || field.type == Type::Number)
        return Json::parse(text); // a number in the table
    return Json(text);
}

/// Where the schema of a field stands in the whole, as a JSON pointer.
Json referenceTo(const char *path)
{
    QString pointer = QStringLiteral("#");
    for (const QString &segment : QString::fromLatin1(path).replace(QLatin1String("[]"), QLatin1String(".[]")).split(u'.')) {
        pointer += segment == u"[]" ? QStringLiteral("/items")
            : segment == u"*"       ? QStringLiteral("/additionalProperties")
                                    : QStringLiteral("/properties/") + segment;
    }
    return object("$ref", pointer.toStdString().c_str());
}

Json schemaOf(const SchemaNode &node, Within within)
{
    Json json(jsoncons::json_object_arg);
    json["description"] = node.field->help;
    if (*node.field->standard)
        json["default"] = standardOf(*node.field);
    if (node.twin && within == Within::Whole)
        json.merge(referenceTo(node.field->sameAs));
    else if (within == Within::Part)
        json.merge(orNull(typeOf(node, Within::Part)));
    else
        json.merge(typeOf(node, node.field->isPart ? Within::Part : Within::Whole));
    return json;
}

QByteArray documentOf(const SchemaNode &root, const char *title)
{
    Json schema(jsoncons::json_object_arg);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = title;
    schema.merge(objectOf(root, Within::Whole));
    const auto options = jsoncons::json_options()
                             .indent_size(2)
                             .line_length_limit(120)
                             .spaces_around_comma(jsoncons::spaces_option::no_spaces) // no blanks at line ends
                             .object_array_line_splits(jsoncons::line_split_kind::same_line);
    std::string text;
    schema.dump_pretty(text, options);
    return QByteArray::fromStdString(text) + '\n';
}

} // namespace

QByteArray scenarioJsonSchema() { return documentOf(schemaTree(), "Headroom scenario, language version 1"); }

QByteArray suiteJsonSchema() { return documentOf(suiteTree(), "Headroom suite, language version 1"); }

} // namespace Headroom
