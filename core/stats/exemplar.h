// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/rawsample.h"

#include <QString>

#include <optional>

namespace Headroom {

/// One of the slowest exchanges of a step, to be looked at: when, where to, and which part of it took the time.
/// Nothing of the request but method and URL is kept, and no value of a secret. Failed exchanges have their
/// FailureExample. Immutable.
struct Exemplar
{
    /// The slowest of each worker so far; what is slower later comes as well. So the ten slowest of all are among them.
    static constexpr int kPerStep = 10;
    static constexpr int kMaxTextLength = 2000; ///< Of method and URL each.

    RawSample sample{};
    QString method{};
    QString url{}; ///< Without user info, redacted.
    std::optional<ConnectionOpening> opening{}; ///< Of a connection that was opened for it.
    bool operator==(const Exemplar &) const = default;
};

} // namespace Headroom
