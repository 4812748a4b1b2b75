// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reportmodel.h"

#include "core/report/mappingstable.h"
#include "core/report/reportbuilder.h"

namespace Headroom {

double ReportBlock::ratePerSecond() const
{
    return lengthSeconds > 0.0 ? double(latencies.counts.requests) / lengthSeconds : 0.0;
}

Interval<Nanoseconds> ReportBlock::interval(LatencyKind kind, double quantile) const
{
    return quantileInterval(latencies[kind], quantile, spread.times[std::size_t(kind)].effect(quantile));
}

Interval<double> ReportBlock::errorInterval() const
{
    const RequestCounts &counts = latencies.counts;
    // More errors than requests is no proportion; frames from a file may say anything.
    return counts.errors <= counts.requests ? shareInterval(counts.errors, counts.requests, spread.errors.effect())
                                            : Interval<double>();
}

std::span<const ReportModel::SeriesRow> drawnRows(const std::vector<ReportModel::SeriesRow> &series)
{
    const std::span rows(series);
    return rows.size() > 1 && rows.back().lengthSeconds < 1.0 ? rows.first(rows.size() - 1) : rows;
}

Result<ReportModel> buildReport(const SessionReader &session)
{
    ReportBuilder builder(session.facts());
    Result<void> added;
    const Result<void> read = session.forEachFrame([&](const FramePtr &frame) {
        added = builder.add(*frame);
        return added.has_value();
    });
    for (const Result<void> &step : {read, added}) {
        if (!step)
            return std::unexpected(step.error());
    }
    Result<std::vector<RunEvent>> events = session.events();
    if (!events)
        return std::unexpected(events.error());
    ReportModel &model = builder.model();
    model.head = session.head();
    model.wasClosedCleanly = session.wasClosedCleanly();
    model.ending = session.ending();
    model.endedAtMs = session.endedAtMs();
    model.events = std::move(*events);
    model.attachments = session.attachments();
    auto profiles = readProfiles(session);
    if (!profiles)
        return std::unexpected(profiles.error());
    model.profiles = std::move(*profiles);
    auto mappings = mappingsIn(session);
    if (!mappings)
        return std::unexpected(mappings.error());
    model.mappings = std::move(*mappings);
    const auto [kept, candidates] = session.sampleTotals();
    model.samples = ReportModel::Samples{session.facts()->sampleKeeping, kept, candidates};
    builder.judge();
    return std::move(model);
}

} // namespace Headroom
