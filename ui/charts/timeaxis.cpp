// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timeaxis.h"

#include "ui/charts/nicescale.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kShortestZoom = 1.0; // rows are a second apart
constexpr double kLeastAhead = 60.0; // seconds of an earlier run, before the run itself is as long

} // namespace

double TimeAxis::from() const
{
    if (m_zoom)
        return m_zoom->from;
    return m_span ? std::max(0.0, m_end - *m_span) : 0.0;
}

double TimeAxis::to() const
{
    if (m_zoom)
        return m_zoom->to;
    return m_span ? std::max(m_end, *m_span) : wholeEnd();
}

/// Of all there is to see without zoom and span.
double TimeAxis::wholeEnd() const
{
    return niceEnd(std::max(m_end, std::min(m_behindEnd, std::max(kLeastAhead, 2.0 * m_end))));
}

void TimeAxis::zoomTo(double from, double to)
{
    const double end = wholeEnd();
    from = std::clamp(from, 0.0, end);
    to = std::clamp(to, 0.0, end);
    if (!(from < to) || (from == 0.0 && to == end)) {
        m_zoom.reset();
        return;
    }
    if (to - from < kShortestZoom) {
        from = std::clamp((from + to - kShortestZoom) / 2.0, 0.0, end - kShortestZoom);
        to = from + kShortestZoom;
    }
    m_zoom = Zoom{from, to};
}

void TimeAxis::zoomBy(double factor, double around)
{
    if (!(factor > 0.0))
        return;
    around = std::clamp(around, from(), to());
    zoomTo(around - (around - from()) / factor, around + (to() - around) / factor);
}

void TimeAxis::reveal(double time)
{
    if (!m_zoom || contains(time))
        return;
    const double way = time < m_zoom->from ? time - m_zoom->from : time - m_zoom->to;
    zoomTo(m_zoom->from + way, m_zoom->to + way);
}

} // namespace Headroom
