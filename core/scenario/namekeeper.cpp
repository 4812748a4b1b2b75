// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/namekeeper.h"

#include "core/base/humanformat.h"

#include <QList>

#include <algorithm>

namespace Headroom {

QString NameKeeper::name(const FieldReader &fields)
{
    ++m_count;
    const YamlNode *written = fields.find(u"name");
    const QString name = written ? written->text : QStringLiteral("%1 %2").arg(m_kind).arg(m_count);
    const TextRange range = written ? written->range : fields.keyRange(u"name");
    checkName(name, range, m_problems);
    if (const auto first = m_places.constFind(name); first != m_places.constEnd()) {
        m_problems.error(range,
                         QStringLiteral("%1 name %2 is used twice; the first is in %3")
                             .arg(m_kind, formatQuoted(name), Problems::placeWords(*first)));
        return name;
    }
    m_places.insert(name, range);
    return name;
}

void checkName(const QString &name, const TextRange &range, Problems &problems)
{
    if (!std::ranges::all_of(name.toUcs4(), [](char32_t character) { return QChar::isPrint(character); })) {
        problems.error(
            range,
            QStringLiteral("the name %1 holds invisible characters or line ends; remove them").arg(formatQuoted(name)));
    }
}

} // namespace Headroom
