// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"

#include <QString>

#include <vector>

namespace Headroom {

/// What a hand has added to the charts of a scenario: series on charts that are not their own, and bands. By names
/// alone, so that they come back with each run of the scenario, and wait while a run does not have the series.
struct ChartChoices
{
    static constexpr std::size_t kMost = 100; ///< Series, and bands.

    struct Added
    {
        QString chart; ///< Id of the chart that shows it ...
        QString home; ///< ... of the one it is from ...
        QString line; ///< ... and its name there.
        bool operator==(const Added &) const = default;
    };
    struct Band
    {
        QString chart;
        QString line; ///< As the chart calls it.
        double low = 0.0, high = 0.0; ///< In the line's unit.
        bool operator==(const Band &) const = default;
    };
    std::vector<Added> lines{};
    std::vector<Band> bands{};

    bool isEmpty() const { return lines.empty() && bands.empty(); }
    /// To be kept in a file. What comes from one is checked: nonsense is left out.
    QString text() const;
    static ChartChoices fromText(const QString &text);
    bool operator==(const ChartChoices &) const = default;
};

/// Charts with what was added to them. `others`: charts that are not shown, whose lines can be added as well. Of what
/// does not fit, nothing is there: lines that a run does not have, and lines with a third unit in a chart.
std::vector<ChartSpec> withChoices(std::vector<ChartSpec> charts, const std::vector<ChartSpec> &others,
                                   const ChartChoices &choices);

/// Choices of when the counts of probes stood among the queues, with the charts that those are on now.
ChartChoices withMovedCounts(ChartChoices choices, const std::vector<ChartSpec> &charts);

/// Why a line cannot be put on a chart as it is shown now; empty when it can.
QString refusalOf(const ChartSpec &chart, const ChartSpec &home, const ChartSpec::Line &line);

} // namespace Headroom
