// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace Headroom {

/// A table of results with a name in the first column of each row.
struct ResultTable
{
    struct Row
    {
        QString name;
        std::vector<double> values; ///< As many as columns; not a number: none.
    };
    QString title; ///< One sentence on what was measured.
    QStringList columns;
    std::vector<int> decimals; ///< By column.
    std::vector<Row> rows;
};

/// The table in Markdown, its columns as wide as their values, so that it reads well in a terminal too.
QString markdown(const ResultTable &table);

/// {"title", "columns", "rows": [{"name", "values": [...]}]}; a missing value is null.
QJsonObject json(const ResultTable &table);

} // namespace Headroom
