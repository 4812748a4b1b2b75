// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/probes/processlist.h"
#include "core/run/probetrial.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// What the window says of probes.

QString probeKindText(Scenario::Probe::Kind kind);
/// What it looks at: "the process that listens on port 8080", "/stats".
QString probeTargetText(const Scenario::Probe &probe);
/// A value of a series with its unit, "–" for none.
QString seriesValueText(const std::optional<double> &value, const QString &unit);
/// "rss 12.3 MiB, cpu 3.1 %"; of several probes with their names.
QString trialValuesText(const ProbeTrialOutcome &outcome);
/// The probe that watches a process already; null: none. That of a process which the run starts is not known before.
const Scenario::Probe *watcherOf(const ListedProcess &process, const std::vector<Scenario::Probe> &probes);
/// How the process is found again: "whoever listens on port 8080".
QString addressText(const ProcessAddress &address);
/// The same as a scenario has it: "{ process: { port: 8080 } }".
QString addressYaml(const ProcessAddress &address);

} // namespace Headroom
