// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/texttemplate.h"
#include "core/yaml/textrange.h"

#include <QHash>
#include <QStringList>

#include <variant>

namespace Headroom {

/// What the names in templates stand for: the vars of the scenario, and values of the running load.
class TemplateScope
{
public:
    using Meaning = std::variant<QString, TextTemplate::Source>; ///< The value of a var, or where to get one.
    struct Var
    {
        QString name;
        QString value;
        TextRange range; ///< Of its name.
        bool isUsed = false;
    };

    /// Vars see those before them.
    void add(const QString &name, const QString &value, const TextRange &range);
    /// Marks a var as used.
    std::optional<Meaning> find(const QString &name);
    QStringList names() const;
    const std::vector<Var> &vars() const { return m_vars; }

    /// Takes what a var adds to the scenario off a budget that all texts share: vars in vars multiply.
    /// False when it is used up.
    bool spend(qsizetype characters) { return (m_left -= characters) >= 0; }
    static constexpr qsizetype kMostCharacters = 16 * 1024 * 1024; // four times the longest scenario

private:
    std::vector<Var> m_vars;
    QHash<QString, std::size_t> m_places;
    qsizetype m_left = kMostCharacters;
};

} // namespace Headroom
