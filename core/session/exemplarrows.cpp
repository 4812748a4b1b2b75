// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/exemplarrows.h"

#include "core/session/rowkey.h"
#include "core/session/samplecodec.h"
#include "core/session/sessionlimits.h"
#include "core/session/steprows.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

bool isFine(const ConnectionOpening &opening)
{
    return std::ranges::all_of(std::initializer_list{opening.resolve, opening.connect, opening.tls},
                               [](Nanoseconds time) { return time >= 0ns && time <= kMaxSessionTime; });
}

bool isFine(const Exemplar &exemplar, const RunFacts &facts)
{
    const auto isShort = [](const QString &text) { return text.size() <= Exemplar::kMaxTextLength; };
    return isFine(exemplar.sample, facts) && isShort(exemplar.method) && isShort(exemplar.url)
        && isFine(exemplar.opening.value_or(ConnectionOpening{}));
}

std::uint16_t takeShort(Database &database, Statement &row)
{
    const std::uint64_t value = row.takeCount();
    if (value > std::numeric_limits<std::uint16_t>::max())
        database.failDamaged(QStringLiteral("a number is out of range"));
    return std::uint16_t(value);
}

Outcome takeOutcome(Database &database, Statement &row)
{
    const std::uint64_t value = row.takeCount();
    if (value > std::uint64_t(Outcome::Error))
        database.failDamaged(QStringLiteral("the outcome of an exchange is unknown"));
    return database.isOk() ? Outcome(value) : Outcome::Error;
}

std::optional<ConnectionOpening> takeOpening(Database &database, Statement &row)
{
    const auto resolve = row.takeOptionalInteger();
    const auto connect = row.takeOptionalInteger();
    const auto tls = row.takeOptionalInteger();
    const auto isResumed = row.takeOptionalInteger();
    if (!resolve && !connect && !tls && !isResumed)
        return std::nullopt;
    if (!resolve || !connect || !tls || (isResumed != 0 && isResumed != 1)) {
        database.failDamaged(QStringLiteral("an opening of a connection is not one"));
        return std::nullopt;
    }
    return ConnectionOpening{Nanoseconds(*resolve), Nanoseconds(*connect), Nanoseconds(*tls), *isResumed == 1};
}

} // namespace

QString misfitOfExemplars(const MetricsFrame &frame, const RunFacts &facts)
{
    return std::ranges::all_of(frame.exemplars, [&](const Exemplar &exemplar) { return isFine(exemplar, facts); })
        ? QString()
        : QStringLiteral("one of its slowest exchanges is out of its limits");
}

ExemplarRowsWriter::ExemplarRowsWriter(Database &database)
    : m_row(database, "INSERT INTO exemplars VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
{
}

void ExemplarRowsWriter::write(const MetricsFrame &frame)
{
    for (std::size_t position = 0; position < frame.exemplars.size(); ++position) {
        const auto &[sample, method, url, opening] = frame.exemplars[position];
        const auto part = [&opening](Nanoseconds ConnectionOpening::*time) {
            return opening.transform([time](const ConnectionOpening &one) { return (one.*time).count(); });
        };
        m_row.run(rowKey(frame.second, position), sample.step.value, sample.planned.count(), sample.sent.count(),
                  sample.firstByte.count(), sample.finished.count(), sample.status, int(sample.outcome),
                  failureKindName(sample.failure), sample.resends, sample.bytesIn, sample.bytesOut, method, url,
                  part(&ConnectionOpening::resolve), part(&ConnectionOpening::connect), part(&ConnectionOpening::tls),
                  opening.transform([](const ConnectionOpening &one) { return one.isResumed; }));
    }
}

ExemplarRowsReader::ExemplarRowsReader(Database &database, int first)
    : m_database(database)
    , m_rows(database, "SELECT * FROM exemplars WHERE id >= ? ORDER BY id", first)
{
}

void ExemplarRowsReader::readInto(MetricsFrame &frame)
{
    while (m_rows.nextOf(frame.second)) {
        m_rows.expectPosition(frame.exemplars.size());
        Exemplar exemplar;
        exemplar.sample = takeSample();
        exemplar.method = m_rows.row().takeText();
        exemplar.url = m_rows.row().takeText();
        exemplar.opening = takeOpening(m_database, m_rows.row());
        if (!m_database.isOk())
            return;
        frame.exemplars.push_back(std::move(exemplar));
    }
}

RawSample ExemplarRowsReader::takeSample()
{
    Statement &row = m_rows.row();
    RawSample sample;
    sample.step.value = row.takeInt();
    sample.planned = Nanoseconds(row.takeInteger());
    sample.sent = Nanoseconds(row.takeInteger());
    sample.firstByte = Nanoseconds(row.takeInteger());
    sample.finished = Nanoseconds(row.takeInteger());
    sample.status = takeShort(m_database, row);
    sample.outcome = takeOutcome(m_database, row);
    sample.failure = takeFailureKind(m_database, row);
    sample.resends = takeShort(m_database, row);
    sample.bytesIn = row.takeCount();
    sample.bytesOut = row.takeCount();
    return sample;
}

} // namespace Headroom
