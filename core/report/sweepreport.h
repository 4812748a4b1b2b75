// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runsummary.h"

namespace Headroom {

/// The same plan run once for each of several values of one parameter, side by side.
struct SweepReport
{
    using Figure = RunSummary::Figure;
    using Member = RunSummary; ///< Its label is the value, as written.

    QString toolVersion;
    QString scenario;
    QString target;
    QString parameter; ///< "users".
    std::vector<QString> values; ///< All that were asked for.
    std::vector<Member> members; ///< Those that were run, in this order.
    int exitCode = 0; ///< Of the whole sweep.

    bool isComplete() const { return members.size() == values.size(); }
    /// The valid run whose figure is better than that of every other by more than 2 %; percentiles of few samples do
    /// not take part. Nothing when fewer than two have it, or none stands out.
    const Member *best(Figure figure) const;
};

/// A table for the terminal, with what is best and why a run is not a plain yes.
QString sweepText(const SweepReport &sweep);
/// Schema headroom-sweep/1.
QByteArray sweepJson(const SweepReport &sweep);
QByteArray sweepJsonSchema();
/// One page with the table and a picture of throughput and of p95, without scripts.
QByteArray sweepHtml(const SweepReport &sweep);

} // namespace Headroom
