// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/observationfigures.h"

#include <QStringList>

#include <vector>

namespace Headroom {

/// A part of the server's time whose share the scenario expects. Shares are fractions of the server's time.
struct ExpectedShare
{
    std::size_t observation = 0; ///< Index into RunFacts::observations.
    QString name;
    double expected = 0.0;
    double measured = 0.0; ///< 0 when no answer had it.
    double difference() const { return measured - expected; }
};

/// In the scenario's order; empty when nothing is expected, and when no part was observed at all.
std::vector<ExpectedShare> expectedSharesOf(const ObservationFigures &figures);

/// "58.3 % where 60 % was expected: 1.7 points less"
QString expectedShareText(const ExpectedShare &share);

/// A sentence for each, and one more when another part than expected takes the most time.
QStringList expectedShareLines(const ObservationFigures &figures);

} // namespace Headroom
