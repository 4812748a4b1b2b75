// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/probetrial.h"
#include "core/metrics/memorymappings.h"
#include "core/scenario/scenarioedit.h"
#include "core/session/sessionreader.h"
#include "ui/settings/settings.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace Headroom {

class ProbeDialog;
class ProbePanel;
class ProfileBar;
class Run;
class RunDesk;
class RunPage;
class ScenarioEditor;
class ScenarioFile;
class TrialBox;

/// What is done with probes in the window: listed as the scenario's text has them, shown with the values of the run,
/// tried, added to the text and taken out of it. The text is the truth: nothing else is changed.
/// Thread: main.
class ProbeDesk : public QObject
{
    Q_OBJECT
public:
    struct Neighbours ///< All of them outlive the desk.
    {
        Settings &settings;
        ScenarioEditor &editor;
        ScenarioFile &file;
        ProfileBar &profiles;
        RunPage &page;
        RunDesk &runs;
        ProbePanel &panel;
    };
    ProbeDesk(const Neighbours &neighbours, QWidget *window); ///< Dialogs belong to the window.
    ~ProbeDesk() override;

    void add(); ///< Asks for kind and fields.
    void watchProcess(); ///< Asks for a process alone.
    void tryChosen();
    void removeChosen();
    /// The session that is shown: what held the memory of what its run watched.
    void showSession(const QString &path, const std::vector<SessionReader::AttachmentEntry> &files);
    bool hasChoice() const; ///< A probe of the scenario is chosen.

Q_SIGNALS:
    void choiceChanged();
    void said(const QString &sentence);
    void failed(const Headroom::Error &error);
    void edited(); ///< The scenario's text.

private:
    void connectPanel();
    void takeRun(Run *run);
    void takeFile(const Attachment &file);
    void list();
    void apply(const ScenarioEdit &edit, const QString &sentence);
    void tryIt(const QByteArray &text, const QString &name, TrialBox &box);
    void listMetrics(const QString &url, ProbeDialog &dialog);
    void begin(ProbeTrialRequest request, const QString &name, TrialBox &box);
    void ask(ProbeTrialNeeds needs);
    void takeOutcome(const ProbeTrialOutcome &outcome);
    QString folder() const;

    Neighbours m_at;
    QWidget *m_window;
    ProbeTrial m_trial;
    QPointer<TrialBox> m_box; // that shows the trial
    QPointer<ProbeDialog> m_dialog; // that waits for metrics
    QString m_name; // of what is tried
    QByteArray m_listed; // the text that the list is of
    int m_lists = 0;
    std::vector<MappingsLook> m_looks; // of the run that is on
    int m_sessions = 0; // that were shown
};

} // namespace Headroom
