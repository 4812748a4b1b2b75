// SPDX-License-Identifier: GPL-3.0-or-later
// The hand on a run, in the main window: which actions do what, and what follows from the run's answer.
#include "ui/run/actionpanel.h"
#include "ui/run/loaddial.h"
#include "ui/run/rulepanel.h"
#include "ui/run/runpage.h"
#include "ui/run/steerbar.h"
#include "ui/run/steerpanel.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/statusline.h"

#include <QDockWidget>

namespace Headroom {

void MainWindow::connectSteering()
{
    m_page->steerBar().setOrders({m_actions->pause, m_actions->hold, m_actions->skipStage, m_actions->mix},
                                 m_actions->extendStage, m_actions->extendMore());
    m_rulePanel->setOrders({m_actions->addRule, m_actions->changeRule, m_actions->switchOffRule});
    m_actionPanel->setOrder(m_actions->doAction);
    const auto order = [this](QAction *action, auto give) {
        connect(action, &QAction::triggered, this, [this, give](bool isChecked) {
            if (Run *run = m_runs->run())
                give(*run, isChecked);
        });
    };
    order(m_actions->pause, [](Run &run, bool isPaused) { isPaused ? run.pause() : run.resume(); });
    order(m_actions->hold, [](Run &run, bool isHeld) { isHeld ? run.hold() : run.release(); });
    order(m_actions->skipStage, [](Run &run, bool) { run.skipStage(); });
    order(m_actions->extendStage, [](Run &run, bool) { run.extendStage(30s); });
    order(m_actions->extendByOne, [](Run &run, bool) { run.extendStage(1min); });
    order(m_actions->extendByFive, [](Run &run, bool) { run.extendStage(5min); });
    order(m_actions->backToPlan, [](Run &run, bool) { run.backToPlan(); });
    connect(m_actions->mix, &QAction::toggled, &m_page->steerPanel(), &QWidget::setVisible);
    connect(m_actions->increase, &QAction::triggered, &m_page->dial(), &LoadDial::increase);
    connect(m_actions->decrease, &QAction::triggered, &m_page->dial(), &LoadDial::decrease);
    connect(m_actions->addRule, &QAction::triggered, this, [this] {
        for (QDockWidget *dock : std::as_const(m_docks)) {
            if (dock->isAncestorOf(m_rulePanel)) {
                dock->show();
                dock->raise();
            }
        }
        m_rulePanel->add();
    });
    connect(m_actions->changeRule, &QAction::triggered, m_rulePanel, &RulePanel::change);
    connect(m_actions->switchOffRule, &QAction::triggered, m_rulePanel, &RulePanel::switchOff);
    connect(m_rulePanel, &RulePanel::choiceChanged, this, &MainWindow::updateSteering);
    connect(m_actions->doAction, &QAction::triggered, this, [this] {
        if (Run *run = m_runs->run(); run && m_actionPanel->chosen())
            run->doAction(*m_actionPanel->chosen());
    });
    connect(m_actionPanel, &ActionPanel::choiceChanged, this, &MainWindow::updateSteering);
    connect(m_rulePanel, &RulePanel::rulesWanted, this, [this](const QStringList &texts) {
        Run *run = m_runs->run();
        if (const auto taken = run ? run->setRules(texts) : Result<void>(); !taken)
            tell(taken.error());
    });
}

void MainWindow::takeSteering(Run *run)
{
    connect(run, &Run::loadSteered, this, &MainWindow::showSteered);
    connect(run, &Run::rulesChanged, m_rulePanel, [this, run] { m_rulePanel->setRun(run->facts()); });
    showSteered({});
}

/// Buttons and status line show what the run has taken, whoever asked for it.
void MainWindow::showSteered(const SteeredLoad &load)
{
    m_actions->pause->setChecked(load.isPaused);
    m_actions->pause->setText(load.isPaused ? tr("Re&sume") : tr("&Pause"));
    m_actions->hold->setChecked(load.isHeld);
    m_actions->hold->setText(load.isHeld ? tr("Re&lease") : tr("H&old"));
    m_actions->backToPlan->setEnabled(load.isByHand());
    m_statusLine->setSteered(load);
}

/// What can be steered now.
void MainWindow::updateSteering()
{
    const Run *run = m_runs->run();
    // A search for the limit has its own hand on load and rules.
    const bool isRunning = run && run->state() == RunState::Running && run->facts() && !run->facts()->limitSearch;
    const bool walksStages = isRunning && !run->facts()->batches;
    m_rulePanel->setRun(isRunning ? run->facts() : nullptr);
    for (QAction *action : {m_actions->pause, m_actions->increase, m_actions->decrease, m_actions->addRule})
        action->setEnabled(isRunning);
    m_actions->backToPlan->setEnabled(isRunning && m_actions->backToPlan->isEnabled());
    for (QAction *action : {m_actions->hold, m_actions->skipStage, m_actions->extendStage, m_actions->extendByOne,
                            m_actions->extendByFive})
        action->setEnabled(walksStages);
    for (QAction *action : {m_actions->changeRule, m_actions->switchOffRule})
        action->setEnabled(isRunning && m_rulePanel->hasChoice());
    m_actions->doAction->setEnabled(isRunning && m_actionPanel->chosen());
    m_actions->mix->setEnabled(isRunning);
    if (!isRunning)
        m_actions->mix->setChecked(false);
}

} // namespace Headroom
