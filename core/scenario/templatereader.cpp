// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/templatereader.h"

#include "core/base/humanformat.h"

namespace Headroom {

namespace {

using Templates = SchemaField::Templates;

constexpr std::size_t kMostVars = 1000;

/// A part of a scalar, as a place in the file. Exact where the scalar stands on one line without escapes.
TextRange rangeInside(const YamlNode &scalar, qsizetype start, qsizetype length)
{
    const TextRange &whole = scalar.range;
    const qsizetype quotes = scalar.isQuoted ? 2 : 0;
    if (whole.start.line != whole.end.line || whole.end.column - whole.start.column != scalar.text.size() + quotes)
        return whole;
    const int column = whole.start.column + int(quotes / 2 + start);
    return {{whole.start.line, column}, {whole.start.line, column + int(length)}};
}

void refuse(const QString &text, const TextRange &range, Problems &problems)
{
    if (hasTemplate(text))
        problems.error(range,
                       QStringLiteral("a template (${...}) cannot stand here, only in paths, addresses, bodies and the "
                                      "values of queries and headers; write the text itself"));
}

void refuseKeys(const YamlNode &node, Problems &problems)
{
    for (const YamlNode &item : node.items)
        refuseKeys(item, problems);
    for (const YamlNode::Entry &entry : node.entries) {
        refuse(entry.key, entry.keyRange, problems);
        refuseKeys(entry.value, problems);
    }
}

/// What may stand below a field: fields of their own, or free values of the same kind.
const SchemaNode *below(const SchemaNode &schema, QStringView key)
{
    switch (schema.type()) {
    case SchemaField::Type::Object:
        return schema.child(key);
    case SchemaField::Type::Named:
        return &schema.item();
    default:
        return &schema;
    }
}

void refuseMisplaced(const YamlNode &node, const SchemaNode *schema, Problems &problems)
{
    if (schema && schema->field && schema->field->templates != Templates::None)
        return refuseKeys(node, problems);
    refuse(node.text, node.range, problems);
    const SchemaNode *item = schema && schema->type() == SchemaField::Type::List ? &schema->item() : schema;
    for (const YamlNode &child : node.items)
        refuseMisplaced(child, item, problems);
    for (const YamlNode::Entry &entry : node.entries) {
        refuse(entry.key, entry.keyRange, problems);
        refuseMisplaced(entry.value, schema ? below(*schema, entry.key) : nullptr, problems);
    }
}

/// The names that the steps of a flow or group extract.
void addVariables(const YamlNode &owner, TemplateScope &scope, Problems &problems)
{
    const YamlNode *steps = owner.find(u"steps");
    for (const YamlNode &step : steps ? steps->items : std::vector<YamlNode>()) {
        const YamlNode *extract = step.find(u"extract");
        for (const YamlNode::Entry &name : extract ? extract->entries : std::vector<YamlNode::Entry>()) {
            if (const QString problem = scope.nameProblem(QStringLiteral("variable"), name.key); !problem.isEmpty())
                problems.error(name.keyRange, problem);
            else
                scope.addVariable(name.key);
        }
        addVariables(step, scope, problems);
    }
}

void addFeeds(const FieldReader &root, TemplateScope &scope, Problems &problems)
{
    const YamlNode *feeds = root.find(u"data");
    for (const YamlNode::Entry &feed : feeds ? feeds->entries : std::vector<YamlNode::Entry>()) {
        if (const QString problem = scope.nameProblem(QStringLiteral("feed"), feed.key); !problem.isEmpty())
            problems.error(feed.keyRange, problem);
        scope.addFeed(feed.key, feed.keyRange);
    }
}

/// A list of names, or a mapping of names to places.
void addSecrets(const FieldReader &root, TemplateScope &scope)
{
    const YamlNode *secrets = root.find(u"secrets");
    for (const YamlNode &name : secrets ? secrets->items : std::vector<YamlNode>())
        scope.addSecret(name.text);
    for (const YamlNode::Entry &name : secrets ? secrets->entries : std::vector<YamlNode::Entry>())
        scope.addSecret(name.key);
}

void readVars(const FieldReader &root, TemplateScope &scope, Problems &problems)
{
    const TemplateReader reader(&scope, Templates::Constant, problems);
    const YamlNode *vars = root.find(u"vars");
    for (const YamlNode::Entry &entry : vars ? vars->entries : std::vector<YamlNode::Entry>()) {
        if (scope.vars().size() == kMostVars) {
            problems.error(entry.keyRange, QStringLiteral("there are more than %1 vars; remove some").arg(kMostVars));
            break;
        }
        if (const QString problem = scope.nameProblem(QStringLiteral("var"), entry.key); !problem.isEmpty())
            problems.error(entry.keyRange, problem);
        const auto value = reader.read(entry.value, TextPlace::Plain);
        scope.add(entry.key, value.value_or(QString()).constant(), entry.keyRange);
    }
}

} // namespace

std::optional<TextTemplate> TemplateReader::read(const YamlNode &scalar, TextPlace place) const
{
    if (!hasTemplate(scalar.text))
        return ownText(place, scalar.text);
    if (m_kind == Templates::None)
        return std::nullopt; // reported by refuseMisplacedTemplates()
    Q_ASSERT(m_scope);
    const auto parts = templateParts(scalar.text);
    if (!parts) {
        m_problems.error(rangeInside(scalar, parts.error().start, parts.error().length), parts.error().message);
        return std::nullopt;
    }
    TextTemplate text;
    bool isGood = true;
    for (const TemplatePart &part : *parts) {
        if (part.isName)
            isGood = append(text, part, scalar, place) && isGood;
        else
            text.append(ownText(place, part.text));
    }
    return isGood ? std::optional(text) : std::nullopt;
}

bool TemplateReader::append(TextTemplate &text, const TemplatePart &name, const YamlNode &scalar, TextPlace place) const
{
    const auto problem = [&](const QString &message) {
        m_problems.error(rangeInside(scalar, name.start, name.length), message);
        return false;
    };
    if (m_problems.isFull())
        return false;
    const auto meaning = m_scope->meaningOf(name, place, rangeInside(scalar, name.start, name.length));
    if (!meaning)
        return problem(meaning.error());
    if (const auto *value = std::get_if<QString>(&*meaning)) {
        const QString written = valueText(place, *value);
        if (!m_scope->spend(written.size()))
            return problem(QStringLiteral("the vars make the scenario longer than %1 characters; shorten them")
                               .arg(formatCount(TemplateScope::kMostCharacters)));
        text.append(written, scalar.text.sliced(name.start, name.length));
        return true;
    }
    const auto &value = std::get<TemplateValue>(*meaning);
    if (m_kind == Templates::Constant || (m_kind == Templates::Secrets && !value.isConstant()))
        return problem(value.isConstant()
                           ? QStringLiteral("a secret cannot stand here; only vars and env.NAME can")
                           : QStringLiteral("'%1' differs from request to request, but this is the same for all; only vars "
                                            "can stand here")
                                 .arg(value.written));
    for (const QString &choice : value.choices) {
        if (const QString misfit = misfitAt(place, choice); !misfit.isEmpty())
            return problem(QStringLiteral("%1 %2").arg(formatQuoted(choice), misfit));
    }
    text.append(value);
    return true;
}

TemplateScope readScope(const FieldReader &root, Problems &problems)
{
    TemplateScope scope;
    if (const YamlNode *flows = root.find(u"flows")) {
        for (const YamlNode &flow : flows->items)
            addVariables(flow, scope, problems);
    }
    addFeeds(root, scope, problems);
    addSecrets(root, scope);
    readVars(root, scope, problems);
    return scope;
}

QString readConstant(const FieldReader &fields, QStringView name, Problems &problems)
{
    const YamlNode *node = fields.find(name);
    if (!node || !node->isScalar())
        return {};
    return TemplateReader(fields, name, problems).read(*node, TextPlace::Plain).value_or(TextTemplate()).constant();
}

void reportUnusedVars(const TemplateScope &scope, Problems &problems)
{
    if (problems.hasErrors())
        return; // the place that was meant to use it may be among them
    constexpr qsizetype kLongestNameShown = 40; // a name may fill the whole scenario
    for (const TemplateScope::Var &var : scope.vars()) {
        if (!var.isUsed)
            problems.warning(var.range,
                             QStringLiteral("var %1 is used nowhere; write ${%2} where it belongs, or remove it")
                                 .arg(formatQuoted(var.name), var.name.left(kLongestNameShown)));
    }
}

void refuseMisplacedTemplates(const YamlNode &root, Problems &problems)
{
    refuseMisplaced(root, &schemaTree(), problems);
}

} // namespace Headroom
