// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/labelmatch.h"
#include "core/probes/promquantile.h"
#include "core/probes/promtext.h"
#include "core/scenario/scenario.h"

#include <QHash>

#include <map>

namespace Headroom {

/// One number out of what a program shows to Prometheus, reading after reading: the series of a metric that have
/// certain labels, added up. Of counters and histograms it takes what came since the reading before; one that has gone
/// back has begun anew at zero, and so has a series that was not there. Keeps no more than kMostSeries numbers of a
/// reading. Thread: one at a time.
class PromMeasure
{
public:
    static constexpr int kMostSeries = 10'000;
    /// Errors: InvalidInput with what is wrong with a label.
    static Result<PromMeasure> make(const Scenario::Probe::Measure &wanted);

    struct Outcome
    {
        std::optional<double>
            value; ///< Missing without a problem: at the first reading, and where nothing was observed.
        QString problem; ///< Why there is none, as the end of "GET URL ...".
        QString note; ///< Worth an event, once.
    };
    /// A reading: begin(), every sample and type of the text, end().
    void begin();
    void take(const PromSample &sample);
    void takeType(QByteArrayView name, QByteArrayView type);
    Outcome end(SteadyTime at);

    /// Whether it is about the time between two readings, as rates and means are.
    bool isOfTime() const { return m_as == Scenario::Probe::As::Rate || m_as == Scenario::Probe::As::Mean; }
    /// As RunFacts::Series::unit, by the metric's name.
    QString unit() const;

private:
    struct Group ///< A histogram or summary: of one set of labels, the bounds of buckets left aside.
    {
        std::map<double, double> buckets;
        double sum = 0.0;
        double count = 0.0;
    };
    using Series = QHash<QByteArray, double>;
    using Groups = QHash<QByteArray, Group>;

    bool isWanted(const PromSample &sample) const;
    bool isOfGroup() const { return m_as == Scenario::Probe::As::Mean || m_as == Scenario::Probe::As::Quantile; }
    void takeOfGroup(const PromSample &sample, QByteArrayView suffix);
    Group &groupOf(const PromSample &sample);
    std::optional<double> outcomeOf(double elapsedSeconds);
    double increase() const;
    Group increaseOfGroups() const;
    QString problem() const;
    QString noteOnce();
    void keep(SteadyTime at);

    QByteArray m_metric;
    std::vector<std::pair<QByteArray, LabelMatch>> m_labels;
    Scenario::Probe::As m_as = Scenario::Probe::As::Value;
    double m_quantile = 0.0;

    Series m_series; // of this reading ...
    Groups m_groups;
    double m_sum = 0.0;
    int m_found = 0; ///< Numbers that are wanted.
    bool m_isKnown = false; ///< The metric is there, with whatever labels.
    bool m_isCounter = false;
    bool m_isHistogram = false;
    std::optional<double> m_odd; ///< A number that is none.

    Series m_seriesBefore; // ... and of the last good one before it
    Groups m_groupsBefore;
    std::optional<SteadyTime> m_before;
    bool m_isNoted = false;
};

} // namespace Headroom
