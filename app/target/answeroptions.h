// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/timingparts.h"
#include "core/base/clock.h"

#include <QCommandLineParser>

#include <optional>

namespace Headroom {

/// What the practice target was told of its cache, and of what answers say of themselves.
struct AnswerOptions
{
    enum class Timing { Worked, All, None };

    double cacheHits = 0.5; ///< Share of the worked answers that come from a cache, where it has no entries.
    int cacheEntries = 0; ///< Above 0: what it answered lately is a hit.
    Nanoseconds cacheTtl{1h}; ///< How long an entry is good.
    std::optional<Nanoseconds> cacheTime; ///< What a hit takes; without it, as long as a miss.
    Timing timing = Timing::Worked; ///< Which answers tell their times.
    TimingParts parts;
};

QList<QCommandLineOption> answerOptions();
/// Errors: InvalidInput.
Result<AnswerOptions> readAnswerOptions(const QCommandLineParser &parser);

} // namespace Headroom
