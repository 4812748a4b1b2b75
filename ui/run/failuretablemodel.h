// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

#include <map>
#include <tuple>

namespace Headroom {

/// One row for each step, kind, status and message, most frequent first; its tool tip and ExampleRole hold one
/// example. Shows the view it was given and computes nothing. Rows that stay keep their index, also when they change
/// places; only a new run resets the model. Qt::UserRole holds what a column sorts by.
class FailureTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Step, Kind, Status, Message, Count, First, Last };
    /// The example as plain text: "GET URL", content type, an empty line, the body; empty when none was kept.
    static constexpr int ExampleRole = Qt::UserRole + 1;
    explicit FailureTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;
    QVariant extra(int row, int column, int role) const override;

private:
    struct Row
    {
        ReportModel::Failure failure;
        int occurrence = 0; ///< Among rows that look the same: steps may share a name.
    };
    using Rows = std::vector<Row>;
    using Key = std::tuple<QString, int, int, QString, int>;
    static Rows rowsOf(const RunViewPtr &view);
    static Key keyOf(const Row &row);
    // One after the other these make the old rows into the new ones.
    void removeAllBut(const Rows &wanted);
    void moveIntoOrderOf(const Rows &wanted);
    void insertMissing(const Rows &wanted);
    void reorder(Rows ordered, const std::map<int, int> &rowAfterByRowBefore);

    RunFactsPtr m_facts;
    Rows m_rows;
};

} // namespace Headroom
