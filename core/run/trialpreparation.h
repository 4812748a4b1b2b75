// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redactor.h"
#include "core/http/connectionoptions.h"
#include "core/run/probetrial.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// A probe with all that it takes to read it without a run.
struct PreparedTrial
{
    std::vector<Scenario::Probe> probes{};
    QUrl target{};
    ConnectionOptions connections{};
    Scenario::Target described{}; ///< As the scenario has it.
    QString folder{};
    RedactorPtr redactor{};
    QString problem{}; ///< Empty: it can be read.
};

/// Reads the scenario as far as the probe needs it: other problems in it are no reason not to look.
/// Thread: any; blocks as long as the keyring does, for probes with a secret.
PreparedTrial prepareTrial(const ProbeTrialRequest &request);

ProbeTrialNeeds needsOf(const PreparedTrial &made);

/// Where metrics are to be listed.
QUrl metricsUrl(const PreparedTrial &made);

} // namespace Headroom
