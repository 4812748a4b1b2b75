// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"
#include "core/scenario/texttemplate.h"
#include "core/yaml/textrange.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <variant>

namespace Headroom {

/// What the names in templates stand for: vars and the environment, and values of the running load.
class TemplateScope
{
public:
    using Meaning = std::variant<QString, TemplateValue>; ///< A text that is known, or where to get one.
    using Environment = std::function<std::optional<QString>(const QString &name)>;
    struct Var
    {
        QString name;
        QString value;
        TextRange range; ///< Of its name.
        bool isUsed = false;
    };
    struct Feed
    {
        QString name;
        TextRange range; ///< Of its name.
        std::vector<Scenario::Feed::Column> columns{}; ///< Those that were asked for, in the order of that.
        QHash<QString, std::size_t> places{}; ///< Of the columns, by name.
    };

    /// Without one: that of this process.
    explicit TemplateScope(Environment environment = {});

    /// Vars see those before them.
    void add(const QString &name, const QString &value, const TextRange &range);
    /// Why a name cannot be that of a var, feed or variable; empty when it can: it names something already, or could
    /// not stand in a template. `kind` is what it would be: "var".
    QString nameProblem(const QString &kind, const QString &name) const;
    void addFeed(const QString &name, const TextRange &range);
    /// Of a name that steps extract; the same one comes often.
    void addVariable(const QString &name);
    void addSecret(const QString &name) { m_secrets.append(name); }

    /// What a placeholder stands for at a place. Marks vars as used, and notes columns. Errors: a sentence.
    std::expected<Meaning, QString> meaningOf(const TemplatePart &part, TextPlace place, const TextRange &range);
    /// Place of a name among the variables; nothing when no step extracts it.
    std::optional<int> variable(const QString &name) const;
    QStringList names() const;
    const std::vector<Var> &vars() const { return m_vars; }
    const std::vector<Feed> &feeds() const { return m_feeds; }
    const QStringList &variables() const { return m_variables; }

    /// Takes what a var adds to the scenario off a budget that all texts share: vars in vars multiply.
    /// False when it is used up.
    bool spend(qsizetype characters) { return (m_left -= characters) >= 0; }
    static constexpr qsizetype kMostCharacters = 16 * 1024 * 1024; // four times the longest scenario

private:
    std::optional<Meaning> known(const QString &name);
    std::expected<Meaning, QString> ofFeed(const QString &feed, const QString &column, const TextRange &range);
    std::expected<Meaning, QString> ofEnvironment(const QString &name) const;
    std::expected<Meaning, QString> secret(const QString &name) const;

    Environment m_environment;
    std::vector<Var> m_vars;
    std::vector<Feed> m_feeds;
    QHash<QString, std::size_t> m_feedPlaces;
    QStringList m_variables;
    QHash<QString, int> m_variablePlaces;
    QStringList m_secrets;
    QHash<QString, std::size_t> m_places;
    qsizetype m_left = kMostCharacters;
};

} // namespace Headroom
