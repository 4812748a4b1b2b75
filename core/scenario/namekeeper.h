// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

#include <QHash>

namespace Headroom {

/// Names things of one kind and sees to it that no name comes twice.
class NameKeeper
{
public:
    /// `kind` is what the things are called: "flow".
    NameKeeper(const QString &kind, Problems &problems)
        : m_kind(kind)
        , m_problems(problems)
    {
    }
    /// The name in field "name", else the kind with the thing's number.
    QString name(const FieldReader &fields);

private:
    QString m_kind;
    Problems &m_problems;
    QHash<QString, TextRange> m_places;
    int m_count = 0;
};

/// Reports characters in a name that would disturb a table or a terminal.
void checkName(const QString &name, const TextRange &range, Problems &problems);

} // namespace Headroom
