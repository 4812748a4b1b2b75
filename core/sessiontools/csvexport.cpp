// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/csvrow.h"
#include "core/sessiontools/exports.h"

#include <array>

namespace Headroom {

namespace {

constexpr std::array kQuantiles{0.50, 0.90, 0.95, 0.99};

/// "api.rss_bytes", "queue".
QString columnOf(const RunFacts::Series &series)
{
    const QString unit = QLatin1Char('_') + series.unit;
    const bool hasUnit = unit == u"_bytes" || unit == u"_percent" || unit == u"_seconds";
    return hasUnit && !series.name().endsWith(unit) ? series.name() + unit : series.name();
}

QByteArray heading(const RunFacts &facts)
{
    QStringList names{"second", "time", "stage", "measured", "step", "requests", "answered", "rejected", "errors"};
    for (const char *kind : {"response", "service"}) {
        for (const char *value : {"p50", "p90", "p95", "p99", "max"})
            names += QStringLiteral("%1_%2_ms").arg(QLatin1String(kind), QLatin1String(value));
    }
    names << QStringLiteral("bytes_in") << QStringLiteral("bytes_out");
    for (const RunFacts::Series &series : facts.series) {
        QString name = columnOf(series);
        while (names.contains(name))
            name.prepend(QLatin1String("probe."));
        names += name;
    }
    CsvRow row;
    for (const QString &name : names)
        row.text(name);
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
        row.count(counts.bytesIn).count(counts.bytesOut);
        for (const std::optional<double> &value : frame.probes)
            row.number(value);
        return row.take();
    }

    const SessionHead &m_head;
    ExportSink &m_sink;
    LatencySet m_step; // of the row
};

} // namespace

Result<void> exportCsv(const SessionReader &session, ExportSink &sink, const ExportProgress &progress)
{
    CsvExport rows(session, sink);
    if (!sink.write(heading(session.head().facts)))
        return sink.result();
    const auto read = forEachFrame(session, progress, [&](const MetricsFrame &frame) { return rows.write(frame); });
    return read ? sink.result() : read;
}

} // namespace Headroom
