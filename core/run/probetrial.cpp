// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/probetrial.h"

#include "core/base/humanformat.h"
#include "core/base/steadyclock.h"
#include "core/probes/probefactory.h"
#include "core/probes/promcatalog.h"
#include "core/run/commandline.h"
#include "core/run/foreignhosts.h"
#include "core/run/neededtrust.h"
#include "core/run/secretfilling.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr Nanoseconds kBetweenLooks = 1s;

/// A probe with all that it takes to read it.
struct Prepared
{
    std::vector<Scenario::Probe> probes{};
    QUrl target{};
    ConnectionOptions connections{};
    QString folder{};
    RedactorPtr redactor{};
    QString problem{}; ///< Empty: it can be read.
};

/// Those of a name, or all tiers under it.
std::vector<Scenario::Probe> probesNamed(const std::vector<Scenario::Probe> &all, const QString &name)
{
    std::vector<Scenario::Probe> chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Scenario::Probe &one) { return one.name == name; });
    if (chosen.empty())
        std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Scenario::Probe &one) {
            return one.kind == Scenario::Probe::Kind::Health && one.name.startsWith(name + u'_');
        });
    return chosen;
}

/// What is wrong with a probe as it is written.
QString problemOf(const Scenario::Probe &probe, const Diagnostics &problems)
{
    const auto concerns = [&probe](const Diagnostic &one) {
        return one.severity == Diagnostic::Severity::Error && one.range.start >= probe.range.start
            && one.range.start <= probe.range.end;
    };
    const auto found = std::ranges::find_if(problems, concerns);
    return found == problems.end() ? QString() : found->message;
}

bool hasSecret(const Scenario::Probe &probe) { return !probe.password.pieces().empty(); }

bool isOnTarget(const QString &url) { return !url.isEmpty() && QUrl(url).isRelative() && !url.contains(QLatin1String("://")); }

/// Target and connections as a run would have them, as far as the scenario can be read so far.
void takeSurroundings(const ProbeTrialRequest &request, const Scenario &read, Prepared &made)
{
    made.target = read.target.url;
    auto prepared = prepare(request.scenarioText, {}, {}, 1, request.folder, request.choice);
    if (!prepared) // something else in it has errors: no reason not to look
        return;
    const bool needsSecrets = std::ranges::any_of(made.probes, hasSecret);
    if (needsSecrets) {
        const auto found = findAllSecrets(prepared->scenario.secrets, standardSecretPlaces(request.folder));
        const auto taken = found ? takeSecrets(*prepared, found->values, 1) : std::unexpected(found.error());
        if (!taken)
            made.problem = taken.error().text();
        else
            made.probes = probesNamed(prepared->scenario.probes, request.probe);
        made.redactor = prepared->redactor;
    }
    made.target = prepared->plan->target;
    made.connections = prepared->plan->connections;
}

/// A target that the run starts is there only as long as a run is on.
void takeRunningTarget(const ProbeTrialRequest &request, const Scenario &read, Prepared &made)
{
    if (request.runningTarget)
        made.target = *request.runningTarget;
    const bool isAway = read.target.practice && !request.runningTarget;
    for (Scenario::Probe &probe : made.probes) {
        const bool isHttp = probe.kind == Scenario::Probe::Kind::Json || probe.kind == Scenario::Probe::Kind::Prometheus
            || probe.kind == Scenario::Probe::Kind::Health;
        const bool asksTarget = isHttp && isOnTarget(probe.url);
        if ((asksTarget && isAway) || (probe.isPractice && (!request.runningTarget || made.target.port() <= 0)))
            made.problem = QStringLiteral("the run starts what it looks at; try it again while a run is on");
        if (std::exchange(probe.isPractice, false))
            probe.port = made.target.port();
    }
}

QUrl metricsUrl(const Prepared &made) { return made.target.resolved(QUrl(made.probes.front().url, QUrl::StrictMode)); }

QString problemOfMetricsUrl(const Prepared &made)
{
    const QUrl url = metricsUrl(made);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (url.isValid() && isHttp && !url.host().isEmpty())
        return {};
    return QStringLiteral("%1 is not a URL; write http://host/path, or /path on the target")
        .arg(formatQuoted(made.probes.front().url));
}

Prepared prepareTrial(const ProbeTrialRequest &request)
{
    const ScenarioReading reading = readScenario(request.scenarioText, {}, request.choice);
    Prepared made{.folder = request.folder};
    if (!request.metricsOf.isEmpty()) {
        Scenario::Probe probe;
        probe.kind = Scenario::Probe::Kind::Prometheus;
        probe.url = request.metricsOf;
        made.probes = {probe};
    } else {
        made.probes = probesNamed(reading.scenario.probes, request.probe);
    }
    if (made.probes.empty()) {
        const auto error = std::ranges::find(reading.diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
        made.problem = error == reading.diagnostics.end()
            ? QStringLiteral("the scenario has no probe %1").arg(formatQuoted(request.probe))
            : QStringLiteral("line %1: %2").arg(error->range.start.line).arg(error->message);
        return made;
    }
    if (request.metricsOf.isEmpty())
        made.problem = problemOf(made.probes.front(), reading.diagnostics);
    if (made.problem.isEmpty())
        takeSurroundings(request, reading.scenario, made);
    if (made.problem.isEmpty())
        takeRunningTarget(request, reading.scenario, made);
    if (made.problem.isEmpty() && !request.metricsOf.isEmpty())
        made.problem = problemOfMetricsUrl(made);
    return made;
}

ProbeTrialNeeds needsOf(const Prepared &made)
{
    Scenario scenario;
    scenario.target.folder = made.folder;
    scenario.probes = made.probes;
    Plan plan;
    plan.target = made.target;
    plan.connections = made.connections;
    return {foreignHosts(plan, scenario), neededCommands(scenario)};
}

} // namespace

bool ProbeTrialOutcome::hasFailed() const
{
    return metrics.empty() && std::ranges::none_of(values, [](const auto &value) { return value.has_value(); });
}

/// Lives in the thread of the trial.
class ProbeTrial::Worker : public ThreadDoor
{
public:
    Worker() = default;

    void prepare(ProbeTrial *owner, int trial, const ProbeTrialRequest &request)
    {
        stop();
        m_owner = owner;
        m_trial = trial;
        m_listsMetrics = !request.metricsOf.isEmpty();
        m_made = prepareTrial(request);
        if (!m_made.problem.isEmpty())
            return finish({m_made.problem});
        const ProbeTrialNeeds needs = needsOf(m_made);
        if (needs.isEmpty())
            return read();
        beforeHandOver();
        QMetaObject::invokeMethod(owner, [owner, trial, needs] { owner->takeNeeds(trial, needs); }, Qt::QueuedConnection);
    }

    void read()
    {
        // Queued: an alarm must not be destroyed from within its own ring.
        m_limit = m_clock.makeAlarm([this] { QMetaObject::invokeMethod(this, [this] { giveUp(); }, Qt::QueuedConnection); });
        m_limit->setFor(m_clock.now() + kLongest);
        m_again = m_clock.makeAlarm([this] { look(); });
        m_looks = 0;
        m_listsMetrics ? listMetrics() : makeProbe();
    }

    void stop()
    {
        m_limit.reset();
        m_again.reset();
        if (m_probes)
            m_probes->stop();
        m_probes.reset();
        m_catalog.reset();
        m_sentences.clear();
    }

private:
    void listMetrics()
    {
        m_catalog = std::make_unique<PromCatalog>(metricsUrl(m_made), TargetRoute(m_made.target, m_made.connections), m_clock);
        connect(m_catalog.get(), &Probe::failed, this, [this](const QString &sentence) { m_sentences << sentence; });
        connect(m_catalog.get(), &Probe::valuesRead, this, [this] { finish(m_sentences); }, Qt::QueuedConnection);
        m_catalog->read();
    }

    void makeProbe()
    {
        const auto find = [folder = m_made.folder](const QString &text) {
            return findCommand(text, folder).transform(
                [](const CommandLine &command) { return QStringList{command.program} + command.arguments; });
        };
        auto made = makeProbes(m_made.probes, m_made.target, m_clock, m_made.connections, {m_made.folder, find});
        if (!made)
            return finish({made.error().message});
        m_probes = std::move(*made);
        connect(m_probes.get(), &ProbeScheduler::eventHappened, this, [this](const RunEvent &event) { take(event); });
        // Queued: what it was read by must not be destroyed from within its own signal.
        connect(m_probes.get(), &ProbeScheduler::readingEnded, this, [this] { takeReading(); }, Qt::QueuedConnection);
        look();
    }

    void giveUp()
    {
        if (m_limit) // else it has ended meanwhile
            finish({QStringLiteral("there was no answer within %1").arg(formatDuration(kLongest))});
    }

    void look()
    {
        ++m_looks;
        m_probes->readNow();
    }

    void take(const RunEvent &event)
    {
        const QString before = QStringLiteral("probe %1: ").arg(m_made.probes.front().name);
        m_sentences << (event.text.startsWith(before) ? event.text.sliced(before.size()) : event.text);
    }

    void takeReading()
    {
        if (!m_probes || m_probes->isReadingNow() || m_again == nullptr)
            return;
        const ProbeValues values = m_probes->latest();
        const bool isWhole = std::ranges::all_of(values, [](const auto &value) { return value.has_value(); });
        if (isWhole || m_looks > 1 || !m_sentences.isEmpty())
            return finish(m_sentences);
        m_again->setFor(m_clock.now() + kBetweenLooks);
    }

    void finish(const QStringList &sentences)
    {
        ProbeTrialOutcome outcome;
        for (const QString &sentence : sentences)
            outcome.sentences << hidden(m_made.redactor, sentence);
        if (m_probes) {
            outcome.series = m_probes->series();
            outcome.values = m_probes->latest();
        }
        if (m_catalog)
            outcome.metrics = m_catalog->metrics();
        stop();
        beforeHandOver();
        QMetaObject::invokeMethod(
            m_owner, [owner = m_owner, trial = m_trial, outcome] { owner->takeOutcome(trial, outcome); },
            Qt::QueuedConnection);
    }

    SteadyClock m_clock;
    ProbeTrial *m_owner = nullptr; // outlives the thread
    int m_trial = 0;
    bool m_listsMetrics = false;
    Prepared m_made;
    int m_looks = 0;
    std::unique_ptr<ProbeScheduler> m_probes;
    std::unique_ptr<PromCatalog> m_catalog;
    std::unique_ptr<Alarm> m_limit;
    std::unique_ptr<Alarm> m_again;
    QStringList m_sentences;
};

ProbeTrial::ProbeTrial(QObject *parent)
    : ThreadDoor(parent)
    , m_thread(QStringLiteral("probe trial"))
    , m_worker(m_thread.make<Worker>())
{
}

ProbeTrial::~ProbeTrial() = default;

template <typename Order> void ProbeTrial::tellWorker(Order order)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, order] { order(*worker); }, Qt::QueuedConnection);
}

void ProbeTrial::start(const ProbeTrialRequest &request)
{
    ASSERT_THREAD(this);
    m_isOn = true;
    ++m_trial;
    tellWorker([this, trial = m_trial, request](Worker &worker) { worker.prepare(this, trial, request); });
}

void ProbeTrial::proceed()
{
    ASSERT_THREAD(this);
    if (m_isOn)
        tellWorker([](Worker &worker) { worker.read(); });
}

void ProbeTrial::cancel()
{
    ASSERT_THREAD(this);
    if (!std::exchange(m_isOn, false))
        return;
    ++m_trial;
    tellWorker([](Worker &worker) { worker.stop(); });
}

void ProbeTrial::takeNeeds(int trial, const ProbeTrialNeeds &needs)
{
    if (trial == m_trial)
        Q_EMIT needsTrust(needs);
}

void ProbeTrial::takeOutcome(int trial, const ProbeTrialOutcome &outcome)
{
    if (trial != m_trial || !std::exchange(m_isOn, false))
        return;
    Q_EMIT finished(outcome);
}

} // namespace Headroom
