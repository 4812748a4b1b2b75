// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricssource.h"
#include "core/run/runcoordinator.h"

#include <memory>

namespace Headroom {

/// A live run, as window and command line use it.
///
/// Thread: main; signals are emitted there. Owns: the run thread and everything below it. Destroying it before
/// finished() cuts the run and waits for what is written.
class Run : public MetricsSource
{
    Q_OBJECT
public:
    Run(RunRequest request, Preparation preparation);
    ~Run() override;

    void start();
    /// Starts nothing more; what is under way finishes, everything is written.
    void stop(RunEnding::Reason reason, const QString &text);
    /// Cuts what is under way as well.
    void cut();

    RunFactsPtr facts() const override { return m_facts; }
    RunState state() const { return m_state; }

Q_SIGNALS:
    void stateChanged(Headroom::RunState state);
    void rulesJudged(const std::vector<Headroom::RuleResult> &results);
    /// The end. An error: the run did not take place, or its session could not be written.
    void finished(const std::optional<Headroom::Error> &error);

private:
    RunFactsPtr m_facts;
    RunState m_state = RunState::Preparing;
    OwnedThread m_thread;
    RunCoordinator *m_coordinator; // owned by its thread
};

} // namespace Headroom
