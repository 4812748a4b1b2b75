// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runpage.h"

#include "core/metrics/plannedload.h"
#include "core/report/origintext.h"
#include "core/rules/ruleparser.h"
#include "ui/charts/chartboard.h"
#include "ui/charts/runcharts.h"
#include "ui/run/actiontablemodel.h"
#include "ui/run/eventtablemodel.h"
#include "ui/run/failuretablemodel.h"
#include "ui/run/flowtablemodel.h"
#include "ui/run/kpistrip.h"
#include "ui/run/loaddial.h"
#include "ui/run/replaybar.h"
#include "ui/run/ruletablemodel.h"
#include "ui/run/runtexts.h"
#include "ui/run/slowtablemodel.h"
#include "ui/run/steerbar.h"
#include "ui/run/steerpanel.h"
#include "ui/run/steptablemodel.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace Headroom {

namespace {

/// Whether a hand has changed the rules and everything else is the same.
bool areButForTheRules(const RunFacts &a, RunFacts b)
{
    b.rules = a.rules;
    return a == b;
}

std::vector<Rule> readableRules(const QStringList &texts)
{
    std::vector<Rule> rules;
    for (const QString &text : texts) {
        if (const auto rule = parseRule(text))
            rules.push_back(*rule);
    }
    return rules;
}

} // namespace

RunPage::RunPage(QWidget *parent)
    : QWidget(parent)
    , m_stamp(new QLabel(this))
    , m_strip(new KpiStrip(this))
    , m_dial(new LoadDial(this))
    , m_steerBar(new SteerBar(this))
    , m_steerPanel(new SteerPanel(this))
    , m_replayBar(new ReplayBar(this))
    , m_charts(new ChartBoard(this))
    , m_steps(new StepTableModel(this))
    , m_flows(new FlowTableModel(this))
    , m_failures(new FailureTableModel(this))
    , m_slowest(new SlowTableModel(this))
    , m_rules(new RuleTableModel(this))
    , m_actionTable(new ActionTableModel(this))
    , m_events(new EventTableModel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stamp);
    layout->addWidget(m_strip);
    layout->addWidget(m_dial);
    layout->addWidget(m_steerBar);
    layout->addWidget(m_steerPanel);
    layout->addWidget(m_replayBar);
    layout->addWidget(m_charts, 1);
    m_stamp->setObjectName(QStringLiteral("stamp"));
    m_stamp->setTextFormat(Qt::PlainText);
    m_stamp->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_stamp->setWordWrap(true); // else many changes would make the window wider than its screen
    m_stamp->setMargin(4);
    m_stamp->hide();
    m_dial->setRun(nullptr);
    m_steerPanel->hide();
    m_replayBar->setReplayer(nullptr);
    m_charts->installEventFilter(this);
}

RunPage::~RunPage() = default;

void RunPage::showRun(Run *run, const QString &changes)
{
    letGo(); // what was shown stays until the load begins
    m_changes = changes;
    m_origins.clear();
    m_charts->setAccessibleDescription(tr("Left and right move the cursor, Ctrl with plus and minus zooms, Home shows all"));
    m_isAwaitingFacts = true;
    show(*run);
    watchSteering(run);
}

void RunPage::showReplay(SessionReplayer *replayer)
{
    letGo();
    clear();
    show(*replayer);
    m_changes = changesText(replayer->head().overrides);
    m_origins = originTexts(replayer->head());
    learnFacts(replayer->facts());
    m_dial->setRun(nullptr);
    m_dial->hide();
    m_steerBar->hide();
    m_steerPanel->hide();
    m_replayBar->setReplayer(replayer);
    m_charts->setAccessibleDescription(
        tr("Space plays and pauses, left and right move the replay by a second, Home and End to its ends, plus and minus "
           "change its speed; with Ctrl, left and right move the cursor and plus and minus zoom"));
    m_strip->setState(RunState::Finished);
    replayer->deliverAgain();
}

void RunPage::show(MetricsSource &source)
{
    m_source = &source;
    m_viewer = std::make_unique<RunViewer>(source);
    connect(m_viewer.get(), &RunViewer::viewReady, this, &RunPage::takeView);
    connect(m_viewer.get(), &RunViewer::restarted, this, &RunPage::restart);
    connect(&source, &MetricsSource::eventHappened, this, &RunPage::addEvent);
    connect(&source, &MetricsSource::rewound, this,
            [this](const std::vector<FramePtr> &, const std::vector<RunEvent> &events) {
                m_events->setEvents(events); // their marks come with the rows, in restart()
            });
}

void RunPage::letGo()
{
    if (m_source)
        m_source->disconnect(this);
    m_source = nullptr;
    m_isAwaitingFacts = false;
    m_early.clear();
    m_viewer.reset();
    m_replayBar->setReplayer(nullptr);
    m_dial->setSteerable(false);
    m_steerPanel->setSteerable(false);
    m_steerBar->clear();
}

void RunPage::clear()
{
    m_facts = nullptr;
    m_view = nullptr;
    m_stamp->hide();
    m_strip->setView(nullptr);
    m_steps->setView(nullptr);
    m_flows->setView(nullptr);
    m_failures->setView(nullptr);
    m_slowest->setView(nullptr);
    m_rules->setView(nullptr);
    m_actionTable->setView(nullptr);
    m_events->setEvents({});
    m_charts->clearRows();
}

void RunPage::learnFacts(const RunFactsPtr &facts)
{
    if (!facts || m_facts == facts)
        return;
    const RunFactsPtr before = std::exchange(m_facts, facts);
    showStamp();
    const RunCharts charts = chartsOf(*facts, readableRules(facts->rules));
    if (before && m_view && areButForTheRules(*before, *facts))
        return m_charts->setBounds(charts.charts);
    m_charts->setCharts(charts.charts, charts.columns, charts.others);
    for (const RunEvent &event : m_events->events()) { // those from before the first frame
        if (const auto mark = markOf(event))
            m_charts->addMark(*mark);
    }
    Q_EMIT chartsChanged();
}

void RunPage::showStamp()
{
    QStringList lines;
    if (!m_facts->profiles.isEmpty())
        lines << tr("Run with %1").arg(foreignText(m_facts->profiles.join(QLatin1String(", "))));
    if (!m_changes.isEmpty())
        lines << tr("The scenario's text was changed by options: %1").arg(foreignText(m_changes));
    if (!m_origins.isEmpty())
        lines << tr("Session: %1").arg(foreignText(m_origins.join(QLatin1String("; "))));
    m_stamp->setText(lines.join(QLatin1Char('\n')));
    m_stamp->setVisible(!lines.isEmpty());
}

void RunPage::watchSteering(Run *run)
{
    m_dial->show();
    m_steerBar->show();
    m_steered = {};
    connect(run, &Run::stateChanged, m_dial, [this, run](RunState state) {
        if (run->facts() && m_isAwaitingFacts) {
            m_isAwaitingFacts = false;
            clear();
            learnFacts(run->facts());
            for (const RunEvent &event : std::exchange(m_early, {}))
                addEvent(event);
        }
        m_strip->setState(state);
        if (state == RunState::Running) {
            m_dial->setRun(run->facts());
            m_steerPanel->setRun(run->facts());
            m_steerBar->setPlace(run->facts(), m_steered, 0.0);
        }
        m_dial->setSteerable(state == RunState::Running);
        m_steerPanel->setSteerable(state == RunState::Running);
    });
    connect(run, &Run::loadSteered, this, [this](const SteeredLoad &load) { m_steered = load; });
    connect(run, &Run::loadSteered, m_steerPanel, &SteerPanel::setSteered);
    connect(m_steerPanel, &SteerPanel::mixWanted, run, [run](const std::vector<double> &mix) { run->setMix(mix); });
    connect(m_steerPanel, &SteerPanel::thinkFactorWanted, run, [run](double factor) { run->setThinkFactor(factor); });
    connect(m_steerPanel, &SteerPanel::backToPlanWanted, run, [run] { run->backToPlan(); });
    connect(run, &Run::loadSteered, m_dial, &LoadDial::setSteered);
    connect(m_dial, &LoadDial::rateWanted, run, [run](Rate rate) { run->setRate(rate); });
    connect(m_dial, &LoadDial::usersWanted, run, [run](int users) { run->setUsers(users); });
    connect(m_dial, &LoadDial::backToPlanWanted, run, [run] { run->backToPlan(); });
}

void RunPage::takeView(const RunViewPtr &view, const std::vector<ReportModel::SeriesRow> &rows)
{
    learnFacts(view->facts);
    m_view = view;
    m_strip->setView(view);
    m_steps->setView(view);
    m_flows->setView(view);
    m_failures->setView(view);
    m_slowest->setView(view);
    m_rules->setView(view);
    m_actionTable->setView(view);
    for (const ReportModel::SeriesRow &row : rows)
        m_charts->append(row.second, chartValues(row, *view->facts));
    const auto now = Nanoseconds(std::int64_t(view->lengthSeconds * 1e9));
    m_dial->setPlanned(plannedLoadBefore(*view->facts, m_steered.time.at(now) + 1ns));
    if (m_source && m_steerBar->isVisibleTo(this))
        m_steerBar->setPlace(view->facts, m_steered, view->lengthSeconds);
    Q_EMIT rowsRead(rows);
    Q_EMIT viewChanged(view);
}

void RunPage::addEvent(const RunEvent &event)
{
    if (m_isAwaitingFacts)
        return m_early.push_back(event);
    m_events->add(event);
    if (const auto mark = m_facts ? markOf(event) : std::nullopt)
        m_charts->addMark(*mark);
}

void RunPage::restart()
{
    m_charts->clearRows();
    Q_EMIT rowsCleared();
    for (const RunEvent &event : m_events->events()) {
        if (const auto mark = markOf(event))
            m_charts->addMark(*mark);
    }
}

bool RunPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = watched == m_charts && event->type() == QEvent::KeyPress;
    if (isKey && m_replayBar->takeKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

void RunPage::setTheme(const Theme &theme)
{
    m_strip->setTheme(theme);
    m_charts->setTheme(theme);
}

} // namespace Headroom
