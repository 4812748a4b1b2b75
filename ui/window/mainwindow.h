// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/run/rundesk.h"
#include "ui/settings/settings.h"
#include "ui/window/runfiles.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;
class QToolBar;

namespace Headroom {

class ActionPanel;
class Actions;
class AttachmentDialog;
class GhostDesk;
class HelpWindow;
class ProbeDesk;
class ProbePanel;
class ProfileBar;
class RulePanel;
class RunPage;
class ScenarioEditor;
class ScenarioFile;
class SessionDesk;
class SessionReplayer;
struct SessionHead;
class StartPanel;
class StatusLine;
class UrlBar;

/// The workbench: URL bar, the run's page in the middle, scenario and tables as docks around it.
/// Thread: main. The settings must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(Settings &settings, RunDesk::Setup setup);
    ~MainWindow() override;

    void openFile(const QString &path); ///< A scenario or a session, as its content says.
    void startFirstRun(); ///< The bundled scenario against the practice target.

    Actions &actions() const { return *m_actions; }
    RunPage &page() const { return *m_page; }
    RulePanel &rulePanel() const { return *m_rulePanel; }
    ActionPanel &actionPanel() const { return *m_actionPanel; }
    ScenarioEditor &editor() const { return *m_editor; }
    ScenarioFile &scenario() const { return *m_scenario; }
    SessionDesk &sessions() const { return *m_sessions; }
    GhostDesk &ghosts() const { return *m_ghosts; }
    RunDesk &runs() const { return *m_runs; }
    UrlBar &urlBar() const { return *m_urlBar; }
    ProfileBar &profiles() const { return *m_profiles; }
    ProbePanel &probePanel() const { return *m_probePanel; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct WantedRun ///< What was to be started, for when a question about it has been answered.
    {
        RunRequest request{};
        QString path{}; ///< Of the scenario's file; empty while it has none.
        QString folder{}; ///< Of its own files; empty: that of the file.
        QString earlier{}; ///< Session of the run that is run again; empty: the scenario of the editor is run.
    };
    // Building
    void makeDocks();
    void makeToolBars();
    void addProfileBar(QToolBar *bar);
    void makeMenus();
    void fillRecentMenu();
    void fillChartMenu();
    QDockWidget *addDock(const char *name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    // Wiring
    void connectFiles();
    void connectRun();
    void connectSteering();
    void connectSession();
    void connectView();
    void connectProfiles();
    void connectAgain();
    void connectProfiling();
    void connectProbes();
    void connectChoices();
    // What happens
    void lookForProfiles();
    void start();
    void startChanged(const LoadChange &change);
    void findLimit();
    void startText(const QByteArray &scenario);
    void startWanted();
    void startWantedAnew();
    bool isOfEditor(const WantedRun &wanted) const;
    void runAgain();
    void askAndRunAgain();
    void startAgain(const std::optional<QUrl> &target, std::optional<std::uint64_t> seed);
    QString scenarioPathOf(const SessionHead &head, const QString &session) const;
    void showAttachments();
    void writeDirect();
    void showProblems(const Diagnostics &problems);
    void tellProblemsOfSession(const Diagnostics &problems);
    void askForHosts(const QStringList &hosts);
    void askForCommands(const QStringList &commands);
    void askForSecrets(const std::vector<MissingSecret> &missing);
    void keepSecrets(const std::vector<MissingSecret> &missing, const SecretValues &values);
    void takeRun(Run *run);
    void takeSteering(Run *run);
    void takeProfiling(Run *run);
    void updateProfiling();
    void takeFile(const Attachment &file);
    const std::vector<SessionReader::AttachmentEntry> &shownFiles() const;
    void showNewestFlame();
    void showFlame(std::size_t index, const QString &name);
    void saveFlame(const QByteArray &svg, const QString &name);
    void fillDashboardMenu();
    void showSteered(const SteeredLoad &load);
    void updateSteering();
    void takeEnd(const QString &sessionPath, const std::optional<Error> &error);
    void takeBusy(bool isBusy);
    void takeReplay(SessionReplayer *replayer);
    void tell(const Error &error);
    void updateTitle();
    void updateActions();
    void applyTheme();
    void restoreLayout();
    void saveChart(const QString &id);
    void showHelp(const QString &page);
    void tellAbout();

    Settings &m_settings;
    Actions *m_actions;
    RunDesk *m_runs;
    SessionDesk *m_sessions;
    ScenarioEditor *m_editor;
    ScenarioFile *m_scenario;
    RunPage *m_page;
    GhostDesk *m_ghosts;
    RulePanel *m_rulePanel = nullptr;
    ActionPanel *m_actionPanel = nullptr;
    ProbePanel *m_probePanel = nullptr;
    ProbeDesk *m_probes = nullptr;
    StartPanel *m_start;
    HelpWindow *m_help = nullptr; // made when it is first wanted
    QStackedWidget *m_center;
    UrlBar *m_urlBar;
    ProfileBar *m_profiles;
    QByteArray m_profilesText; // that their offer is of
    StatusLine *m_statusLine;
    QMenu *m_recentMenu = nullptr;
    QMenu *m_panelsMenu = nullptr;
    QMenu *m_pictureMenu = nullptr;
    QMenu *m_dashboardMenu = nullptr;
    qint64 m_runStartedMs = 0; // of the run that is on; ms since 1970
    RunFiles m_runFiles; // of the same, or of the last as long as its session is not shown
    QPointer<AttachmentDialog> m_runFilesDialog; // that lists these
    QList<QDockWidget *> m_docks;
    QByteArray m_firstLayout;
    WantedRun m_wanted;
    QString m_ended; // session of the run that has just ended, until it is shown
    bool m_isClosing = false; // as soon as the run has ended
};

} // namespace Headroom
