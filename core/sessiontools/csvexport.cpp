// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/csvrow.h"
#include "core/sessiontools/exports.h"

#include <array>

namespace Headroom {

namespace {

constexpr std::array kQuantiles{0.50, 0.90, 0.95, 0.99};

QByteArray heading()
{
    CsvRow row;
    for (const char *name :
         {"second", "time", "stage", "measured", "step", "requests", "answered", "rejected", "errors"})
        row.text(QLatin1String(name));
    for (const char *kind : {"response", "service"}) {
        for (const char *value : {"p50", "p90", "p95", "p99", "max"})
            row.text(QStringLiteral("%1_%2_ms").arg(QLatin1String(kind), QLatin1String(value)));
    }
    row.text(QStringLiteral("bytes_in")).text(QStringLiteral("bytes_out"));
    return row.take();
}

void putTimes(const HdrHistogram &times, CsvRow &row)
{
    const auto ifAny = [&](Nanoseconds time) { return times.isEmpty() ? std::nullopt : std::optional(time); };
    for (const double quantile : kQuantiles)
        row.milliseconds(ifAny(times.valueAtQuantile(quantile)));
    row.milliseconds(ifAny(times.max()));
}

/// Writes the rows of one second after the other.
class CsvExport
{
public:
    CsvExport(const SessionReader &session, ExportSink &sink)
        : m_head(session.head())
        , m_sink(sink)
    {
    }
    bool write(const MetricsFrame &frame)
    {
        for (std::size_t step = 0; step < frame.steps.size(); ++step) {
            if (!m_sink.write(rowOf(frame, step)))
                return false;
        }
        return true;
    }

private:
    QByteArray rowOf(const MetricsFrame &frame, std::size_t step)
    {
        for (HdrHistogram &histogram : m_step.histograms)
            histogram.reset();
        m_step.counts = {};
        [[maybe_unused]] const auto merged =
            mergeInto(m_step, frame.steps[step]); // the reader has refused damaged ones
        const RequestCounts &counts = m_step.counts;
        CsvRow row;
        row.count(std::uint64_t(frame.second)).text(wallClockText(m_head, frame.second * Nanoseconds(1s)));
        row.text(stageNameOf(frame, m_head.facts)).truth(frame.isMeasured).text(m_head.facts.steps[step].name);
        row.count(counts.requests).count(counts.answered).count(counts.rejected).count(counts.errors);
        putTimes(m_step[LatencyKind::Response], row);
        putTimes(m_step[LatencyKind::Service], row);
        return row.count(counts.bytesIn).count(counts.bytesOut).take();
    }

    const SessionHead &m_head;
    ExportSink &m_sink;
    LatencySet m_step; // of the row
};

} // namespace

Result<void> exportCsv(const SessionReader &session, ExportSink &sink, const ExportProgress &progress)
{
    CsvExport rows(session, sink);
    if (!sink.write(heading()))
        return sink.result();
    const auto read = forEachFrame(session, progress, [&](const MetricsFrame &frame) { return rows.write(frame); });
    return read ? sink.result() : read;
}

} // namespace Headroom
