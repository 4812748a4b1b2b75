// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/freezeplan.h"

#include <QCommandLineParser>

namespace Headroom {

/// What the practice target was told to do as troubled services do.
struct TroubleOptions
{
    enum class UntilReady { Answer, Closed }; ///< 503, or not listening.
    enum class Drain { Close, Answer }; ///< Connections are refused, or answered with 503.

    Nanoseconds cpuTime{}; ///< Burnt by each worked request behind its time of work.
    std::int64_t leakBytes = 0; ///< By each worked request ...
    std::int64_t leakLimit = 1LL << 30; ///< ... up to so many together.
    std::vector<Freeze> freezes;
    Nanoseconds readyAfter{};
    UntilReady untilReady = UntilReady::Answer;
    Drain drain = Drain::Close;
    Nanoseconds drainWithin{5s}; ///< What is under way then is cut.
    double degradedTime = 0.5; ///< Share of its time that work takes in degraded mode.
};

QList<QCommandLineOption> troubleOptions();
/// Errors: InvalidInput.
Result<TroubleOptions> readTroubleOptions(const QCommandLineParser &parser);

} // namespace Headroom
