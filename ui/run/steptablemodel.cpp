// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steptablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

#include <QFont>

namespace Headroom {

namespace {

QVariant sortValueOf(std::optional<double> value) { return value ? QVariant(*value) : QVariant(); }

} // namespace

StepTableModel::StepTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Step"), {}},
           {tr("Request"), {}},
           {tr("Requests"), tr("Finished requests of the measured window."), true, QStringLiteral("1,234,567")},
           {tr("Rate"), tr("Finished requests per second of the measured window."), true, QStringLiteral("1234.5/s")},
           {tr("Errors"), tr("No complete answer, a status that is not expected, or a failed check."), true,
            QStringLiteral("12,345 (12.34 %)")},
           {tr("Rejected"), tr("Complete answers with 429 or 503 that the step expects."), true,
            QStringLiteral("12,345 (12.34 %)")},
           {tr("p50"), tr("Response time: from the planned start to the end. Half of them are shorter."), true,
            QStringLiteral("12.3 ms")},
           {tr("p95"), tr("Response time that 95 % of the requests keep to."), true, QStringLiteral("12.3 ms")},
           {tr("p99"), tr("Response time that 99 % of the requests keep to; * marks few samples."), true,
            QStringLiteral("12.3 ms*")},
           {tr("Max"), tr("Longest response time."), true, QStringLiteral("12.3 ms")},
           {tr("Service p50"), tr("Service time: from the send to the end. Half of them are shorter."), true,
            QStringLiteral("12.3 ms")},
           {tr("Service p95"), tr("Service time that 95 % of the requests keep to."), true, QStringLiteral("12.3 ms")},
           {tr("Service p99"), tr("Service time that 99 % of the requests keep to; * marks few samples."), true,
            QStringLiteral("12.3 ms*")},
           {tr("Received"), tr("Bytes of all answers."), true, QStringLiteral("123.4 MiB")}},
          parent)
{
}

void StepTableModel::setView(const RunViewPtr &view)
{
    // The facts of a run fix its steps.
    const bool isSameRun = view && m_view && view->facts == m_view->facts && view->steps.size() == m_view->steps.size();
    if (isSameRun) {
        m_view = view;
        reportAllChanged();
        return;
    }
    beginResetModel();
    m_view = view;
    endResetModel();
}

int StepTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_view ? 0 : int(m_view->steps.size()) + 1;
}

const RunView::Step &StepTableModel::stepAt(int row) const
{
    return isAllSteps(row) ? m_view->allSteps : m_view->steps[std::size_t(row)];
}

RunTableModel::Cell StepTableModel::cell(int row, int column) const
{
    const RunView::Step &step = stepAt(row);
    const auto count = [](std::uint64_t value) { return Cell{formatCount(value), qulonglong(value)}; };
    const auto share = [&](std::uint64_t part) { return Cell{countWithShare(part, step.requests), qulonglong(part)}; };
    const auto time = [](std::optional<double> value) { return Cell{timeText(value), sortValueOf(value)}; };
    const auto rareTime = [&](const RunView::Percentiles &times) {
        Cell cell = time(times.p99);
        if (times.p99 && times.hasFewSamples)
            cell = {cell.text + QLatin1Char('*'), cell.sortValue,
                    tr("Few samples: the true percentile may be far higher.")};
        return cell;
    };
    const auto text = [](const QString &value) { return Cell{value, value, value}; };
    switch (Column(column)) {
    case Name:
        return text(isAllSteps(row) ? tr("all steps") : foreignText(step.name));
    case Request:
        return text(foreignText(step.request));
    case Requests:
        return count(step.requests);
    case PerSecond:
        return {formatRate(Rate::perSecond(step.ratePerSecond)), step.ratePerSecond};
    case Errors:
        return share(step.errors);
    case Rejected:
        return share(step.rejected);
    case P50:
        return time(step.response.p50);
    case P95:
        return time(step.response.p95);
    case P99:
        return rareTime(step.response);
    case Maximum:
        return time(step.maximum);
    case ServiceP50:
        return time(step.service.p50);
    case ServiceP95:
        return time(step.service.p95);
    case ServiceP99:
        return rareTime(step.service);
    case Received:
        return {formatBytes(double(step.bytesIn)), qulonglong(step.bytesIn)};
    }
    return {};
}

QVariant StepTableModel::extra(int row, int, int role) const
{
    if (role != Qt::FontRole || !isAllSteps(row))
        return {};
    QFont font;
    font.setBold(true);
    return font;
}

} // namespace Headroom
