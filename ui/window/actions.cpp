// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include "ui/theme/legibleicon.h"

#include <QIcon>
#include <QKeySequence>

namespace Headroom {

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    makeFileActions();
    makeRunActions();
    makeSteeringActions();
    makeProbeActions();
    makeViewActions();
}

QAction *Actions::make(const char *name, const QString &text, const QString &tip, const QKeySequence &shortcut,
                       const char *icon)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (*icon)
        action->setIcon(legibleIcon(QIcon::fromTheme(QLatin1String(icon))));
    action->setShortcut(shortcut);
    action->setStatusTip(tip);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys));
    return action;
}

void Actions::makeFileActions()
{
    newScenario =
        make("newScenario", tr("&New Scenario"), tr("Begins an empty scenario"), QKeySequence::New, "document-new");
    open = make("open", tr("&Open…"), tr("Opens a scenario or a session"), QKeySequence::Open, "document-open");
    clearRecent = make("clearRecent", tr("&Clear List"), tr("Forgets the recent files"), {}, "edit-clear-history");
    save = make("save", tr("&Save Scenario"), tr("Saves the scenario"), QKeySequence::Save, "document-save");
    saveAs = make("saveAs", tr("Save as Scen&ario…"), tr("Saves the scenario under another name"),
                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), "document-save-as");
    saveSession = make("saveSession", tr("Save S&ession as…"), tr("Keeps a copy of the session that is shown"),
                       QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S), "document-save-all");
    exportReport = make("exportReport", tr("E&xport Report…"), tr("Writes the report of the session as HTML or JSON"),
                        QKeySequence(Qt::CTRL | Qt::Key_E), "document-export");
    attachments = make("attachments", tr("A&ttachments…"), tr("Shows the files that lie in the session, to save them"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), "mail-attachment");
    close = make("close", tr("&Quit"), tr("Closes Headroom"), QKeySequence::Quit, "application-exit");
}

void Actions::makeRunActions()
{
    start = make("start", tr("&Start"), tr("Puts the scenario's load on its target"), QKeySequence(Qt::Key_F5),
                 "media-playback-start");
    findLimit = make("findLimit", tr("Find the &Limit…"), tr("Searches for the highest rate that the scenario's rules hold at"),
                     QKeySequence(Qt::CTRL | Qt::Key_F5), "go-up");
    runAgain = make("runAgain", tr("Run A&gain"),
                    tr("Runs the scenario of the session that is shown once more, with the same seed, profiles and changes"),
                    QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R), "view-refresh");
    runAgainWith = make("runAgainWith", tr("Run Again W&ith…"),
                        tr("The same against another target, or with another seed"),
                        QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_R), "view-refresh");
    stop = make("stop", tr("S&top"), tr("Starts nothing more and lets what is in flight finish"),
                QKeySequence(Qt::SHIFT | Qt::Key_F5), "media-playback-stop");
    cut = make("cut", tr("Stop &Now"), tr("Cuts what is in flight as well"),
               QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F5), "process-stop");
    pause = make("pause", tr("&Pause"), tr("Starts nothing until it goes on; the plan waits"),
                 QKeySequence(Qt::Key_F6), "media-playback-pause");
    pause->setCheckable(true);
    increase = make("increase", tr("&More Load"), tr("Raises rate or users by a step"), QKeySequence(Qt::Key_Plus),
                    "list-add");
    decrease = make("decrease", tr("&Less Load"), tr("Lowers rate or users by a step"), QKeySequence(Qt::Key_Minus),
                    "list-remove");
    backToPlan = make("backToPlan", tr("&Back to Plan"), tr("Ends the steering by hand"),
                      QKeySequence(Qt::CTRL | Qt::Key_B), "edit-undo");
    focusUrl = make("focusUrl", tr("&Type a URL"), tr("Goes to the URL bar"), QKeySequence(Qt::CTRL | Qt::Key_L), "link");
    chooseProfile = make("chooseProfile", tr("Choose P&rofiles"), tr("Goes to the profiles and the environment of the run"),
                         QKeySequence(Qt::CTRL | Qt::Key_P), "preferences-other");
    chooseProfile->setEnabled(false);
    firstRun = make("firstRun", tr("&First Run"),
                    tr("Loads the bundled scenario and runs it against the practice target"), {}, "run-build");
    playReplay = make("playReplay", tr("Play &Replay"), tr("Plays the session that is shown, or pauses it"),
                      QKeySequence(Qt::Key_F7), "media-seek-forward");
    secondBack = make("secondBack", tr("A Second Bac&k"), tr("Takes the replay a second back"),
                      QKeySequence(Qt::SHIFT | Qt::Key_F7), "media-seek-backward");
    secondForward = make("secondForward", tr("A Second For&ward"), tr("Takes the replay a second forward"),
                         QKeySequence(Qt::CTRL | Qt::Key_F7), "media-seek-forward");
    nextProblem = make("nextProblem", tr("&Next Problem"), tr("Goes to the next problem of the scenario"),
                       QKeySequence(Qt::Key_F8), "go-down");
    previousProblem =
        make("previousProblem", tr("Pre&vious Problem"), tr("Goes to the previous problem of the scenario"),
             QKeySequence(Qt::SHIFT | Qt::Key_F8), "go-up");
}

void Actions::makeSteeringActions()
{
    hold = make("hold", tr("H&old"), tr("Keeps the load as it is now; the plan waits"),
                QKeySequence(Qt::SHIFT | Qt::Key_F6), "media-playback-pause");
    hold->setCheckable(true);
    skipStage = make("skipStage", tr("&Next Stage"), tr("Begins the next stage now; after the last, the load ends"),
                     QKeySequence(Qt::CTRL | Qt::Key_F9), "media-skip-forward");
    extendStage = make("extendStage", tr("Stage +&30 s"), tr("Makes the stage that is on 30 seconds longer"),
                       QKeySequence(Qt::Key_F9), "list-add");
    extendByOne = make("extendByOne", tr("Stage +&1 min"), tr("Makes the stage that is on a minute longer"),
                       QKeySequence(Qt::SHIFT | Qt::Key_F9), "list-add");
    extendByFive = make("extendByFive", tr("Stage +&5 min"), tr("Makes the stage that is on five minutes longer"), {},
                        "list-add");
    mix = make("mix", tr("Mi&x and Think Time"), tr("Shows weights of the flows and think times, to set them by hand"),
               QKeySequence(Qt::CTRL | Qt::Key_M), "preferences-other");
    mix->setCheckable(true);
    addRule = make("addRule", tr("&Add Rule…"), tr("Judges the run by one more rule, from now on"),
                   QKeySequence(Qt::CTRL | Qt::Key_R), "list-add");
    changeRule = make("changeRule", tr("C&hange Rule…"), tr("Puts another rule in place of the chosen one, from now on"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), "document-edit");
    doAction = make("doAction", tr("&Do Action"), tr("Does the chosen action of the scenario now"),
                    QKeySequence(Qt::CTRL | Qt::Key_D), "system-run");
    doAction->setEnabled(false);
    captureProfile = make("captureProfile", tr("Capture Pro&file"),
                          tr("Records for 10 s where the target spends its time, with perf, and attaches that to the session"),
                          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), "office-chart-area");
    captureProfile->setEnabled(false);
    showProfile = make("showProfile", tr("Show Newest Fla&me Graph"),
                       tr("Shows the last profile of the run, also while it is on, or of the session"),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), "office-chart-area");
    showProfile->setEnabled(false);
    switchOffRule = make("switchOffRule", tr("Switch &Off Rule"), tr("Takes the chosen rules out of the verdict"), {},
                         "list-remove");
}

void Actions::makeProbeActions()
{
    addProbe = make("addProbe", tr("Add &Probe…"), tr("Puts a probe into the scenario: a process, an endpoint, a log or a server to watch"),
                    QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P), "list-add");
    watchProcess = make("watchProcess", tr("&Watch a Process…"), tr("Chooses a process of this machine and puts it into the scenario"),
                        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_W), "utilities-system-monitor");
    tryProbe = make("tryProbe", tr("&Try Probe"), tr("Looks once with the chosen probe, without a run"),
                    QKeySequence(Qt::CTRL | Qt::Key_T), "system-run");
    removeProbe = make("removeProbe", tr("Re&move Probe"), tr("Takes the chosen probe out of the scenario"), {}, "list-remove");
}

void Actions::makeViewActions()
{
    addSeries = make("addSeries", tr("Add &Series to a Chart…"), tr("Shows any series of the run on any chart, with an axis of its own where its unit differs"),
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), "");
    addBand = make("addBand", tr("&Band on a Series…"), tr("Shades the values between two bounds of a series"), {}, "");
    resetZoom = make("resetZoom", tr("&Reset Zoom"), tr("Shows the whole span in all charts again"),
                     QKeySequence(Qt::CTRL | Qt::Key_0), "zoom-original");
    logarithmic = make("logarithmic", tr("&Logarithmic Latency"), tr("Draws latencies on a logarithmic axis"),
                       QKeySequence(Qt::CTRL | Qt::Key_G), "");
    logarithmic->setCheckable(true);
    ghostFrom = make("ghostFrom", tr("&Ghost Lines From Session…"),
                     tr("Draws the lines of another session pale behind those that are shown"),
                     QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_G), "");
    noGhost = make("noGhost", tr("&No Ghost Lines"), tr("Takes the pale lines of the other session away"), {}, "");
    resetLayout =
        make("resetLayout", tr("Reset La&yout"), tr("Puts all parts of the window where they were at first"), {}, "");
    help = make("help", tr("&Contents"), tr("Opens the help"), QKeySequence::HelpContents, "help-contents");
    howWeMeasure = make("howWeMeasure", tr("How We &Measure"), tr("Says what each number means and when not to believe it"),
                        {}, "");
    about =
        make("about", tr("&About Headroom"), tr("Tells the version and what Headroom is built of"), {}, "help-about");
}

} // namespace Headroom
