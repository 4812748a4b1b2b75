// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ghostlayer.h"

#include "ui/charts/linelook.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kGhostWidth = 1.0; // of 1.5 for a line of the run itself

} // namespace

void GhostLayer::setGhost(const GhostLinesPtr &ghost, const ChartSpec &chart)
{
    m_ghost = ghost;
    m_columns = ghost ? ghost->columnsFor(chart) : std::vector<std::optional<std::size_t>>();
    m_isRight.clear();
    for (const ChartSpec::Line &line : chart.lines)
        m_isRight.push_back(line.unit.has_value());
    if (isEmpty())
        m_lines.reset();
}

void GhostLayer::setTheme(const Theme &theme, const ChartSpec &chart)
{
    m_styles.clear();
    for (const ChartSpec::Line &line : chart.lines)
        m_styles.push_back({theme.paleLine(line.color), strokeOf(line), kGhostWidth});
    if (m_lines)
        m_lines->setStyles(m_styles);
}

bool GhostLayer::isEmpty() const
{
    return std::ranges::none_of(m_columns, [](const auto &column) { return column.has_value(); });
}

std::optional<double> GhostLayer::valueAt(std::size_t line, double time) const
{
    return has(line) ? m_ghost->valueAt(*m_columns[line], time) : std::nullopt;
}

std::vector<SeriesStore::Polyline> GhostLayer::polylines(std::size_t line, double from, double to, int pixels) const
{
    if (!has(line))
        return {};
    return m_ghost->rows.polylines(*m_columns[line], from, to, pixels);
}

void GhostLayer::fill(const PlotFrame &frame, const std::vector<std::vector<SeriesStore::Polyline>> &lines)
{
    if (isEmpty())
        return;
    if (!m_lines) {
        m_lines = std::make_unique<ChartLines>();
        m_lines->setStyles(m_styles);
    }
    m_lines->setSize(frame.lineSize());
    for (std::size_t i = 0; i < lines.size(); ++i)
        m_lines->setLine(i, frame.pieces(lines[i], i < m_isRight.size() && m_isRight[i]));
}

void GhostLayer::paint(QPainter &painter, const QPointF &topLeft)
{
    if (m_lines)
        m_lines->paint(painter, topLeft);
}

} // namespace Headroom
