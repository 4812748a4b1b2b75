// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/probedesk.h"

#include "core/report/mappingstable.h"
#include "core/scenario/probeedit.h"
#include "core/scenario/scenarioreader.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/probes/probedialog.h"
#include "ui/probes/probepanel.h"
#include "ui/probes/probetexts.h"
#include "ui/probes/probetreemodel.h"
#include "ui/probes/processpicker.h"
#include "ui/probes/trialbox.h"
#include "ui/run/eventtablemodel.h"
#include "ui/run/rundesk.h"
#include "ui/run/runpage.h"
#include "ui/run/runtexts.h"
#include "ui/sessions/sessionjobs.h"
#include "ui/window/profilebar.h"
#include "ui/window/scenariofile.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QtConcurrentRun>

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

/// What the run says of all probes together: what watching has cost.
QString costIn(const std::vector<RunEvent> &events)
{
    const auto isOfAll = [](const RunEvent &event) {
        return event.kind == QLatin1String("probe") && !event.text.startsWith(QLatin1String("probe "));
    };
    const auto reversed = events | std::views::reverse;
    const auto found = std::ranges::find_if(reversed, isOfAll);
    return found == reversed.end() ? QString() : found->text;
}

} // namespace

ProbeDesk::ProbeDesk(const Neighbours &neighbours, QWidget *window)
    : QObject(window)
    , m_at(neighbours)
    , m_window(window)
{
    connectPanel();
    connect(&m_at.runs, &RunDesk::started, this, &ProbeDesk::takeRun);
    connect(&m_at.editor, &ScenarioEditor::checked, this, &ProbeDesk::list);
    connect(&m_at.profiles, &ProfileBar::choiceChanged, this, &ProbeDesk::list);
    connect(&m_trial, &ProbeTrial::needsTrust, this, &ProbeDesk::ask);
    connect(&m_trial, &ProbeTrial::finished, this, &ProbeDesk::takeOutcome);
}

ProbeDesk::~ProbeDesk() = default;

void ProbeDesk::connectPanel()
{
    ProbeTreeModel &model = m_at.panel.model();
    connect(&m_at.panel, &ProbePanel::choiceChanged, this, &ProbeDesk::choiceChanged);
    connect(&m_at.panel, &ProbePanel::placeWanted, this, [this](int line) { m_at.editor.goTo({line, 1}); });
    connect(&m_at.panel.trial(), &TrialBox::cancelled, this, [this] {
        m_trial.cancel();
        m_at.panel.trial().clear();
    });
    connect(&m_at.page, &RunPage::chartsChanged, &model, [this, &model] {
        model.setRun(m_at.page.facts());
        if (m_at.runs.run())
            m_at.panel.showMappings(mappingsTables(m_looks));
    });
    connect(&m_at.page, &RunPage::rowsCleared, &model, &ProbeTreeModel::clearRows);
    connect(&m_at.page, &RunPage::rowsRead, &model, [this, &model](const std::vector<ReportModel::SeriesRow> &rows) {
        model.setEvents(m_at.page.events().events());
        m_at.panel.showCost(costIn(m_at.page.events().events()));
        model.addRows(rows);
    });
}

/// What is shown stays until the load begins.
void ProbeDesk::takeRun(Run *run)
{
    m_looks.clear();
    connect(run, &Run::attached, this, &ProbeDesk::takeFile);
}

void ProbeDesk::takeFile(const Attachment &file)
{
    if (file.mediaType != QLatin1String(MappingsLook::kMediaType))
        return;
    if (auto look = mappingsLookIn(file.bytes))
        m_looks.push_back(std::move(*look));
    if (m_at.runs.run() && m_at.runs.run()->facts())
        m_at.panel.showMappings(mappingsTables(m_looks));
}

void ProbeDesk::showSession(const QString &path, const std::vector<SessionReader::AttachmentEntry> &files)
{
    const int number = ++m_sessions;
    const auto isLook = [](const auto &file) { return file.mediaType == QLatin1String(MappingsLook::kMediaType); };
    if (std::ranges::none_of(files, isLook))
        return m_at.panel.showMappings({});
    readMappings(path).then(this, [this, number](const Result<std::vector<MappingsLook>> &looks) {
        if (number == m_sessions && !m_at.runs.run()) // what cannot be read was said when it was opened
            m_at.panel.showMappings(looks ? mappingsTables(*looks) : std::vector<MappingsTable>());
    });
}

/// Elsewhere: a scenario may be long.
void ProbeDesk::list()
{
    const int number = ++m_lists;
    const auto read = [text = m_at.editor.text(), choice = m_at.profiles.choice()] {
        return readScenario(text, {}, choice).scenario.probes;
    };
    QtConcurrent::run(read).then(this, [this, number](const std::vector<Scenario::Probe> &probes) {
        if (number == m_lists)
            m_at.panel.model().setProbes(probes);
    });
}

bool ProbeDesk::hasChoice() const { return m_at.panel.isChosenInScenario(); }

QString ProbeDesk::folder() const
{
    return m_at.file.path().isEmpty() ? QString() : QFileInfo(m_at.file.path()).absolutePath();
}

void ProbeDesk::add()
{
    auto *dialog = new ProbeDialog(m_at.editor.text(), m_at.profiles.choice(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProbeDialog::tryWanted, this,
            [this, dialog] { tryIt(dialog->textWithProbe(), dialog->name(), dialog->trial()); });
    connect(dialog, &ProbeDialog::metricsWanted, this,
            [this, dialog](const QString &url) { listMetrics(url, *dialog); });
    connect(&dialog->trial(), &TrialBox::cancelled, this, [this, dialog] {
        m_trial.cancel();
        dialog->trial().clear();
    });
    connect(dialog, &QDialog::finished, this, [this] { m_trial.cancel(); });
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        apply(dialog->edit(), tr("Probe %1 is in the scenario; undo takes it out again").arg(dialog->name()));
        m_at.panel.choose(dialog->firstProbe());
    });
    dialog->open();
}

void ProbeDesk::watchProcess()
{
    auto *picker =
        new ProcessPicker(readScenario(m_at.editor.text(), {}, m_at.profiles.choice()).scenario.probes, m_window);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &QDialog::accepted, this, [this, picker] {
        const QByteArray text = m_at.editor.text();
        const QString name = freeProbeName(text, picker->processName());
        const auto edit = editToAddProbe(text, name, addressYaml(picker->address()));
        if (!edit) {
            Q_EMIT failed(edit.error());
            return;
        }
        apply(*edit,
              tr("Probe %1 watches %2 from the next run on; undo takes it out again")
                  .arg(name, addressText(picker->address())));
        m_at.panel.choose(name);
    });
    picker->open();
}

void ProbeDesk::removeChosen()
{
    const QString name = m_at.panel.chosen();
    const auto edit = editToRemoveProbe(m_at.editor.text(), name);
    if (!edit) {
        Q_EMIT failed(edit.error());
        return;
    }
    apply(*edit, tr("Probe %1 is out of the scenario; undo brings it back").arg(name));
}

void ProbeDesk::apply(const ScenarioEdit &edit, const QString &sentence)
{
    m_at.editor.edit(edit);
    Q_EMIT edited();
    m_at.editor.goTo({edit.range.start.line + (edit.text.startsWith(u'\n') ? 1 : 0), 1});
    Q_EMIT said(sentence);
}

void ProbeDesk::tryChosen() { tryIt(m_at.editor.text(), m_at.panel.chosen(), m_at.panel.trial()); }

void ProbeDesk::tryIt(const QByteArray &text, const QString &name, TrialBox &box)
{
    ProbeTrialRequest request;
    request.scenarioText = text;
    request.probe = name;
    begin(std::move(request), name, box);
}

void ProbeDesk::listMetrics(const QString &url, ProbeDialog &dialog)
{
    if (url.isEmpty())
        return dialog.trial().showSentence(tr("metrics"), tr("type the URL first"));
    ProbeTrialRequest request;
    request.scenarioText = m_at.editor.text();
    request.metricsOf = url;
    begin(std::move(request), url, dialog.trial());
    m_dialog = &dialog;
}

void ProbeDesk::begin(ProbeTrialRequest request, const QString &name, TrialBox &box)
{
    if (m_box && m_box != &box)
        m_box->clear();
    request.choice = m_at.profiles.choice();
    request.folder = folder();
    if (m_at.runs.run() && m_at.runs.run()->facts())
        request.runningTarget = QUrl(m_at.runs.run()->facts()->target);
    m_box = &box;
    m_dialog = nullptr;
    m_name = name;
    box.showTrying(name);
    m_trial.start(request);
}

/// As before a run: who may be asked, and what may be started.
void ProbeDesk::ask(ProbeTrialNeeds needs)
{
    needs.hosts.removeIf(
        [this](const QString &host) { return m_at.settings.allowedHosts().contains(host, Qt::CaseInsensitive); });
    needs.commands.removeIf(
        [this](const QString &command) { return m_at.settings.isCommandAllowed(m_at.file.path(), command); });
    if (needs.isEmpty())
        return m_trial.proceed();
    QString shown =
        needs.hosts.isEmpty() ? QString() : tr("Ask %1?").arg(foreignText(needs.hosts.join(QStringLiteral(", "))));
    if (!needs.commands.isEmpty())
        shown +=
            (shown.isEmpty() ? QString() : QStringLiteral("\n")) + tr("Run what the scenario says, on this machine?");
    for (const QString &command : std::as_const(needs.commands))
        shown += QLatin1Char('\n') + foreignLines(command);
    QWidget *parent = m_box ? m_box->window() : m_window;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Headroom"), shown, QMessageBox::Cancel, parent);
    box->setObjectName(QStringLiteral("trialQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("Allow it only when you know where the scenario comes from. The answer is remembered."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *allow = box->addButton(tr("&Allow and Try"), QMessageBox::AcceptRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, box, allow, needs](QAbstractButton *button) {
        if (button != allow) {
            m_trial.cancel();
            if (m_box)
                m_box->clear();
            return;
        }
        m_at.settings.allowHosts(needs.hosts);
        m_at.settings.allowCommands(m_at.file.path(), needs.commands);
        m_trial.proceed();
    });
    box->open();
}

void ProbeDesk::takeOutcome(const ProbeTrialOutcome &outcome)
{
    if (!m_box)
        return;
    if (m_dialog && !outcome.metrics.empty()) {
        m_box->showSentence(m_name, tr("%n metric(s)", nullptr, int(outcome.metrics.size())));
        m_dialog->showMetrics(outcome.metrics);
        return;
    }
    m_box->showOutcome(m_name, outcome);
}

} // namespace Headroom
