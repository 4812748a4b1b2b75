// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textflows.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

namespace Headroom {

namespace {

constexpr int kNameColumns = 32;
constexpr int kNumberColumns = 14;

QString line(const QString &name, const QStringList &cells)
{
    QString text = leftAligned(name, kNameColumns);
    for (const QString &cell : cells)
        text += rightAligned(cell, kNumberColumns);
    return text;
}

QString shareText(const std::optional<double> &share) { return share ? formatShare(*share) : QStringLiteral("–"); }

QString flowLine(const ReportModel::FlowShare &flow)
{
    const QString achieved = formatRate(Rate::perSecond(flow.achievedPerSecond));
    const bool hasOwnRate = flow.ownRatePerSecond.has_value();
    return line(cleaned(flow.name),
                {hasOwnRate ? formatRate(Rate::perSecond(*flow.ownRatePerSecond)) : shareText(flow.intendedShare),
                 hasOwnRate ? achieved : shareText(flow.achievedShare), achieved, formatCount(flow.counts.completed)});
}

} // namespace

QStringList flowLines(const ReportModel &model)
{
    if (model.flows.size() < 2)
        return {};
    QStringList lines{line(
        QStringLiteral("Flows"),
        {QStringLiteral("wanted"), QStringLiteral("achieved"), QStringLiteral("rate"), QStringLiteral("completed")})};
    for (const ReportModel::FlowShare &flow : model.flows)
        lines += flowLine(flow);
    return lines;
}

} // namespace Headroom
