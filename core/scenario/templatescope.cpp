// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/templatescope.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/scenario/templatefunctions.h"

#include <QProcessEnvironment>

#include <algorithm>

namespace Headroom {

namespace {

constexpr QLatin1String kEnvironment("env");
constexpr QLatin1String kSecret("secret");

std::optional<QString> ofThisProcess(const QString &name)
{
    static const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    return environment.contains(name) ? std::optional(environment.value(name)) : std::nullopt;
}

} // namespace

TemplateScope::TemplateScope(Environment environment)
    : m_environment(environment ? std::move(environment) : ofThisProcess)
{
}

void TemplateScope::add(const QString &name, const QString &value, const TextRange &range)
{
    m_places.insert(name, m_vars.size());
    m_vars.push_back({name, value, range});
}

QString TemplateScope::nameProblem(const QString &kind, const QString &name) const
{
    if (isBuiltIn(name))
        return QStringLiteral("'%1' is a value that the load gives; choose another name for the %2").arg(name, kind);
    if (name == kEnvironment || name == kSecret)
        return QStringLiteral("'%1' has a meaning of its own in ${%1.NAME}; choose another name for the %2")
            .arg(name, kind);
    if (!isTemplateName(name) || name.contains(u'.')) // those with a dot are for what comes from elsewhere
        return QStringLiteral("%1 cannot be the name of a %2; use letters, digits, '_' and '-'")
            .arg(formatQuoted(name), kind);
    const auto taken = [&](const QString &by) {
        return kind == by
            ? QString()
            : QStringLiteral("'%1' is the name of a %2 already; choose another name for the %3").arg(name, by, kind);
    };
    if (m_places.contains(name))
        return taken(QStringLiteral("var"));
    if (m_feedPlaces.contains(name))
        return taken(QStringLiteral("feed"));
    return variable(name) ? taken(QStringLiteral("variable")) : QString();
}

void TemplateScope::addFeed(const QString &name, const TextRange &range)
{
    if (!m_feedPlaces.contains(name)) // else it was refused
        m_feedPlaces.insert(name, m_feeds.size());
    m_feeds.push_back({name, range});
}

void TemplateScope::addVariable(const QString &name)
{
    if (m_variablePlaces.contains(name))
        return;
    m_variablePlaces.insert(name, int(m_variables.size()));
    m_variables.append(name);
}

std::optional<int> TemplateScope::variable(const QString &name) const
{
    const auto place = m_variablePlaces.constFind(name);
    return place == m_variablePlaces.constEnd() ? std::nullopt : std::optional(*place);
}

std::optional<TemplateScope::Meaning> TemplateScope::known(const QString &name)
{
    if (const auto place = m_places.constFind(name); place != m_places.constEnd()) {
        Var &var = m_vars[*place];
        var.isUsed = true;
        return Meaning(var.value);
    }
    if (const auto index = variable(name))
        return Meaning(
            TemplateValue{.kind = TemplateValue::Kind::Variable, .written = name, .index = *index, .name = name});
    return std::nullopt;
}

std::expected<TemplateScope::Meaning, QString> TemplateScope::ofFeed(const QString &feed, const QString &column,
                                                                     const TextRange &range)
{
    const auto found = m_feedPlaces.constFind(feed);
    const auto written = QStringLiteral("%1.%2").arg(feed, column);
    if (found == m_feedPlaces.constEnd())
        return std::unexpected(QStringLiteral("%1 is no value, for there is no feed %2%3; write it under data")
                                   .arg(formatQuoted(written), formatQuoted(feed), didYouMean(written, names())));
    Feed &owner = m_feeds[*found];
    const auto place = owner.places.constFind(column);
    const std::size_t index = place == owner.places.constEnd() ? owner.columns.size() : *place;
    if (index == owner.columns.size()) {
        owner.places.insert(column, index);
        owner.columns.push_back({column, range});
    }
    return TemplateValue{.kind = TemplateValue::Kind::Column,
                         .written = written,
                         .index = int(*found),
                         .column = int(index),
                         .name = column};
}

std::expected<TemplateScope::Meaning, QString> TemplateScope::ofEnvironment(const QString &name) const
{
    if (const auto value = m_environment(name))
        return *value;
    return std::unexpected(
        QStringLiteral("the environment has no variable %1; set it before the start").arg(formatQuoted(name)));
}

std::expected<TemplateScope::Meaning, QString> TemplateScope::secret(const QString &name) const
{
    if (m_secrets.contains(name))
        return TemplateValue{.kind = TemplateValue::Kind::Secret, .written = kSecret + u'.' + name, .name = name};
    return std::unexpected(
        QStringLiteral("%1 is no secret%2; add it to secrets").arg(formatQuoted(name), didYouMean(name, m_secrets)));
}

std::expected<TemplateScope::Meaning, QString> TemplateScope::meaningOf(const TemplatePart &part, TextPlace place,
                                                                        const TextRange &range)
{
    auto meaning = [&]() -> std::expected<Meaning, QString> {
        if (isBuiltIn(part.text))
            return builtInValue(part);
        if (part.arguments)
            return std::unexpected(
                QStringLiteral("%1 is no function%2; there are random(1, 100) and choice(a, b, c)")
                    .arg(formatQuoted(part.text),
                         didYouMean(part.text, {QStringLiteral("random"), QStringLiteral("choice")})));
        const qsizetype dot = part.text.indexOf(u'.');
        if (dot > 0 && dot + 1 < part.text.size()) {
            const QString owner = part.text.first(dot);
            const QString name = part.text.sliced(dot + 1);
            if (owner == kEnvironment)
                return ofEnvironment(name);
            return owner == kSecret ? secret(name) : ofFeed(owner, name, range);
        }
        if (auto value = known(part.text))
            return std::move(*value);
        QString hint = didYouMean(part.text, names());
        if (hint.isEmpty())
            hint = QStringLiteral("; add it to vars, or write one of: ") + names().join(QLatin1String(", "));
        return std::unexpected(QStringLiteral("%1 is no name of a value%2").arg(formatQuoted(part.text), hint));
    }();
    if (meaning) {
        if (auto *value = std::get_if<TemplateValue>(&*meaning))
            value->place = place;
    }
    return meaning;
}

QStringList TemplateScope::names() const
{
    QStringList names;
    for (const Var &var : m_vars)
        names.append(var.name);
    names += m_variables;
    for (const Feed &feed : m_feeds) {
        for (const Scenario::Feed::Column &column : feed.columns)
            names.append(feed.name + u'.' + column.name);
    }
    for (const QString &secret : m_secrets)
        names.append(kSecret + u'.' + secret);
    return names + builtInNames();
}

} // namespace Headroom
