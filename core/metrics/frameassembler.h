// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/plantime.h"
#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/histogramsum.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace Headroom {

/// Makes one frame a second out of what the workers hand over, in whatever order they come.
///
/// A worker's snapshots come in order of seconds; a second that it leaves out is one in which it did nothing. What
/// comes for a second whose frame is already out is counted in the next frame: nothing is lost. Thread: one, that of
/// the run.
class FrameAssembler
{
public:
    explicit FrameAssembler(RunFactsPtr facts);

    /// The frames that became complete, in order of seconds: every worker has delivered that second or has sent its
    /// last snapshot.
    std::vector<FramePtr> add(const IntervalSnapshotPtr &snapshot);
    /// Frames of all that was delivered and still waits for a worker that will not come.
    std::vector<FramePtr> finish();

    /// Values of the probes, by RunFacts::series, for the frame of `second`; for the next one when that is out already.
    /// May be told in parts: a later value replaces an earlier one, "nothing" replaces none.
    void setProbes(int second, const std::vector<std::optional<double>> &values);
    /// The raw samples that belong to a frame which was given out; null: none. Moves out: they are for whoever stores the
    /// frame, and what is not asked for stays here.
    std::shared_ptr<const SecondSamples> takeSamples(int second);
    /// Goes into the next frame that is made.
    void addEvent(RunEvent event);
    void addBatch(BatchResult batch); ///< The same.
    /// The same; one that no frame is left for gets an empty one of no length from finish().
    void addAction(const ActionDone &done) { m_actions.push_back(done); }
    /// Events that no frame has taken: what is left after finish(). Moves out.
    std::vector<RunEvent> takeEvents();
    /// CPU that the process has used since the start of the run; the next frame gets what is new in it.
    void setProcessCpu(double seconds);
    /// What the process used since the last call; goes into the next frame that is made.
    void addProcessUse(const ProcessUse &use);
    /// Closed model: users that are wanted from a time on, until the next call or the planned end; nothing: as planned.
    /// In order of time. (Offered arrivals need not be told: the workers count them.)
    void steerUsers(Nanoseconds at, std::optional<double> users);
    /// From a time on, nothing is measured any more: the target was told to end. A second of which that is a part is of
    /// the drain.
    void endMeasuring(Nanoseconds at) { m_measuredUntil = std::min(m_measuredUntil, at); }
    /// Where in the plan the run is and will be: what the frames lie in from now on.
    void setPlanTime(const PlanTime &time) { m_planTime = time; }

private:
    using Snapshots = std::vector<IntervalSnapshotPtr>;
    int completeUpTo() const;
    std::vector<FramePtr> makeFrames(int end);
    FramePtr makeFrame(int second, Snapshots snapshots);
    FramePtr makeLateFrame();
    void place(MetricsFrame &frame) const;
    double wantedUsersBefore(Nanoseconds border) const;
    void mergeSteps(MetricsFrame &frame, const Snapshots &snapshots);
    void addCounters(MetricsFrame &frame, const Snapshots &snapshots);
    void mergeOpenings(MetricsFrame &frame, const Snapshots &snapshots);
    void mergeObservations(MetricsFrame &frame, const Snapshots &snapshots);
    void mergeRawSamples(int second, const Snapshots &snapshots);
    QByteArray mergeHistograms(const std::vector<QByteArray> &parts);

    RunFactsPtr m_facts;
    int m_nextSecond = 0;
    std::vector<int> m_deliveredUpTo; // by worker: the first second not delivered; INT_MAX after its last
    std::map<int, Snapshots> m_waiting;
    std::map<int, std::vector<std::optional<double>>> m_probes;
    std::map<int, std::shared_ptr<const SecondSamples>> m_samples; // of frames that are out
    std::uint64_t m_samplesKept = 0;
    std::vector<RunEvent> m_events;
    std::vector<BatchResult> m_batches;
    std::vector<ActionDone> m_actions;
    std::vector<std::pair<Nanoseconds, std::optional<double>>> m_steered; // users by hand, in order of time
    PlanTime m_planTime;
    Nanoseconds m_measuredUntil = Nanoseconds::max();
    double m_processCpu = 0.0;
    double m_processCpuOfFrames = 0.0;
    ProcessUse m_processUse; // since the last frame
    HistogramSum m_histograms;
};

} // namespace Headroom
