// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runviewer.h"
#include "core/run/run.h"
#include "core/session/sessionreplayer.h"
#include "ui/theme/theme.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QLabel;

namespace Headroom {

class ActionTableModel;
class ChartBoard;
class EventTableModel;
class FailureTableModel;
class FlowTableModel;
class KpiStrip;
class LoadDial;
class ReplayBar;
class RuleTableModel;
class SlowTableModel;
class SteerBar;
class SteerPanel;
class StepTableModel;

/// One run, live or replayed, by the same code: the numbers that are always visible, the hand on the load or the replay
/// bar, the charts; and the models of its tables, which the window puts where the user wants them.
/// Thread: main. Owns: models and widgets; neither run nor replay.
class RunPage : public QWidget
{
    Q_OBJECT
public:
    explicit RunPage(QWidget *parent = nullptr);
    ~RunPage() override;

    /// Shows a run from before its start on. It must be let go of by another show… before it is destroyed. `changes`:
    /// what options make of its scenario, as changesText() words it.
    void showRun(Run *run, const QString &changes = {});
    /// Shows a replay that is loaded, at its position.
    void showReplay(SessionReplayer *replayer);
    /// Lets go of run or replay; what was shown stays to be looked at.
    void letGo();

    void setTheme(const Theme &theme);
    RunViewPtr view() const { return m_view; } ///< The newest; null before the first.
    RunFactsPtr facts() const { return m_facts; }

    ChartBoard &charts() const { return *m_charts; }
    LoadDial &dial() const { return *m_dial; }
    SteerBar &steerBar() const { return *m_steerBar; }
    SteerPanel &steerPanel() const { return *m_steerPanel; } ///< Mix and think time; hidden at first.
    ReplayBar &replayBar() const { return *m_replayBar; }
    KpiStrip &strip() const { return *m_strip; }
    StepTableModel &steps() const { return *m_steps; }
    FlowTableModel &flows() const { return *m_flows; }
    FailureTableModel &failures() const { return *m_failures; }
    SlowTableModel &slowest() const { return *m_slowest; }
    RuleTableModel &rules() const { return *m_rules; }
    ActionTableModel &actionTable() const { return *m_actionTable; }
    EventTableModel &events() const { return *m_events; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< The replay's keys, while the charts have the focus.

Q_SIGNALS:
    /// New charts were made, so that menus of charts can be made anew.
    void chartsChanged();
    void viewChanged(const Headroom::RunViewPtr &view);
    void rowsRead(const std::vector<Headroom::ReportModel::SeriesRow> &rows); ///< New seconds, before viewChanged().
    void rowsCleared(); ///< A replay goes back; those that count come again.

private:
    void show(MetricsSource &source);
    void clear();
    void takeView(const RunViewPtr &view, const std::vector<ReportModel::SeriesRow> &rows);
    void learnFacts(const RunFactsPtr &facts);
    void showStamp();
    void addEvent(const RunEvent &event);
    void restart();
    void watchSteering(Run *run);

    QLabel *m_stamp; // what else than the scenario's text made what is shown: profiles, options, other sessions
    KpiStrip *m_strip;
    LoadDial *m_dial;
    SteerBar *m_steerBar;
    SteerPanel *m_steerPanel;
    ReplayBar *m_replayBar;
    ChartBoard *m_charts;
    StepTableModel *m_steps;
    FlowTableModel *m_flows;
    FailureTableModel *m_failures;
    SlowTableModel *m_slowest;
    RuleTableModel *m_rules;
    ActionTableModel *m_actionTable;
    EventTableModel *m_events;

    std::unique_ptr<RunViewer> m_viewer;
    QPointer<MetricsSource> m_source;
    RunFactsPtr m_facts; // whose charts are shown
    QString m_changes; // by options, of what is shown or about to begin
    QStringList m_origins; // of a session that was cut or merged
    bool m_isAwaitingFacts = false; // of a run that was just begun
    std::vector<RunEvent> m_early; // its events until then
    RunViewPtr m_view;
    SteeredLoad m_steered; // of the run that is on
};

} // namespace Headroom
