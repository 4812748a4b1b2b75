// SPDX-License-Identifier: GPL-3.0-or-later
// The profiles and the environment that are chosen in the main window: what there is to choose, what is remembered.
#include "ui/editor/scenarioeditor.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/profilebar.h"
#include "ui/window/scenariofile.h"

#include <QToolBar>
#include <QtConcurrentRun>

namespace Headroom {

void MainWindow::addProfileBar(QToolBar *bar)
{
    QAction *separator = bar->addSeparator();
    QAction *place = bar->addWidget(m_profiles);
    const auto show = [this, separator, place](bool isEmpty) {
        separator->setVisible(!isEmpty);
        place->setVisible(!isEmpty);
        m_actions->chooseProfile->setEnabled(!isEmpty);
    };
    show(true);
    connect(m_profiles, &ProfileBar::offerChanged, this, show);
}

void MainWindow::connectProfiles()
{
    connect(m_actions->chooseProfile, &QAction::triggered, m_profiles, &ProfileBar::focusFirst);
    connect(m_editor, &ScenarioEditor::checked, this, &MainWindow::lookForProfiles);
    connect(m_scenario, &ScenarioFile::nameChanged, this, [this] {
        if (m_editor->text() != m_profilesText) // else it was only saved
            m_profiles->setWanted(m_settings.profileChoice(m_scenario->path()));
    });
    connect(m_profiles, &ProfileBar::chosen, this,
            [this] { m_settings.setProfileChoice(m_scenario->path(), m_profiles->choice()); });
    connect(m_profiles, &ProfileBar::choiceChanged, this, [this] { m_editor->setChoice(m_profiles->choice()); });
}

/// Elsewhere: a scenario may be long.
void MainWindow::lookForProfiles()
{
    const QByteArray text = m_editor->text();
    if (text == m_profilesText)
        return;
    m_profilesText = text;
    QtConcurrent::run(readProfileOffer, text).then(this, [this, text](const ProfileOffer &offer) {
        if (text == m_profilesText)
            m_profiles->setOffer(offer);
    });
}

} // namespace Headroom
