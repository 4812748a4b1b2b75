// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Headroom {

/// What a program shows to Prometheus, by name.
struct PromMetric
{
    QString name{}; ///< As a scenario names it: of a histogram without _bucket, _sum and _count.
    QString type{}; ///< "counter", "histogram" ...; empty where the text does not say.
    QStringList labels{}; ///< Names of the labels that its series have, sorted; of a histogram without le.
    int series = 0; ///< How many lines it has; of a histogram, of its _count.
    bool operator==(const PromMetric &) const = default;
};

} // namespace Headroom
