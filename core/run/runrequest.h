// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/loadchange.h"
#include "core/scenario/scenarioreader.h"
#include "core/session/attachment.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace Headroom {

/// What whoever starts a run has decided.
struct RunRequest
{
    QByteArray scenarioText;
    QString scenarioFile;   ///< File name for messages and the session; empty for a bare URL.
    std::vector<ScenarioOverride> overrides;
    ProfileChoice choice;
    LoadChange change;
    std::uint64_t seed = 1; ///< Where the scenario names none.
    QString sessionPath;    ///< Where the session is to be; must not exist yet.
    bool canBeRenamed = false; ///< That name is nobody's wish: where it is taken, freeSessionPath() of it will do.
    std::vector<Attachment> attachments{}; ///< Files that lie in the session from the start.
    QString ceilingFile;    ///< What generators can do (CeilingCache); empty: nothing is looked up or kept.
    QString targetProgram;  ///< headroom-target, for scenarios with a practice target.
    int workers = 0;        ///< 0: cores minus one, at least one.
    bool canBeSteered = false; ///< By hand: a run with few users gets workers for many.
};

} // namespace Headroom
