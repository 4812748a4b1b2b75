// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/memorymappings.h"
#include "core/metrics/runfacts.h"
#include "core/probes/spending.h"

#include <QObject>

namespace Headroom {

/// One value per series; nothing where there was none.
using ProbeValues = std::vector<std::optional<double>>;

/// Something that watches the target and delivers numbers when asked.
///
/// A probe tells of a failure once, when it begins, and once more when it is over; until then its values are missing.
/// Thread: made, used and destroyed in the run thread; no call blocks for long.
class Probe : public QObject
{
    Q_OBJECT
public:
    /// What the looks of one second come to, where it has several.
    enum class OfSecond {
        Largest, ///< Of levels, so that a peak is not lost, and of totals.
        Smallest, ///< Of what is 1 while all is well.
        Mean, ///< Of what is a rate or share over the time since the look before.
        Sum, ///< Of what has come since the look before.
    };
    struct Field
    {
        QString name; ///< Empty when the probe has one value.
        QString unit; ///< As RunFacts::Series::unit.
        std::optional<OfSecond> ofSecond{}; ///< Without it by the unit: percent Mean, up Smallest, else Largest.
    };
    /// What will be delivered, in the order of the values.
    const std::vector<RunFacts::Series> &series() const { return m_series; }
    OfSecond ofSecond(std::size_t value) const { return m_ofSecond[value]; }
    const QString &name() const { return m_name; }

    /// Starts one reading. Answered by one valuesRead, at once or later.
    virtual void read() = 0;
    /// Gives up a reading that is under way, without a word.
    virtual void cancel() { }
    /// Whether a reading is under way.
    virtual bool isReading() const { return false; }
    /// Requests sent to the target so far, for the report's "auxiliary".
    virtual std::uint64_t requestsMade() const { return 0; }
    /// The process of the practice target, once it runs. Others do not care.
    virtual void setPracticePid(int /*pid*/) { }
    /// What holds the memory of what it watches, at this moment; nothing of what is no process or cannot be read. Takes
    /// some milliseconds for each GiB of it, and holds the process up for that long.
    virtual std::optional<MemoryMappings> mappings() { return std::nullopt; }

    /// read(), counted in spent().
    void look()
    {
        const Spending spending(m_spent);
        read();
    }
    /// Processor time of this program that its looks have taken.
    Nanoseconds spent() const { return m_spent; }

Q_SIGNALS:
    void valuesRead(const Headroom::ProbeValues &values);
    void failed(const QString &sentence); ///< From working to failing.
    void recovered(const QString &sentence); ///< From failing to working.
    void noted(const QString &sentence); ///< Worth an event, though nothing failed: a restarted process.
    void flipped(const QString &sentence); ///< What it watches is up or down; the whole text of an event "health".

protected:
    Probe(const QString &name, const std::vector<Field> &fields);

    void succeed(const ProbeValues &values, const QString &recovery = {});
    void fail(const QString &sentence, const ProbeValues &values);
    void fail(const QString &sentence) { fail(sentence, missingValues()); }
    void skip() { Q_EMIT valuesRead(missingValues()); } ///< No value this time, and no failure either.
    bool isFailing() const { return m_isFailing; }
    void addSpent(Nanoseconds time) { m_spent += time; }
    Spending spend() { return Spending(m_spent); } ///< Counts as long as what it returns lives.
    ProbeValues missingValues() const { return ProbeValues(m_series.size()); }

private:
    QString m_name;
    std::vector<RunFacts::Series> m_series;
    std::vector<OfSecond> m_ofSecond; // beside m_series
    Nanoseconds m_spent{};
    bool m_isFailing = false;
};

} // namespace Headroom
