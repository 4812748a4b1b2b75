// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace Headroom {

/// Which stretch of time all panels of a board show: the end of the run, all of it, or what was zoomed to.
/// Units: seconds since the start of the run.
class TimeAxis
{
public:
    void setEnd(double time) { m_end = time; } ///< Of the last row.
    double end() const { return m_end; }
    /// How far lines reach that are drawn behind the run's own. Of what lies ahead of the run as much is shown as the run is
    /// long, at least a minute, so that the run itself is never squeezed into a corner.
    void setBehindEnd(double time) { m_behindEnd = time; }
    /// How much of the end is shown while nothing is zoomed; nothing: all of it.
    void setSpan(std::optional<double> seconds) { m_span = seconds; }
    std::optional<double> span() const { return m_span; }

    double from() const;
    double to() const;
    bool contains(double time) const { return time >= from() && time <= to(); }

    bool isZoomed() const { return m_zoom.has_value(); }
    /// At least a second, inside of the run. All of it, or nothing of it, is no zoom.
    void zoomTo(double from, double to);
    void zoomBy(double factor, double around); ///< Above 1 shows less.
    void resetZoom() { m_zoom.reset(); }
    void reveal(double time); ///< Moves a zoom until the time lies in it.

private:
    struct Zoom
    {
        double from = 0.0, to = 0.0;
    };
    double wholeEnd() const;
    double m_end = 0.0;
    double m_behindEnd = 0.0;
    std::optional<double> m_span;
    std::optional<Zoom> m_zoom;
};

} // namespace Headroom
