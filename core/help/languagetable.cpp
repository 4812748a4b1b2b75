// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/languagetable.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kMostPadding = 40; // one long cell does not make a whole column wide

QString line(const QStringList &cells, const QList<qsizetype> &widths, QChar filler)
{
    QString text = QStringLiteral("|");
    for (qsizetype column = 0; column < cells.size(); ++column)
        text += u' ' + cells[column].leftJustified(widths[column], filler) + QLatin1String(" |");
    return text + u'\n';
}

} // namespace

void LanguageTable::add(const QStringList &cells)
{
    QStringList escaped;
    for (QString cell : cells)
        escaped.append(cell.replace(u'|', QLatin1String("\\|")));
    m_rows.append(escaped);
}

QString LanguageTable::markdown() const
{
    QList<qsizetype> widths(m_rows.front().size(), 3);
    for (const QStringList &row : m_rows) {
        for (qsizetype column = 0; column + 1 < row.size(); ++column) {
            if (row[column].size() <= kMostPadding)
                widths[column] = std::max(widths[column], row[column].size());
        }
    }
    QString text =
        line(m_rows.front(), widths, u' ') + line(QStringList(widths.size(), QStringLiteral("---")), widths, u'-');
    for (const QStringList &row : m_rows.sliced(1))
        text += line(row, widths, u' ');
    return text;
}

} // namespace Headroom
