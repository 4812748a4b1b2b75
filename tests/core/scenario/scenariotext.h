// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenarioreader.h"

#include <QDebug>
#include <QStringList>

namespace Headroom {

/// A scenario in lines 1 to 4, with one part replaced.
struct Parts
{
    QByteArray target = "{url: http://h:1}";
    QByteArray flows = "[{steps: [{get: /}]}]";
    QByteArray load = "{rate: 5/s, for: 10 s}";
    QByteArray rest = {};
};

inline QByteArray textOf(const Parts &parts)
{
    return "headroom: 1\ntarget: " + parts.target + "\nflows: " + parts.flows + "\nload: " + parts.load + '\n'
        + parts.rest;
}

inline QByteArray withTarget(const QByteArray &target) { return textOf({.target = target}); }
inline QByteArray withStep(const QByteArray &step)
{
    return textOf({.flows = "[{steps: [{" + step + "}]}]"});
} // begins at 3:19
inline QByteArray withFlows(const QByteArray &flows) { return textOf({.flows = flows}); }
inline QByteArray withLoad(const QByteArray &load) { return textOf({.load = load}); }
inline QByteArray withRest(const QByteArray &rest) { return textOf({.rest = rest}); } // begins at 5:1

/// "line:column: message" of every diagnostic, joined by line feeds.
inline QString diagnosticsOf(const QByteArray &text, const std::vector<ScenarioOverride> &overrides = {})
{
    QStringList lines;
    for (const Diagnostic &diagnostic : readScenario(text, overrides).diagnostics)
        lines.append(formatDiagnostic({}, diagnostic).sliced(1));
    return lines.join(u'\n');
}

inline Scenario scenarioOf(const QByteArray &text, const std::vector<ScenarioOverride> &overrides = {})
{
    const ScenarioReading reading = readScenario(text, overrides);
    for (const Diagnostic &diagnostic : reading.diagnostics)
        qWarning().noquote() << formatDiagnostic(QStringLiteral("unexpected"), diagnostic);
    return reading.diagnostics.empty() ? reading.scenario : Scenario();
}

inline Scenario::Step stepOf(const QByteArray &step)
{
    const Scenario scenario = scenarioOf(withStep(step));
    return scenario.flows.empty() ? Scenario::Step() : scenario.flows[0].steps[0];
}

} // namespace Headroom
