// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/actioneffects.h"
#include "core/analysis/runanalysis.h"
#include "core/metrics/processuse.h"
#include "core/analysis/limitfinding.h"
#include "core/metrics/memorymappings.h"
#include "core/metrics/runending.h"
#include "core/report/batchfigures.h"
#include "core/report/blockspread.h"
#include "core/report/memoryfigures.h"
#include "core/report/networkfigures.h"
#include "core/report/observationfigures.h"
#include "core/report/profilefigures.h"
#include "core/report/resourcefigures.h"
#include "core/report/seriesfigure.h"
#include "core/rules/acceptancejudge.h"
#include "core/rules/limitedby.h"
#include "core/rules/ruleevaluator.h"
#include "core/session/sessionreader.h"
#include "core/stats/confidence.h"
#include "core/stats/latencyset.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace Headroom {

/// Requests and iterations of one window: totals, measured, a step, a stage.
///
/// totals covers every second, drain included. measured is what rules judge: without warm-up stages and without the
/// drain. A step covers the measured window; its iterations are those of its flow. A stage covers its own seconds
/// without the drain, so that all stages but the warm-ups add up to measured.
struct ReportBlock
{
    LatencySet latencies;
    BlockSpread spread;
    FlowCounts iterations;
    double lengthSeconds = 0.0;
    double ratePerSecond() const; ///< Finished requests / length; 0 for an empty window.
    /// 95 % interval of a percentile, as wide as samples that resemble each other make it. An open upper end means "few
    /// samples".
    Interval<Nanoseconds> interval(LatencyKind kind, double quantile) const;
    /// The same of errors / requests; open without requests.
    Interval<double> errorInterval() const;
};

/// The tables of a report below are limited, whatever a session holds.
inline constexpr std::size_t kMaxFailureRows = 1000; ///< Further texts are counted as "further failures".

/// Whether the numbers can be trusted (LANGUAGE, section 6).
struct Validity
{
    bool isValid = true;
    int measuredSeconds = 0;
    int generatorLimitedSeconds = 0;
    std::array<int, kLimitedByCount> limitedSeconds{}; ///< Measured ones by LimitedBy; they add up to all of them.
    std::vector<QString> reasons; ///< A sentence on why, and what would help.
    std::vector<QString> warnings;
    bool wouldGainFromDirect = false; ///< Its own work limited it, and another transport takes far less.
};

/// The whole judgement, with the exit code that the command line returns for it.
struct Verdict
{
    enum class Result { Met, NotMet, Undecided, None };
    Result result = Result::None;
    bool isValid = true;
    std::vector<QString> reasons;
    int exitCode = 0;
};

/// Everything a report says, whatever its format. Built only from a session.
struct ReportModel
{
    struct NamedBlock
    {
        QString name;
        ReportBlock block;
    };
    struct FlowShare
    {
        QString name;
        FlowCounts counts; ///< Of the measured window.
        std::optional<double> intendedShare; ///< Of the weighted flows' iterations; nothing with a rate of its own.
        std::optional<double> achievedShare; ///< The same of the started ones; nothing before any.
        std::optional<double> ownRatePerSecond;
        double achievedPerSecond = 0.0; ///< Started iterations / length of the measured window.
    };
    struct Failure ///< Over all seconds; most frequent first.
    {
        QString step; ///< Empty when it belongs to none.
        FailureKind kind = FailureKind::Other;
        int status = 0;
        QString message;
        std::uint64_t count = 0;
        int firstSecond = 0;
        int lastSecond = 0;
        std::shared_ptr<const FailureExample> example{}; ///< One of them; null when none was kept.
    };
    struct SlowRequest ///< Of the measured window.
    {
        QString step;
        Exemplar exchange;
        bool operator==(const SlowRequest &) const = default;
    };
    struct Samples ///< Requests that the session holds whole, over all seconds.
    {
        SampleKeeping keeping = SampleKeeping::Off;
        std::uint64_t kept = 0;
        std::uint64_t candidates = 0; ///< That could have been kept.
    };
    /// One row a second; columns of the report's "series" and of the charts.
    struct SeriesRow
    {
        int second = 0;
        double lengthSeconds = 1.0; ///< The last may be shorter.
        double offered = 0.0, achieved = 0.0, requests = 0.0, errors = 0.0, rejected = 0.0,
               dropped = 0.0; ///< Per second.
        std::uint64_t backlog = 0, inFlight = 0, users = 0;
        std::optional<double> p50Ms, p95Ms, p99Ms, serviceP50Ms, serviceP95Ms, serviceP99Ms; ///< Of that second.
        std::optional<double> firstByteP50Ms, firstByteP95Ms, firstByteP99Ms; ///< The same.
        std::optional<std::uint64_t> opened; ///< Connections; nothing when the transport cannot tell.
        std::vector<std::optional<double>> probes;
        std::vector<ObservedSecond> observations; ///< By RunFacts::observations.

        // The generator's own health. Percentages of one processor.
        LimitedBy limitedBy = LimitedBy::Nothing;
        std::uint64_t sends = 0, lateSends = 0, resends = 0;
        std::optional<double> sendLagP99Ms, loopLagP99Ms;
        double processCpuPercent = 0.0, workerCpuPercent = 0.0;
        double busyPercent = 0.0; ///< Of what its busiest thread can do (ProcessUse::busySeconds).
        double waitPercent = 0.0; ///< Run-queue wait, summed over all threads.
        std::uint64_t connections = 0, descriptors = 0;
        std::vector<WorkerUse> workers;
    };
    struct Health ///< Of the measured window.
    {
        std::optional<double>
            cpuMicrosecondsPerRequest; ///< Of the whole process, so it holds the network's threads too.
        HdrHistogram sendLag;
        HdrHistogram loopLag;
        double generatorLimitedShare = 0.0;
        double waitSeconds = 0.0; ///< Run-queue wait of all its threads.
        std::uint64_t mostConnections = 0, mostDescriptors = 0, descriptorLimit = 0;
        /// Requests per second that this generator can do: 1 / CPU of the busiest thread per request (CeilingMeter).
        std::optional<double> ceilingPerSecond;
    };

    SessionHead head;
    bool wasClosedCleanly = true;
    std::optional<RunEnding> ending;
    qint64 endedAtMs = 0;
    double lengthSeconds = 0.0; ///< End of the last frame, since the start of the run.
    double pausedSeconds = 0.0; ///< By hand: of no stage, and not measured.
    ReportBlock totals;
    ReportBlock measured;
    std::vector<NamedBlock> steps;
    std::vector<NamedBlock> stages;
    BatchFigures batches;
    ObservationFigures observations;
    NetworkFigures network;
    std::vector<SeriesFigure> probes; ///< By RunFacts::series.
    std::vector<MemoryFigure> memory; ///< Of each memory series that had a value, over the measured window.
    std::vector<ResourceUse> resources; ///< Of each probe that counts processor time, over the same.
    std::vector<FlowShare> flows;
    std::vector<SeriesRow> series;
    Health health;
    std::vector<Segment> segments;
    std::vector<Crossing> crossings;
    std::vector<Recovery> recoveries;
    std::vector<ActionEffect> actions; ///< Each time that one was done.
    std::vector<RunEvent> events;
    std::vector<Failure> failures;
    std::vector<SlowRequest> slowest; ///< SlowestRows: the slowest first.
    std::vector<SessionReader::AttachmentEntry> attachments; ///< Files that lie in the session.
    std::vector<ProfileFigures> profiles; ///< Of these, the first ones that are folded stacks.
    std::vector<MappingsLook> mappings; ///< What held the memory of a watched process, in the order of the looks.
    std::optional<Samples> samples; ///< Nothing: not known, as of a run that is on.
    std::vector<RuleResult> rules; ///< Of a run that searched for its limit: at the rate that it came to rest at.
    std::optional<LimitFinding> limit; ///< Of such a run.
    std::optional<AcceptanceResult> acceptance; ///< Nothing: all rules must be met.
    Validity validity;
    Verdict verdict;
};

/// The rows that a chart draws: all but a last one of less than a second, whose rates and percentiles would rest on next
/// to nothing. A run of less than a second keeps its one.
std::span<const ReportModel::SeriesRow> drawnRows(const std::vector<ReportModel::SeriesRow> &series);

/// Reads the whole session and judges it. Errors: those of the reader.
Result<ReportModel> buildReport(const SessionReader &session);

/// The same under --strict: an undecided or rule-less run is exit code 4, and a reason says so.
void makeStrict(Verdict &verdict);

} // namespace Headroom
