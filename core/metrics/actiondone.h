// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/drainfindings.h"

#include <QString>

#include <optional>

namespace Headroom {

/// An action of the run that was done, or tried.
struct ActionDone
{
    int action = 0;     ///< Index into RunFacts::actions.
    Nanoseconds at{};   ///< When it was begun, since the start of the run.
    Nanoseconds took{}; ///< Until its answer, or until its program ended.
    bool isDone = false; ///< As it was meant: a status that it expects, or exit code 0.
    QString text{};     ///< One sentence: what came of it. At most 500 characters; never with a secret.
    std::optional<DrainFindings> drain{}; ///< Of one that has ended the target.
    bool operator==(const ActionDone &) const = default;
};

} // namespace Headroom
