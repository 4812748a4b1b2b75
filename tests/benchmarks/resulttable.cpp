// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/resulttable.h"

#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

/// With commas between the thousands.
QString numberText(double value, int decimals)
{
    return std::isfinite(value) ? QLocale(QLocale::English, QLocale::UnitedStates).toString(value, 'f', decimals)
                                : QStringLiteral("-");
}

std::vector<QStringList> cellsOf(const ResultTable &table)
{
    std::vector<QStringList> lines{QStringList{QString()} + table.columns};
    for (const ResultTable::Row &row : table.rows) {
        QStringList line{row.name};
        for (std::size_t column = 0; column < row.values.size(); ++column)
            line += numberText(row.values[column], table.decimals[column]);
        lines.push_back(line);
    }
    return lines;
}

QString lineText(const QStringList &cells, const std::vector<qsizetype> &widths)
{
    QString text;
    for (std::size_t column = 0; column < widths.size(); ++column) {
        const QString &cell = cells.at(qsizetype(column));
        const qsizetype width = widths[column];
        text += QStringLiteral("| ") + (column == 0 ? cell.leftJustified(width) : cell.rightJustified(width)) + u' ';
    }
    return text + QStringLiteral("|\n");
}

/// What parts the head from the rest; numbers stand to the right.
QStringList ruler(const std::vector<qsizetype> &widths)
{
    QStringList cells;
    for (const qsizetype width : widths)
        cells += QString(width - 1, u'-') + (cells.isEmpty() ? u'-' : u':');
    return cells;
}

} // namespace

QString markdown(const ResultTable &table)
{
    std::vector<QStringList> lines = cellsOf(table);
    std::vector<qsizetype> widths(std::size_t(table.columns.size()) + 1, 3);
    for (const QStringList &line : lines) {
        for (std::size_t column = 0; column < widths.size(); ++column)
            widths[column] = std::max(widths[column], line.at(qsizetype(column)).size());
    }
    lines.insert(lines.begin() + 1, ruler(widths));
    QString text = table.title + QStringLiteral("\n\n");
    for (const QStringList &line : lines)
        text += lineText(line, widths);
    return text;
}

QJsonObject json(const ResultTable &table)
{
    QJsonArray rows;
    for (const ResultTable::Row &row : table.rows) {
        QJsonArray values;
        for (const double value : row.values)
            values.append(std::isfinite(value) ? QJsonValue(value) : QJsonValue());
        rows.append(QJsonObject{{QStringLiteral("name"), row.name}, {QStringLiteral("values"), values}});
    }
    return {{QStringLiteral("title"), table.title},
            {QStringLiteral("columns"), QJsonArray::fromStringList(table.columns)},
            {QStringLiteral("rows"), rows}};
}

} // namespace Headroom
