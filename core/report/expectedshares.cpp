// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/expectedshares.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

std::vector<RunFacts::Observation> observationsOf(const ObservationFigures &figures)
{
    std::vector<RunFacts::Observation> observations;
    for (const ObservationFigures::Row &row : figures.rows)
        observations.push_back(row.what);
    return observations;
}

} // namespace

std::vector<ExpectedShare> expectedSharesOf(const ObservationFigures &figures)
{
    const auto taken = serverPartsOf(observationsOf(figures), figures.totals());
    std::vector<ExpectedShare> shares;
    if (!taken)
        return shares;
    for (std::size_t i = 0; i < figures.rows.size(); ++i) {
        const RunFacts::Observation &what = figures.rows[i].what;
        if (!what.expectedShare)
            continue;
        const auto part = std::ranges::find(taken->parts, i, &ServerParts::Part::observation);
        shares.push_back({i, what.name, *what.expectedShare, part == taken->parts.end() ? 0.0 : part->share});
    }
    return shares;
}

QString expectedShareText(const ExpectedShare &share)
{
    const double points = std::abs(share.difference()) * 100.0;
    const QString text =
        QStringLiteral("%1 where %2 was expected").arg(formatShare(share.measured), formatShare(share.expected));
    constexpr double kSame = 0.05; // points: what one digit behind the point does not show
    if (points < kSame)
        return text;
    return QStringLiteral("%1: %2 points %3")
        .arg(text, QString::number(points, 'f', 1),
             share.difference() < 0.0 ? QLatin1String("less") : QLatin1String("more"));
}

QStringList expectedShareLines(const ObservationFigures &figures)
{
    QStringList lines;
    const std::vector<ExpectedShare> shares = expectedSharesOf(figures);
    for (const ExpectedShare &share : shares)
        lines += QStringLiteral("%1: %2").arg(share.name, expectedShareText(share));
    const auto most = std::ranges::max_element(shares, {}, &ExpectedShare::expected);
    if (most == shares.end())
        return lines;
    const auto taken = serverPartsOf(observationsOf(figures), figures.totals());
    const std::size_t dominant = taken->dominant().observation;
    if (dominant != most->observation)
        lines += QStringLiteral("%1 was expected to be the longest part, and it is %2")
                     .arg(most->name, figures.rows[dominant].what.name);
    return lines;
}

} // namespace Headroom
