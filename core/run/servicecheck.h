// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/startgate.h"
#include "core/scenario/scenario.h"

#include <memory>
#include <vector>

namespace Headroom {

class ChildProcess;

/// Looks whether what a scenario needs beside its target is there, before anything is started or loaded.
/// Thread: one with an event loop.
class ServiceCheck
{
public:
    /// `folder`: of the scenario, where its commands run.
    ServiceCheck(std::vector<Scenario::Service> services, const QString &folder);
    ~ServiceCheck();

    /// Asks all at the same time, each again until it answers or its time is over.
    /// Errors: Unreachable, naming every one that is missing; Cancelled.
    QCoro::Task<Result<void>> awaitAll();
    void cancel();
    quint64 requestsMade() const { return m_gate.requestsMade(); }

private:
    QCoro::Task<QString> missing(Scenario::Service service);
    QCoro::Task<QString> whyMissing(Scenario::Service service, std::chrono::milliseconds limit);
    QCoro::Task<QString> whyFailing(QString command, std::chrono::milliseconds limit);

    const std::vector<Scenario::Service> m_services;
    const QString m_folder;
    StartGate m_gate;
};

} // namespace Headroom
