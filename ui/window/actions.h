// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>

namespace Headroom {

/// Every order that a user can give, once: menus, tool bars and shortcuts are made from these.
/// Thread: main. Owns: the actions. What they do is connected by whoever does it.
class Actions : public QObject
{
    Q_OBJECT
public:
    explicit Actions(QObject *parent = nullptr);

    // File
    QAction *newScenario = nullptr;
    QAction *open = nullptr;
    QAction *clearRecent = nullptr;
    QAction *save = nullptr;
    QAction *saveAs = nullptr;
    QAction *saveSession = nullptr;
    QAction *exportReport = nullptr;
    QAction *attachments = nullptr;
    QAction *close = nullptr;
    // Run
    QAction *start = nullptr;
    QAction *findLimit = nullptr;
    QAction *runAgain = nullptr; ///< What is shown.
    QAction *runAgainWith = nullptr; ///< Asks for target and seed first.
    QAction *stop = nullptr;
    QAction *cut = nullptr;
    QAction *pause = nullptr; ///< Checkable: paused.
    QAction *hold = nullptr; ///< Checkable: held.
    QAction *skipStage = nullptr;
    QAction *extendStage = nullptr; ///< By 30 s.
    QAction *extendByOne = nullptr; ///< Minute.
    QAction *extendByFive = nullptr;
    QAction *mix = nullptr; ///< Checkable: mix and think time are shown.
    QAction *addRule = nullptr;
    QAction *changeRule = nullptr;
    QAction *switchOffRule = nullptr;
    QAction *doAction = nullptr; ///< The chosen one of the scenario's actions by hand.
    QAction *captureProfile = nullptr; ///< Of the target, while a run is on.
    QAction *showProfile = nullptr; ///< The newest, of what is shown.
    QList<QAction *> extendMore() const { return {extendByOne, extendByFive}; }
    QAction *increase = nullptr;
    QAction *decrease = nullptr;
    QAction *backToPlan = nullptr;
    QAction *focusUrl = nullptr;
    QAction *firstRun = nullptr;
    QAction *chooseProfile = nullptr; ///< Enabled while the scenario has some.
    // Probes
    QAction *addProbe = nullptr;
    QAction *watchProcess = nullptr;
    QAction *tryProbe = nullptr; ///< The chosen one.
    QAction *removeProbe = nullptr; ///< The same.
    QList<QAction *> ofProbes() const { return {addProbe, watchProcess, tryProbe, removeProbe}; }
    // Replay
    QAction *playReplay = nullptr;
    QAction *secondBack = nullptr;
    QAction *secondForward = nullptr;
    // Problems
    QAction *nextProblem = nullptr;
    QAction *previousProblem = nullptr;
    // View
    QAction *resetZoom = nullptr;
    QAction *logarithmic = nullptr; ///< Checkable.
    QAction *ghostFrom = nullptr; ///< Lays the lines of another session behind those that are shown.
    QAction *noGhost = nullptr;
    QAction *addSeries = nullptr; ///< To a chart.
    QAction *addBand = nullptr;
    QAction *resetLayout = nullptr;
    // Help
    QAction *help = nullptr;
    QAction *howWeMeasure = nullptr;
    QAction *about = nullptr;

private:
    QAction *make(const char *name, const QString &text, const QString &tip, const QKeySequence &shortcut,
                  const char *icon);
    void makeFileActions();
    void makeRunActions();
    void makeSteeringActions();
    void makeProbeActions();
    void makeViewActions();
};

} // namespace Headroom
