// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/slowtablemodel.h"

#include "core/base/humanformat.h"
#include "core/report/slowestrows.h"
#include "ui/run/runtexts.h"

#include <algorithm>

namespace Headroom {

namespace {

/// In the order in which the times passed.
QString partsText(const Exemplar &exchange)
{
    const RawSample &sample = exchange.sample;
    QStringList parts{SlowTableModel::tr("waited to be sent: %1").arg(formatDuration(sample.sent)),
                      SlowTableModel::tr("wait for the first byte: %1").arg(formatDuration(sample.firstByte)),
                      SlowTableModel::tr("transfer: %1").arg(formatDuration(transferTime(sample)))};
    if (exchange.opening) {
        const ConnectionOpening &opening = *exchange.opening;
        parts << SlowTableModel::tr("on a connection opened for it: name %1, connect %2, TLS %3")
                     .arg(formatDuration(opening.resolve), formatDuration(opening.connect),
                          formatDuration(opening.tls));
    }
    parts << SlowTableModel::tr("%1 sent, %2 received")
                 .arg(formatBytes(double(sample.bytesOut)), formatBytes(double(sample.bytesIn)));
    return parts.join(QLatin1Char('\n'));
}

} // namespace

SlowTableModel::SlowTableModel(QObject *parent)
    : RunTableModel({{tr("Time"), tr("Planned start, since the start of the run."), true, QStringLiteral("1:23:45")},
                     {tr("Step"), {}, false, QStringLiteral("/documents/latest")},
                     {tr("Response"), tr("End minus planned start."), true, QStringLiteral("12 min 34 s")},
                     {tr("Lag"), tr("Send minus planned start."), true, QStringLiteral("12 min 34 s")},
                     {tr("First byte"), tr("First byte minus send."), true, QStringLiteral("12 min 34 s")},
                     {tr("Service"), tr("End minus send."), true, QStringLiteral("12 min 34 s")},
                     {tr("Status"), tr("HTTP status of the answer, else why there was none."), true},
                     {tr("URL"), {}}},
                    parent)
{
}

void SlowTableModel::setView(const RunViewPtr &view)
{
    const RunFactsPtr facts = view ? view->facts : nullptr;
    if (view && facts == m_facts) {
        removeAllBut(view->slowest);
        insertMissing(view->slowest);
        if (m_rows == view->slowest) // else some are the same to the last bit, which only a damaged session has
            return;
    }
    beginResetModel();
    m_facts = facts;
    m_rows = view ? view->slowest : Rows();
    endResetModel();
}

void SlowTableModel::removeAllBut(const Rows &wanted)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::contains(wanted, m_rows[std::size_t(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void SlowTableModel::insertMissing(const Rows &wanted)
{
    for (int row = 0; row < int(wanted.size()); ++row) {
        const ReportModel::SlowRequest &next = wanted[std::size_t(row)];
        if (row < rowCount() && m_rows[std::size_t(row)] == next)
            continue;
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, next);
        endInsertRows();
    }
}

int SlowTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

RunTableModel::Cell SlowTableModel::cell(int row, int column) const
{
    const ReportModel::SlowRequest &slow = m_rows[std::size_t(row)];
    const RawSample &sample = slow.exchange.sample;
    const QString parts = partsText(slow.exchange);
    const auto length = [&parts](Nanoseconds time) {
        return Cell{formatDuration(time), qlonglong(time.count()), parts};
    };
    switch (Column(column)) {
    case Time:
        return {formatElapsed(sample.planned), qlonglong(sample.planned.count()), parts};
    case Step:
        return {foreignText(slow.step), slow.step, parts};
    case Response:
        return length(sample.responseTime());
    case Lag:
        return length(sample.sent);
    case FirstByte:
        return length(sample.firstByte);
    case Service:
        return length(sample.finished);
    case Status:
        return {sample.status > 0 ? QString::number(sample.status) : failureKindName(sample.failure), sample.status,
                parts};
    case Url: {
        const QString request = foreignText(slow.exchange.method + QLatin1Char(' ') + slow.exchange.url);
        return {request, request, request + QLatin1Char('\n') + parts};
    }
    }
    return {};
}

} // namespace Headroom
