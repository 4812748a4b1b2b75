// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/probetrial.h"

#include "core/base/humanformat.h"
#include "core/base/steadyclock.h"
#include "core/probes/probefactory.h"
#include "core/probes/promcatalog.h"
#include "core/run/commandline.h"
#include "core/run/trialpreparation.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr Nanoseconds kBetweenLooks = 1s;

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
        QMetaObject::invokeMethod(
            owner, [owner, trial, needs] { owner->takeNeeds(trial, needs); }, Qt::QueuedConnection);
    }

    void read()
    {
        // Queued: an alarm must not be destroyed from within its own ring.
        m_limit =
            m_clock.makeAlarm([this] { QMetaObject::invokeMethod(this, [this] { giveUp(); }, Qt::QueuedConnection); });
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
        m_catalog =
            std::make_unique<PromCatalog>(metricsUrl(m_made), route(), m_clock);
        connect(m_catalog.get(), &Probe::failed, this, [this](const QString &sentence) { m_sentences << sentence; });
        connect(m_catalog.get(), &Probe::valuesRead, this, [this] { finish(m_sentences); }, Qt::QueuedConnection);
        m_catalog->read();
    }

    TargetRoute route() const { return routeTo(m_made.target, m_made.connections, m_made.described); }

    void makeProbe()
    {
        const auto find = [folder = m_made.folder](const QString &text) {
            return findCommand(text, folder).transform([](const CommandLine &command) {
                return QStringList{command.program} + command.arguments;
            });
        };
        auto made = makeProbes(m_made.probes, m_made.target, m_clock, route(), {m_made.folder, find});
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
    PreparedTrial m_made;
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
