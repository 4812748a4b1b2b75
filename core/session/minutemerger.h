// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/steprows.h"
#include "core/stats/latencyset.h"

#include <map>
#include <vector>

namespace Headroom {

inline constexpr int kMinuteSeconds = 60; ///< Frames 60 m to 60 m + 59 are minute m.

/// Merges what lies in a session of the seconds of one minute, step by step. Failures stay with the database.
/// Memory: one step's histograms, and every step's counts.
class MinuteMerger
{
public:
    MinuteMerger(Database &database, std::size_t steps);
    void begin(int minute);
    /// Merges the next step that was used in the minute that was begun; nothing after the last one and after a failure.
    std::optional<std::size_t> next();
    const LatencySet &merged() const { return m_merged; } ///< Of the step that next() gave.

private:
    struct Row
    {
        std::size_t step = 0;
        std::int64_t id = 0;
        auto operator<=>(const Row &) const = default;
    };
    void findRows(std::int64_t first, std::int64_t end);
    void takeStatuses(std::int64_t first, std::int64_t end);
    void takeFailures(std::int64_t first, std::int64_t end);
    void addRow(std::int64_t id);
    bool isStep(std::uint64_t step);

    Database &m_database;
    const std::size_t m_steps;
    Statement m_id;
    Statement m_row;
    Statement m_status;
    Statement m_failure;
    std::vector<Row> m_rows; ///< Of the minute, by step.
    std::size_t m_next = 0;
    std::map<std::size_t, RequestCounts> m_counts; ///< By step: statuses and kinds of failures.
    LatencySet m_merged;
};

} // namespace Headroom
