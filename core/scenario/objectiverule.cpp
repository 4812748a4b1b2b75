// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/objectiverule.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

/// A name that has what brackets are made of, in quotation marks.
QString quotedWhereNeeded(const QString &row)
{
    const bool isPlain = std::ranges::none_of(row, [](QChar c) { return QStringView(u",()\"'").contains(c); });
    if (isPlain && row == row.trimmed())
        return row;
    const QChar quote = row.contains(u'"') ? u'\'' : u'"';
    return quote + row + quote;
}

QString metricOf(const QString &row, const QString &column)
{
    if (row == kAllRows)
        return column;
    const QString name = quotedWhereNeeded(row);
    const qsizetype bracket = column.indexOf(u'(');
    if (bracket < 0)
        return QStringLiteral("%1(%2)").arg(column, name);
    const QString inside = column.sliced(bracket + 1);
    const QString word = column.first(bracket).trimmed();
    const qsizetype comma = inside.indexOf(u',');
    if (word == u"recovery" && comma > 0)
        return QStringLiteral("recovery(%1(%2)%3").arg(inside.first(comma).trimmed(), name, inside.sliced(comma));
    return QStringLiteral("%1(%2, %3").arg(word, name, inside);
}

bool shallBeMuch(const QString &column)
{
    static const QStringList kMuch{QStringLiteral("throughput"), QStringLiteral("sustained"),
                                   QStringLiteral("achieved"),   QStringLiteral("reached"),
                                   QStringLiteral("count"),      QStringLiteral("hit_rate"),
                                   QStringLiteral("headroom")};
    return kMuch.contains(column.section(u'(', 0, 0).trimmed());
}

bool hasOwnComparison(const QString &cell)
{
    return cell.startsWith(u'<') || cell.startsWith(u'>') || cell.startsWith(u'=')
        || cell.startsWith(QLatin1String("between "));
}

/// Where " to " stands between two bounds; a stage's name behind "during" may hold one too.
qsizetype spanOf(const QString &cell)
{
    const qsizetype to = cell.indexOf(QLatin1String(" to "));
    const QStringView before = QStringView(cell).first(std::max<qsizetype>(to, 0));
    for (const QStringView word : {u" during ", u" from ", u" for ", u" weight "}) {
        if (before.contains(word))
            return -1;
    }
    return to;
}

} // namespace

QString objectiveRule(const QString &row, const QString &column, const QString &cell)
{
    const QString metric = metricOf(row.trimmed(), column.trimmed());
    const QString bound = cell.trimmed();
    if (hasOwnComparison(bound))
        return metric + u' ' + bound;
    if (const qsizetype to = spanOf(bound); to > 0)
        return QStringLiteral("%1 between %2 and %3").arg(metric, bound.first(to), bound.sliced(to + 4));
    return metric + (shallBeMuch(column.trimmed()) ? QLatin1String(" >= ") : QLatin1String(" < ")) + bound;
}

} // namespace Headroom
