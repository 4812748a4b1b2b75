// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/metrics/runevent.h"
#include "core/probes/probe.h"

#include <memory>

namespace Headroom {

/// Reads every probe at its own pace, on the borders of the run's seconds, and keeps what it said last.
/// Thread: made, used and destroyed in the run thread. Owns: its probes.
class ProbeScheduler final : public QObject
{
    Q_OBJECT
public:
    explicit ProbeScheduler(Clock &clock);
    ~ProbeScheduler() override;

    /// Before start(). Its series come after those that are there already. `every` is above zero.
    void add(std::unique_ptr<Probe> probe, Nanoseconds every);
    /// Of all probes, in the order of latest().
    const std::vector<RunFacts::Series> &series() const { return m_series; }

    /// Reads first at `runStart`, then at every multiple of each probe's `every` after it.
    void start(SteadyTime runStart);
    /// Reads every probe once more, beside its own pace: now, or as soon as what is under way of it has ended.
    void readNow();
    /// Whether a reading of readNow() has not ended yet. Ends after at most two answers of each probe.
    bool isReadingNow() const;
    /// Begins no more readings; what is under way still ends, with readingEnded(), so that every request is counted.
    void finish();
    bool isReading() const; ///< Anything at all.
    void stop(); ///< Nothing is read or emitted any more.

    /// The last values. One that is older than max(2 s, 2 * every) is missing: silence is not a steady value.
    ProbeValues latest() const;
    /// What the looks since the last call come to, by Probe::OfSecond: called at the end of each second of the run. A probe
    /// that looks once a second or less often has its latest value, and of what has come since the look before the share
    /// of a second.
    ProbeValues takeSecond();
    std::uint64_t requestsMade() const; ///< Of all probes, for the report's "auxiliary".
    /// What holds the memory of what they watch, of each that can tell, at this moment. As Probe::mappings().
    std::vector<std::pair<QString, MemoryMappings>> mappings();
    /// What watching has cost since start(), as one sentence; empty without probes.
    QString costSentence() const;
    void setPracticePid(int pid); ///< To probes of the practice target.

Q_SIGNALS:
    void readingEnded();
    void eventHappened(const Headroom::RunEvent &event); ///< Failures, recoveries, restarts: kind "probe"; flips: "health".

private:
    /// The reading that readNow() has asked for.
    enum class Asked {
        None,
        Later, ///< An older one is under way.
        UnderWay,
    };
    struct Entry
    {
        std::unique_ptr<Probe> probe;
        Nanoseconds every;
        std::unique_ptr<Alarm> alarm;
        ProbeValues values;
        SteadyTime readAt;
        std::vector<std::vector<double>> looks{}; ///< Of each value, since takeSecond(); of several a second only.
        Asked asked = Asked::None;
    };
    bool isFresh(const Entry &entry) const;
    static void gather(Entry &entry);
    void ring(Entry &entry);
    void readAsked(Entry &entry);
    void keep(Entry &entry, const ProbeValues &values);
    void tell(const Probe &probe, const QString &sentence);

    Clock &m_clock;
    SteadyTime m_runStart;
    std::vector<RunFacts::Series> m_series;
    std::vector<std::unique_ptr<Entry>> m_entries; // alarms and connections point into them
};

} // namespace Headroom
