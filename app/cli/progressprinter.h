// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricssource.h"
#include "core/metrics/trailingwindow.h"

#include <optional>

namespace Headroom {

/// One line a second of how a run goes. Percentiles are response times over the last ten seconds.
/// Thread: main.
class ProgressPrinter : public QObject
{
    Q_OBJECT
public:
    enum class Style {
        Plain, ///< Aligned columns, to standard error.
        Json,  ///< One JSON object a line, to standard output.
        None,
    };
    static std::optional<Style> styleNamed(const QString &name); ///< auto, plain, json, none
    ProgressPrinter(Style style, MetricsSource &source);

private:
    void printFrame(const MetricsFrame &frame);
    void printEvent(const RunEvent &event) const;

    const Style m_style;
    TrailingWindow m_window;
    int m_lines = 0;
};

} // namespace Headroom
