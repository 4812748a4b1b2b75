// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/templatescope.h"

#include <algorithm>

namespace Headroom {

void TemplateScope::add(const QString &name, const QString &value, const TextRange &range)
{
    m_places.insert(name, m_vars.size());
    m_vars.push_back({name, value, range});
}

std::optional<TemplateScope::Meaning> TemplateScope::find(const QString &name)
{
    if (const auto place = m_places.constFind(name); place != m_places.constEnd()) {
        Var &var = m_vars[*place];
        var.isUsed = true;
        return Meaning(var.value);
    }
    const auto &sources = templateSources();
    const auto source = std::ranges::find(sources, name, sourceName);
    return source == sources.end() ? std::nullopt : std::optional(Meaning(*source));
}

QStringList TemplateScope::names() const
{
    QStringList names;
    for (const Var &var : m_vars)
        names.append(var.name);
    for (const TextTemplate::Source source : templateSources())
        names.append(sourceName(source));
    return names;
}

} // namespace Headroom
