// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/observationrows.h"

#include "core/session/rowkey.h"
#include "core/session/sessionlimits.h"
#include "core/stats/histogramcodec.h"
#include "core/stats/observationsum.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Headroom {

namespace {

using Kind = RunFacts::Observation::Kind;

constexpr std::array kKindNames{
    std::pair{Kind::Hit, QLatin1String("hit")},
    std::pair{Kind::Value, QLatin1String("value")},
    std::pair{Kind::Part, QLatin1String("part")},
    std::pair{Kind::ServerTime, QLatin1String("server_time")},
};

bool isValueFine(double value) { return std::abs(value) <= kHighestObservedValue; } // false for what is no number

/// Sum, least and most agree; sums are rounded with every value added.
bool areValuesFine(const ObservationCounts &counts)
{
    if (counts.count == 0)
        return counts.sum == 0.0 && counts.min == 0.0 && counts.max == 0.0 && counts.histogram.isEmpty();
    if (!isValueFine(counts.min) || !isValueFine(counts.max) || counts.min > counts.max || !std::isfinite(counts.sum))
        return false;
    const double most = std::max(std::abs(counts.min), std::abs(counts.max));
    const double rounding = 1e-6 * most * double(counts.count);
    return counts.sum >= counts.min * double(counts.count) - rounding
        && counts.sum <= counts.max * double(counts.count) + rounding;
}

bool isFine(const ObservationCounts &counts, Kind kind)
{
    if (counts.count > kMaxSessionCount || counts.missing > kMaxSessionCount || counts.hits > counts.count)
        return false;
    if (kind != Kind::Hit)
        return counts.hits == 0 && areValuesFine(counts);
    return counts.sum == 0.0 && counts.min == 0.0 && counts.max == 0.0 && counts.histogram.isEmpty();
}

} // namespace

QLatin1String observationKindName(Kind kind)
{
    return std::ranges::find(kKindNames, kind, [](const auto &entry) { return entry.first; })->second;
}

std::optional<Kind> observationKindFromName(QStringView name)
{
    const auto found = std::ranges::find_if(kKindNames, [name](const auto &entry) { return name == entry.second; });
    return found == kKindNames.end() ? std::nullopt : std::optional(found->first);
}

QString misfitOfObservations(const RunFacts &facts)
{
    if (facts.observations.size() > kMaxJudgedEntries)
        return QStringLiteral("it has more than %1 observations").arg(kMaxJudgedEntries);
    const bool areSharesFine = std::ranges::all_of(facts.observations, [](const RunFacts::Observation &one) {
        const double share = one.expectedShare.value_or(0.0);
        return share >= 0.0 && share <= 1.0; // false for what is no number
    });
    return areSharesFine ? QString() : QStringLiteral("a share that it expects of a part is out of range");
}

QString misfitOfObservations(const MetricsFrame &frame, const RunFacts &facts)
{
    if (frame.observations.size() != facts.observations.size())
        return QStringLiteral("it has other observations than the run");
    for (std::size_t i = 0; i < frame.observations.size(); ++i) {
        if (!isFine(frame.observations[i], facts.observations[i].kind))
            return QStringLiteral("what was observed contradicts itself or is out of range");
    }
    return {};
}

void writeObservationFacts(Database &database, const RunFacts &facts)
{
    Statement row(database, "INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Observation &each : facts.observations)
        row.run(i++, each.name, observationKindName(each.kind), each.unit, each.isOfRejections, each.expectedShare);
}

void readObservationFacts(Database &database, RunFacts &facts)
{
    Statement row(database, "SELECT * FROM observations ORDER BY observation");
    for (std::size_t position = 0; row.next(); ++position) {
        if (row.takeCount() != position || position >= kMaxJudgedEntries)
            return database.failDamaged(QStringLiteral("a list has a gap or is too long"));
        RunFacts::Observation observation;
        observation.name = row.takeText();
        const auto kind = observationKindFromName(row.takeText());
        observation.unit = row.takeText();
        observation.isOfRejections = row.takeBool();
        observation.expectedShare = row.takeOptionalReal();
        if (!kind)
            return database.failDamaged(QStringLiteral("a kind of observation is unknown"));
        observation.kind = *kind;
        facts.observations.push_back(std::move(observation));
    }
}

ObservationRowsWriter::ObservationRowsWriter(Database &database)
    : m_row(database, "INSERT INTO observation_seconds VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
{
}

void ObservationRowsWriter::write(const MetricsFrame &frame)
{
    for (std::size_t i = 0; i < frame.observations.size(); ++i) {
        const ObservationCounts &counts = frame.observations[i];
        if (counts != ObservationCounts{})
            m_row.run(rowKey(frame.second, i), counts.count, counts.missing, counts.hits, counts.sum, counts.min,
                      counts.max, counts.histogram);
    }
}

ObservationRowsReader::ObservationRowsReader(Database &database, const RunFacts &facts, int first)
    : m_database(database)
    , m_facts(facts)
    , m_rows(database, "SELECT * FROM observation_seconds WHERE id >= ? ORDER BY id", first)
{
}

void ObservationRowsReader::readInto(MetricsFrame &frame)
{
    frame.observations.resize(m_facts.observations.size());
    while (m_rows.nextOf(frame.second)) {
        const std::size_t index = m_rows.index(frame.observations.size());
        if (!m_database.isOk())
            return;
        Statement &row = m_rows.row();
        ObservationCounts &counts = frame.observations[index];
        counts.count = row.takeCount();
        counts.missing = row.takeCount();
        counts.hits = row.takeCount();
        counts.sum = row.takeReal();
        counts.min = row.takeReal();
        counts.max = row.takeReal();
        counts.histogram = row.takeBlob();
        checkHistogram(counts);
    }
}

/// Negative values are left out of the histogram; nothing else is.
void ObservationRowsReader::checkHistogram(const ObservationCounts &counts)
{
    if (counts.histogram.isEmpty() || !m_database.isOk())
        return;
    const auto histogram = decodeHistogram(counts.histogram);
    if (!histogram)
        m_database.failDamaged(QStringLiteral("a histogram cannot be decoded"));
    else if (histogram->count() > counts.count || (counts.min >= 0.0 && histogram->count() < counts.count))
        m_database.failDamaged(QStringLiteral("a histogram of observed values has another count than its row"));
}

} // namespace Headroom
