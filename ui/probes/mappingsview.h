// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/mappingstable.h"

#include <QWidget>

class QLabel;

namespace Headroom {

class CopyTable;
class MappingsTableModel;

/// What held the memory of a watched process before the load and after it, and whose it is. Hidden without any.
class MappingsView : public QWidget
{
    Q_OBJECT
public:
    explicit MappingsView(QWidget *parent = nullptr);

    void setTables(const std::vector<MappingsTable> &tables); ///< Of all probes that have one.
    void choose(const QString &probe); ///< Its table, as soon as it has one; until then the one before stays.
    CopyTable *table() const { return m_table; }

private:
    void showTableOf(const QString &probe);

    std::vector<MappingsTable> m_tables;
    QString m_chosen;
    MappingsTableModel *m_model;
    QLabel *m_whose;
    CopyTable *m_table;
};

} // namespace Headroom
