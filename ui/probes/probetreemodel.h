// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "core/report/reportmodel.h"
#include "core/scenario/scenario.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>

#include <deque>
#include <map>

namespace Headroom {

/// The probes of the scenario in the editor, and below each the series that the run which is shown has of it, with the
/// newest value and the last minute. Probes that only the run has come behind them. Rows stay as long as neither probes
/// nor series change. Thread: main.
class ProbeTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, Course, State, What };
    static constexpr int kColumns = 5;
    static constexpr int CourseRole = Qt::UserRole + 1; ///< Of Course: QList<double>, not a number for a gap.
    static constexpr int ProbeRole = Qt::UserRole + 2; ///< Name of the probe, of every row.
    static constexpr int LineRole = Qt::UserRole + 3; ///< Of the scenario's text where it stands; 0: nowhere.
    static constexpr std::size_t kKept = 60; ///< Seconds.

    explicit ProbeTreeModel(QObject *parent = nullptr);

    void setTheme(const Theme &theme);
    void setProbes(const std::vector<Scenario::Probe> &probes); ///< Of the scenario.
    void setRun(const RunFactsPtr &facts); ///< Shown from now on; null: none.
    void addRows(const std::vector<ReportModel::SeriesRow> &rows);
    void clearRows();
    void setEvents(const std::vector<RunEvent> &events); ///< Of the run; those of probes say what is wrong.

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Series
    {
        std::size_t index = 0; ///< Into RunFacts::series.
        QString field;
        QString unit;
        std::deque<std::optional<double>> values; ///< The newest last.
    };
    struct Probe
    {
        QString name;
        QString kind;
        QString what;
        int line = 0;
        bool isOfScenario = true;
        std::vector<Series> series;
        std::optional<double> wellAt; ///< The newest second with a value.
    };
    struct Said
    {
        double at = 0.0; ///< Seconds.
        QString sentence;
    };
    enum class Standing { Unknown, Reading, Failing, Gap };
    void rebuild();
    Standing standingOf(const Probe &probe) const;
    QString stateText(const Probe &probe) const;
    QVariant ofProbe(const Probe &probe, int column, int role) const;
    QVariant ofSeries(const Series &series, int column, int role) const;

    Theme m_theme;
    std::vector<Scenario::Probe> m_written;
    RunFactsPtr m_facts;
    std::vector<Probe> m_probes;
    std::map<QString, Said> m_said; ///< The last of each probe.
    std::optional<double> m_second; ///< Of the newest row.
};

} // namespace Headroom
