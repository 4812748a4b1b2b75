// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/profilemerge.h"

#include "core/base/humanformat.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/schemacheck.h"
#include "core/scenario/treemerge.h"

#include <algorithm>

namespace Headroom {

namespace {

/// A profile or an environment.
struct Variant
{
    QString group; ///< Empty: an environment.
    QString name;
    QString words() const
    {
        return group.isEmpty() ? QStringLiteral("with environment %1").arg(formatQuoted(name))
                               : QStringLiteral("with profile %1").arg(formatQuoted(name));
    }
};

const YamlNode *nodeOf(const YamlNode &root, const Variant &variant)
{
    if (variant.group.isEmpty()) {
        const YamlNode *environments = root.find(u"environments");
        return environments ? environments->find(variant.name) : nullptr;
    }
    const YamlNode *profiles = root.find(u"profiles");
    const YamlNode *group = profiles ? profiles->find(variant.group) : nullptr;
    return group ? group->find(variant.name) : nullptr;
}

/// The fields of the scenario that a variant changes, with its short forms at the places they stand for.
YamlNode expanded(const YamlNode &variant)
{
    YamlNode part = variant;
    YamlNode target;
    target.kind = YamlNode::Kind::Mapping;
    target.range = variant.range;
    TextRange place = variant.range;
    std::erase_if(part.entries, [&](YamlNode::Entry &entry) {
        if (entry.key != u"headers" && entry.key != u"query")
            return false;
        place = entry.keyRange;
        target.entries.push_back(std::move(entry));
        return true;
    });
    if (target.entries.empty())
        return part;
    const auto own = std::ranges::find(part.entries, QStringLiteral("target"), &YamlNode::Entry::key);
    if (own == part.entries.end())
        part.entries.push_back({QStringLiteral("target"), place, std::move(target)});
    else
        mergeTree(own->value, target, schemaTree().child(u"target"));
    return part;
}

void apply(YamlNode &root, const std::vector<Variant> &variants)
{
    for (const Variant &variant : variants) {
        const YamlNode *node = nodeOf(root, variant);
        if (!node || !node->isMapping())
            continue;
        for (const YamlNode part = expanded(*node); const YamlNode::Entry &entry : part.entries) {
            YamlNode change;
            change.kind = YamlNode::Kind::Mapping;
            change.entries.push_back(entry);
            mergeTree(root, change, &schemaTree());
        }
    }
}

std::vector<Variant> variantsOf(const ChosenProfiles &chosen, const QString &environment)
{
    std::vector<Variant> variants;
    for (const auto &[group, profile] : chosen)
        variants.push_back({group, profile});
    if (!environment.isEmpty())
        variants.push_back({{}, environment});
    return variants;
}

/// One variant in the place of the one that is chosen of its kind.
std::vector<Variant> with(std::vector<Variant> chosen, const Variant &variant)
{
    const auto place = std::ranges::find(chosen, variant.group, &Variant::group);
    if (place == chosen.end())
        chosen.push_back(variant);
    else
        *place = variant;
    return chosen;
}

/// A tree with only some fields of another, and what may be laid over them.
YamlNode excerptOf(const YamlNode &root, const QStringList &fields)
{
    YamlNode excerpt;
    excerpt.kind = root.kind;
    excerpt.range = root.range;
    for (const YamlNode::Entry &entry : root.entries) {
        if (fields.contains(entry.key) || entry.key == u"profiles" || entry.key == u"environments")
            excerpt.entries.push_back(entry);
    }
    return excerpt;
}

Diagnostics problemsIn(YamlNode excerpt, const QStringList &fields, const std::vector<Variant> &variants,
                       Problems problems)
{
    apply(excerpt, variants);
    SchemaCheck check(problems);
    for (const QString &field : fields)
        check.checkField(excerpt, field);
    return problems.take();
}

/// Reports what is wrong with a variant that is not chosen only where it is put together with the rest.
void checkMerged(const YamlNode &root, const Variant &variant, const std::vector<Variant> &chosen, Problems &problems)
{
    const YamlNode *node = nodeOf(root, variant);
    if (!node || !node->isMapping()
        || std::ranges::contains(chosen, nodeOf(root, variant),
                                 [&root](const Variant &other) { return nodeOf(root, other); }))
        return;
    QStringList fields;
    for (const YamlNode part = expanded(*node); const YamlNode::Entry &entry : part.entries)
        fields.append(entry.key);
    const YamlNode excerpt = excerptOf(root, fields);
    const Diagnostics usual = problemsIn(excerpt, fields, chosen, problems.emptied());
    for (const Diagnostic &problem : problemsIn(excerpt, fields, with(chosen, variant), problems.emptied())) {
        const bool isUsual = std::ranges::any_of(usual, [&problem](const Diagnostic &other) {
            return other.range == problem.range && other.message == problem.message;
        });
        if (!isUsual)
            problems.error(problem.range, variant.words() + QLatin1String(", ") + problem.message);
    }
}

void checkAll(const YamlNode &root, const ProfileOffer &offer, const std::vector<Variant> &chosen, Problems &problems)
{
    for (const ProfileOffer::Group &group : offer.groups) {
        for (const QString &profile : group.profiles)
            checkMerged(root, {group.name, profile}, chosen, problems);
    }
    for (const QString &environment : offer.environments)
        checkMerged(root, {{}, environment}, chosen, problems);
}

void checkKeys(const YamlNode *mapping, Problems &problems)
{
    for (const YamlNode::Entry &entry : mapping ? mapping->entries : std::vector<YamlNode::Entry>()) {
        checkName(entry.key, entry.keyRange, problems);
        if (entry.key.trimmed().isEmpty() || entry.key.contains(u'=') || entry.key.contains(QLatin1String(": ")))
            problems.error(entry.keyRange,
                           QStringLiteral("%1 cannot be chosen by its name; use letters, digits, '_' and '-'")
                               .arg(formatQuoted(entry.key)));
    }
}

void checkNames(const YamlNode &root, Problems &problems)
{
    const YamlNode *profiles = root.find(u"profiles");
    checkKeys(profiles, problems);
    for (const YamlNode::Entry &group : profiles ? profiles->entries : std::vector<YamlNode::Entry>()) {
        checkKeys(&group.value, problems);
        if (group.key == u"environment") // reports would take its profile for one
            problems.error(group.keyRange,
                           QStringLiteral("a group of profiles cannot be called environment; choose another name"));
    }
    checkKeys(root.find(u"environments"), problems);
}

void useVars(const YamlNode &node, TemplateScope &scope)
{
    for (const YamlNode &item : node.items)
        useVars(item, scope);
    for (const YamlNode::Entry &entry : node.entries)
        useVars(entry.value, scope);
    const auto parts = templateParts(node.text);
    if (!parts)
        return;
    for (const TemplatePart &part : *parts) {
        if (part.isName && std::ranges::contains(scope.vars(), part.text, &TemplateScope::Var::name))
            (void)scope.meaningOf(part, TextPlace::Plain, {});
    }
}

} // namespace

ChosenProfiles applyProfiles(YamlNode &root, const ProfileChoice &choice, Problems &problems)
{
    const ProfileOffer offer = profileOffer(root);
    if (!offer.isEmpty()) {
        SchemaCheck(problems).checkField(root, QStringLiteral("profiles"));
        SchemaCheck(problems).checkField(root, QStringLiteral("environments"));
        checkNames(root, problems);
        problems.closePlaces();
    }
    const auto chosen = chosenProfiles(offer, choice.profiles);
    const QString environment = environmentProblem(offer, choice.environment);
    if (!chosen)
        problems.error({}, chosen.error().message);
    if (!environment.isEmpty())
        problems.error({}, environment);
    if (!chosen || !environment.isEmpty())
        return {};
    const std::vector<Variant> variants = variantsOf(*chosen, choice.environment);
    checkAll(root, offer, variants, problems);
    apply(root, variants);
    return *chosen;
}

void useVarsOfProfiles(const YamlNode &root, TemplateScope &scope)
{
    for (const QStringView field : {u"profiles", u"environments"}) {
        if (const YamlNode *node = root.find(field))
            useVars(*node, scope);
    }
}

} // namespace Headroom
