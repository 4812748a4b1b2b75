// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probetreemodel.h"

#include "ui/probes/probetexts.h"
#include "ui/run/runtexts.h"
#include "ui/widgets/plaintooltip.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

constexpr quintptr kOfProbe = 0; // internal id; of a series it is the row of its probe, from 1

bool isSameProbe(const Scenario::Probe &a, const Scenario::Probe &b)
{
    return a.name == b.name && a.kind == b.kind && a.range == b.range && probeTargetText(a) == probeTargetText(b);
}

} // namespace

ProbeTreeModel::ProbeTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void ProbeTreeModel::setTheme(const Theme &theme) { m_theme = theme; }

void ProbeTreeModel::setProbes(const std::vector<Scenario::Probe> &probes)
{
    if (std::ranges::equal(m_written, probes, isSameProbe))
        return;
    m_written = probes;
    rebuild();
}

void ProbeTreeModel::setRun(const RunFactsPtr &facts)
{
    const bool isSame = m_facts && facts && m_facts->series == facts->series;
    m_facts = facts;
    m_second.reset();
    m_said.clear();
    if (isSame)
        return clearRows();
    for (Probe &probe : m_probes) // values of another run
        probe.series.clear();
    rebuild();
}

/// What is known of series that stay is kept.
void ProbeTreeModel::rebuild()
{
    beginResetModel();
    const std::vector<Probe> before = std::exchange(m_probes, {});
    for (const Scenario::Probe &probe : m_written)
        m_probes.push_back(
            {probe.name, probeKindText(probe.kind), probeTargetText(probe), probe.range.start.line, true, {}, {}});
    for (std::size_t i = 0; m_facts && i < m_facts->series.size(); ++i) {
        const RunFacts::Series &series = m_facts->series[i];
        auto probe = std::ranges::find(m_probes, series.probe, &Probe::name);
        if (probe == m_probes.end())
            probe = m_probes.insert(m_probes.end(),
                                    {series.probe, {}, tr("only in the run that is shown"), 0, false, {}, {}});
        probe->series.push_back({i, series.field, series.unit, {}});
    }
    for (Probe &probe : m_probes) {
        const auto known = std::ranges::find(before, probe.name, &Probe::name);
        if (known == before.end())
            continue;
        probe.wellAt = known->wellAt;
        for (Series &series : probe.series) {
            const auto earlier = std::ranges::find(known->series, series.index, &Series::index);
            if (earlier != known->series.end())
                series.values = earlier->values;
        }
    }
    endResetModel();
}

void ProbeTreeModel::addRows(const std::vector<ReportModel::SeriesRow> &rows)
{
    const std::size_t first = rows.size() > kKept ? rows.size() - kKept : 0; // of a long session only its end
    for (std::size_t i = first; i < rows.size(); ++i) {
        m_second = rows[i].second;
        for (Probe &probe : m_probes) {
            for (Series &series : probe.series) {
                const auto value = series.index < rows[i].probes.size() ? rows[i].probes[series.index] : std::nullopt;
                series.values.push_back(value);
                if (series.values.size() > kKept)
                    series.values.pop_front();
                if (value)
                    probe.wellAt = m_second;
            }
        }
    }
    if (rows.empty())
        return;
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex probe = index(row, 0);
        Q_EMIT dataChanged(probe.siblingAtColumn(Value), probe.siblingAtColumn(State));
        if (rowCount(probe) > 0)
            Q_EMIT dataChanged(index(0, Value, probe), index(rowCount(probe) - 1, Course, probe));
    }
}

void ProbeTreeModel::clearRows()
{
    m_second.reset();
    for (Probe &probe : m_probes) {
        probe.wellAt.reset();
        for (Series &series : probe.series)
            series.values.clear();
    }
    if (!m_probes.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void ProbeTreeModel::setEvents(const std::vector<RunEvent> &events)
{
    m_said.clear();
    for (const RunEvent &event : events) {
        if (event.kind != QLatin1String("probe") || !event.text.startsWith(QLatin1String("probe ")))
            continue;
        const qsizetype colon = event.text.indexOf(QLatin1String(": "));
        if (colon > 0)
            m_said[event.text.sliced(6, colon - 6)] = {std::chrono::duration<double>(event.at).count(),
                                                       event.text.sliced(colon + 2)};
    }
}

ProbeTreeModel::Standing ProbeTreeModel::standingOf(const Probe &probe) const
{
    if (!m_second || probe.series.empty())
        return Standing::Unknown;
    if (probe.wellAt == m_second)
        return Standing::Reading;
    const auto said = m_said.find(probe.name);
    const bool isSaidSince = said != m_said.end() && said->second.at >= probe.wellAt.value_or(-1e9);
    return isSaidSince ? Standing::Failing : Standing::Gap;
}

QString ProbeTreeModel::stateText(const Probe &probe) const
{
    switch (standingOf(probe)) {
    case Standing::Reading:
        return tr("✓ reading");
    case Standing::Failing:
        return tr("✗ %1").arg(foreignText(m_said.at(probe.name).sentence));
    case Standing::Gap:
        return tr("… no value");
    case Standing::Unknown:
        break;
    }
    return m_facts && probe.isOfScenario && probe.series.empty() ? tr("not in the run that is shown") : QString();
}

QModelIndex ProbeTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : kOfProbe);
}

QModelIndex ProbeTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == kOfProbe)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, kOfProbe);
}

int ProbeTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_probes.size());
    const bool isProbe = parent.internalId() == kOfProbe && parent.column() == 0;
    return isProbe ? int(m_probes[std::size_t(parent.row())].series.size()) : 0;
}

int ProbeTreeModel::columnCount(const QModelIndex & /*parent*/) const { return kColumns; }

QVariant ProbeTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isProbe = index.internalId() == kOfProbe;
    const Probe &probe = m_probes[isProbe ? std::size_t(index.row()) : std::size_t(index.internalId()) - 1];
    if (role == ProbeRole)
        return probe.name;
    if (role == LineRole)
        return probe.line;
    return isProbe ? ofProbe(probe, index.column(), role)
                   : ofSeries(probe.series[std::size_t(index.row())], index.column(), role);
}

QVariant ProbeTreeModel::ofProbe(const Probe &probe, int column, int role) const
{
    const bool isOne = probe.series.size() == 1; // its value stands in its own row too
    if (isOne && (column == Value || column == Course) && role != Qt::ForegroundRole)
        return ofSeries(probe.series.front(), column, role);
    if (role == Qt::ForegroundRole && column == State && standingOf(probe) == Standing::Failing)
        return m_theme.bad;
    QString text;
    if (column == Name)
        text = foreignText(probe.name);
    else if (column == State)
        text = stateText(probe);
    else if (column == What)
        text = probe.kind.isEmpty() ? probe.what : QStringLiteral("%1: %2").arg(probe.kind, probe.what);
    if (role == Qt::DisplayRole)
        return text;
    return role == Qt::ToolTipRole && !text.isEmpty() ? QVariant(plainToolTip(text)) : QVariant();
}

QVariant ProbeTreeModel::ofSeries(const Series &series, int column, int role) const
{
    if (role == Qt::DisplayRole && column == Name)
        return series.field.isEmpty() ? tr("value") : foreignText(series.field);
    if (role == Qt::DisplayRole && column == Value)
        return seriesValueText(series.values.empty() ? std::nullopt : series.values.back(), series.unit);
    if (role == Qt::TextAlignmentRole && column == Value)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == CourseRole && column == Course) {
        QList<double> course;
        for (const std::optional<double> &value : series.values)
            course << value.value_or(std::numeric_limits<double>::quiet_NaN());
        return QVariant::fromValue(course);
    }
    return {};
}

QVariant ProbeTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= kColumns)
        return {};
    const QString titles[] = {tr("Probe"), tr("Value"), tr("Last Minute"), tr("State"), tr("Looks at")};
    return titles[section];
}

} // namespace Headroom
