// SPDX-License-Identifier: GPL-3.0-or-later
// Probes in the main window, and what a hand adds to the charts.
#include "ui/charts/chartboard.h"
#include "ui/probes/probepanel.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/probedesk.h"

#include <QDockWidget>
#include <QStatusBar>

namespace Headroom {

void MainWindow::connectProbes()
{
    m_probes = new ProbeDesk({m_settings, *m_editor, *m_scenario, *m_profiles, *m_page, *m_runs, *m_probePanel}, this);
    connect(m_actions->addProbe, &QAction::triggered, m_probes, &ProbeDesk::add);
    connect(m_actions->watchProcess, &QAction::triggered, m_probes, &ProbeDesk::watchProcess);
    connect(m_actions->tryProbe, &QAction::triggered, m_probes, &ProbeDesk::tryChosen);
    connect(m_actions->removeProbe, &QAction::triggered, m_probes, &ProbeDesk::removeChosen);
    connect(m_probes, &ProbeDesk::failed, this, &MainWindow::tell);
    connect(m_probes, &ProbeDesk::said, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 20000); });
    connect(m_probes, &ProbeDesk::edited, this, [this] {
        m_docks.first()->show();
        m_docks.first()->raise();
    });
    const auto enable = [this] {
        m_actions->tryProbe->setEnabled(m_probes->hasChoice());
        m_actions->removeProbe->setEnabled(m_probes->hasChoice());
    };
    connect(m_probes, &ProbeDesk::choiceChanged, this, enable);
    enable();
    connectChoices();
}

/// By the scenario's name: a session that is opened shows what was added to the charts of its scenario.
void MainWindow::connectChoices()
{
    ChartBoard &charts = m_page->charts();
    connect(m_actions->addSeries, &QAction::triggered, &charts, [&charts] { charts.addSeries(); });
    connect(m_actions->addBand, &QAction::triggered, &charts, [&charts] { charts.addBand(); });
    const auto enable = [this](bool isEnabled) {
        m_actions->addSeries->setEnabled(isEnabled);
        m_actions->addBand->setEnabled(isEnabled);
    };
    enable(false);
    connect(m_page, &RunPage::chartsChanged, this, [this, &charts, enable] {
        const RunFactsPtr facts = m_page->facts();
        charts.setChoices(facts ? ChartChoices::fromText(m_settings.chartChoices(facts->name)) : ChartChoices());
        enable(facts != nullptr);
    });
    connect(&charts, &ChartBoard::choicesChanged, this, [this](const ChartChoices &choices) {
        if (const RunFactsPtr facts = m_page->facts())
            m_settings.setChartChoices(facts->name, choices.text());
    });
}

} // namespace Headroom
