// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/intervalsnapshot.h"
#include "core/stats/sample.h"

#include <memory>
#include <vector>

namespace Headroom {

/// Counts the finished requests of one worker; handed over and emptied once a second.
///
/// Memory: from construction on 376 KiB a step (four histograms and the table of statuses), and 552 KiB for all.
/// Thread: the worker's. record() takes no lock and, for statuses below 1000, allocates nothing.
class SampleRecorder
{
public:
    explicit SampleRecorder(std::size_t stepCount);
    ~SampleRecorder();

    /// Counts one request that is handed to the network. `waited`: of its send lag, the wait for a free user; only the
    /// rest can make it late.
    void recordSend(Nanoseconds sendLag, Nanoseconds waited = Nanoseconds(0));
    /// Counts one finished request. Answered goes to response and service time; rejected to the rejected times; an
    /// error that our clock ended to response and service time, as censored; any other error to the failed times.
    /// Rejected and failed times are response times. What could not be rendered was never sent: it is an error without
    /// times.
    /// The time from its send to its first byte is counted where its service time is, so that the two are of the same
    /// requests: without those that our clock ended, it would be the shorter the more of them there are. One that had
    /// no head by then stands in it at its elapsed time. It holds the opening of a connection, where there was one.
    /// An opening is counted whatever became of the request.
    void record(const Sample &sample);
    /// Counts a failure's text for the failures table. Off the good path; may allocate. At most 100 different texts per
    /// interval are kept, further ones are counted under "further failures". True for the first of its kind in the run:
    /// keepExample() may follow.
    bool recordFailure(const Sample &sample, const QString &message);
    /// Goes with the failure that was recorded last.
    void keepExample(std::shared_ptr<const FailureExample> example);
    /// Moves out what was recorded since the last call: steps, failures, firstByteTimes, openings,
    /// sendLag, sends, lateSends.
    void takeInterval(IntervalSnapshot &into);
    /// Median service time of all steps up to the last takeInterval(), for the limit above which a send is late; 0
    /// before.
    Nanoseconds medianServiceTime() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
