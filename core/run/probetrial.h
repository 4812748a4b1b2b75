// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/probes/probe.h"
#include "core/probes/prommetric.h"
#include "core/scenario/profilechoice.h"

#include <QUrl>

namespace Headroom {

/// One probe of a scenario, to be read once without a run.
struct ProbeTrialRequest
{
    QByteArray scenarioText{};
    ProfileChoice choice{};
    QString folder{}; ///< Of the scenario's file.
    QString probe{}; ///< Its name; of several tiers of health, what their names begin with.
    /// Instead of a probe: the URL, as a scenario writes it, whose metrics are listed.
    QString metricsOf{};
    /// Where the target is that a run has started; without a run nothing, and then such a target cannot be asked.
    std::optional<QUrl> runningTarget{};
};

/// What whoever tries a probe has to allow first.
struct ProbeTrialNeeds
{
    QStringList hosts{}; ///< Not loopback.
    QStringList commands{};
    bool isEmpty() const { return hosts.isEmpty() && commands.isEmpty(); }
};

struct ProbeTrialOutcome
{
    std::vector<RunFacts::Series> series{};
    ProbeValues values{}; ///< One for each series.
    QStringList sentences{}; ///< What failed, or is worth saying.
    std::vector<PromMetric> metrics{}; ///< Where these were asked for.
    bool hasFailed() const; ///< There is no value and no metric.
};

/// Tries a probe on a thread of its own: one look, and a second one a second later where a value needs two, as rates
/// do.
///
/// finished() follows every start() that was not cancelled, after kLongest at the latest unless the desktop's keyring
/// is being asked for a secret. When something has to be allowed, needsTrust() comes first, and nothing is looked at
/// before proceed(). Thread: main. Destroying it waits for what cannot be cut.
class ProbeTrial : public ThreadDoor
{
    Q_OBJECT
public:
    static constexpr Nanoseconds kLongest = 10s;

    explicit ProbeTrial(QObject *parent = nullptr);
    ~ProbeTrial() override;

    void start(const ProbeTrialRequest &request); ///< One before is cancelled.
    void proceed(); ///< What needsTrust() has named is allowed.
    void cancel();
    bool isOn() const { return m_isOn; }

Q_SIGNALS:
    void needsTrust(const Headroom::ProbeTrialNeeds &needs);
    void finished(const Headroom::ProbeTrialOutcome &outcome);

private:
    class Worker;
    template <typename Order> void tellWorker(Order order);
    void takeNeeds(int trial, const ProbeTrialNeeds &needs);
    void takeOutcome(int trial, const ProbeTrialOutcome &outcome);

    bool m_isOn = false;
    int m_trial = 0; ///< Tells what comes from those that were cancelled.
    OwnedThread m_thread;
    Worker *m_worker; // owned by its thread
};

} // namespace Headroom
