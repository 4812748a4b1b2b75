// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"
#include "core/sessiontools/exportsink.h"

namespace Headroom {

// What a session holds, in formats of others. Each reads the session once, second by second; memory is bounded by one
// second. Errors: InvalidInput on damage, Unwritable.

/// Told the share of the session that was read so far.
using ExportProgress = std::function<void(double share)>;

/// CSV with a row for each second and step: counts, percentiles of response and service times in ms, bytes; behind them
/// what the probes read in that second, the same in each of its rows, in the unit that the column's name ends in.
Result<void> exportCsv(const SessionReader &session, ExportSink &sink, const ExportProgress &progress = {});

/// Whether there are raw samples. Errors: InvalidInput when the session keeps none.
Result<void> checkSamples(const SessionReader &session);
/// CSV with a row for each raw sample that was kept. Errors: also those of checkSamples().
Result<void> exportSamples(const SessionReader &session, ExportSink &sink, const ExportProgress &progress = {});

/// One JSON object, headroom-export/1 (exportJsonSchema()): every second with each step's counts and histograms.
Result<void> exportJson(const SessionReader &session, ExportSink &sink, const ExportProgress &progress = {});

/// HdrHistogram's interval log, version 1.3: an interval for each second and step that has such times, tagged with the
/// step's name. Values are in us, as HdrHistogram's own tools read them.
Result<void> exportHistogramLog(const SessionReader &session, LatencyKind kind, ExportSink &sink,
                                const ExportProgress &progress = {});

/// Names that the files which lie in the session can have in one folder, in their order: made safe and told apart.
/// Errors: InvalidInput when there are none.
Result<QStringList> attachmentFileNames(const SessionReader &session);

/// Wall clock of a moment of the run, ISO 8601 with milliseconds, UTC.
QString wallClockText(const SessionHead &head, Nanoseconds sinceStart);
/// Name of a frame's stage; empty for none.
QString stageNameOf(const MetricsFrame &frame, const RunFacts &facts);
/// The session's frames, with the progress told.
Result<void> forEachFrame(const SessionReader &session, const ExportProgress &progress,
                          const std::function<bool(const MetricsFrame &)> &use);

} // namespace Headroom
