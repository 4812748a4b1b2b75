// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/observationsum.h"

#include <optional>
#include <vector>

namespace Headroom {

/// One observation in one second, as charts and series show it.
struct ObservedSecond
{
    std::uint64_t count = 0;
    std::uint64_t hits = 0;
    double sum = 0.0;

    ObservedSecond &operator+=(const ObservedSecond &other);
};

/// The share of hits or the mean of the values; nothing without any.
std::optional<double> levelOf(const ObservedSecond &second, RunFacts::Observation::Kind kind);

/// What answers said of themselves in the measured window.
struct ObservationFigures
{
    struct Row
    {
        RunFacts::Observation what;
        ObservationSum sum;
    };
    std::vector<Row> rows; ///< By RunFacts::observations.

    explicit ObservationFigures(const std::vector<RunFacts::Observation> &observations = {});
    /// A measured frame. Errors: InvalidInput for a damaged histogram.
    Result<void> add(const MetricsFrame &frame, LoadPiece piece);
    /// The server's own time, in ms; null when the run does not observe it or no answer had it.
    const ObservationSum *serverTime() const;
    std::vector<ObservedSecond> totals() const; ///< By row.
};

/// The server's time taken apart, for each answer of some stretch of time.
struct ServerParts
{
    struct Part
    {
        std::size_t observation = 0; ///< Index into RunFacts::observations.
        double milliseconds = 0.0; ///< Mean over all answers, those without it included: what it adds to their time.
        double share = 0.0; ///< Of the total.
    };
    std::vector<Part> parts; ///< In the scenario's order; those that no answer had are left out.
    double milliseconds = 0.0; ///< Mean of the server's whole time; where that is not observed, the sum of the parts.
    /// What no part covers; nothing where the whole time is not observed, and when parts overlap.
    std::optional<double> uncoveredMilliseconds;
    bool doOverlap = false; ///< Together they are longer than the whole: they ran at the same time.

    const Part &dominant() const; ///< The longest; of equal ones the first.
};

/// Nothing when no part was observed. `seconds` by observation.
std::optional<ServerParts> serverPartsOf(const std::vector<RunFacts::Observation> &observations,
                                         const std::vector<ObservedSecond> &seconds);

/// "OCR is the longest part of the server's time: 62 % of it, 31 ms of 50 ms an answer; 8 % is covered by no part."
/// Empty without parts.
QString dominantPartText(const ObservationFigures &figures);

/// A value for people: "41.2 ms", "250 tokens".
QString observedText(double value, const QString &unit);

} // namespace Headroom
