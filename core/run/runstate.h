// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Headroom {

/// Where a run is. It only ever moves forward.
enum class RunState {
    Preparing, ///< Practice target, session file.
    Waiting,   ///< For the target to be reachable and ready.
    Running,
    Draining,  ///< Nothing new is started; requests under way finish.
    Storing,   ///< What the run has started itself is stopped, the rest is written.
    Finished,
};

} // namespace Headroom
