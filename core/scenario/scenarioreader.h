// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/profilechoice.h"
#include "core/scenario/scenario.h"

#include <QByteArray>

namespace Headroom {

/// What reading found: the scenario as far as it could be read, and every problem at once.
struct ScenarioReading
{
    Scenario scenario; ///< Only to be used when hasErrors(diagnostics) is false.
    Diagnostics diagnostics;
};

/// Changes from the command line: "load.stages[0].rate" to "20/s". Applied in turn to the tree before it is typed.
/// Mappings on the way are made when missing. Problems with a value stand at 1:1 and name the override.
struct ScenarioOverride
{
    QString path;
    QString value; ///< YAML text: mostly a scalar; also "{ rate: 50/s, for: 30 s }"; empty or null removes the field.
};

/// Reads and checks a scenario text (UTF-8 YAML), driven by the schema table. The chosen profiles and environment are
/// laid over it, then the overrides; those that begin with "profiles" or "environments" before.
/// Errors: as diagnostics; never fails otherwise, whatever the bytes.
ScenarioReading readScenario(const QByteArray &text, const std::vector<ScenarioOverride> &overrides = {},
                             const ProfileChoice &choice = {});

} // namespace Headroom
