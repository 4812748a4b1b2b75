// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/samplerows.h"

#include "core/session/samplecodec.h"
#include "core/session/sessionlimits.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

constexpr std::array kKeepingNames{
    std::pair{SampleKeeping::All, QLatin1String("all")},
    std::pair{SampleKeeping::Errors, QLatin1String("errors")},
    std::pair{SampleKeeping::Sample, QLatin1String("sample")},
    std::pair{SampleKeeping::Off, QLatin1String("off")},
};

/// The first columns of a row of samples, which say what is in the last one.
struct SampleRowHead
{
    int second = 0;
    std::uint64_t candidates = 0;
    std::uint64_t kept = 0;
    QByteArray digest{};
};

SampleRowHead takeHead(Database &database, Statement &row, int last)
{
    SampleRowHead head;
    head.second = row.takeInt();
    head.candidates = row.takeCount();
    head.kept = row.takeCount();
    head.digest = row.takeBlob();
    if (head.second <= last)
        database.failDamaged(QStringLiteral("rows are out of order"));
    if (head.kept > head.candidates || head.kept > kMaxSamplesOfASecond || head.candidates > kMaxSessionCount)
        database.failDamaged(QStringLiteral("a second's number of raw samples is out of range"));
    return head;
}

} // namespace

QLatin1String storedNameOf(SampleKeeping keeping)
{
    return std::ranges::find(kKeepingNames, keeping, [](const auto &entry) { return entry.first; })->second;
}

std::optional<SampleKeeping> sampleKeepingFromStored(QStringView name)
{
    const auto found = std::ranges::find_if(kKeepingNames, [name](const auto &entry) { return name == entry.second; });
    return found == kKeepingNames.end() ? std::nullopt : std::optional(found->first);
}

QString misfitOf(const SecondSamples &samples, const MetricsFrame &frame, const RunFacts &facts)
{
    if (samples.second != frame.second)
        return QStringLiteral("its raw samples are of another second");
    if (facts.sampleKeeping == SampleKeeping::Off && samples.candidates > 0)
        return QStringLiteral("it has raw samples, and the run keeps none");
    if (samples.kept.size() > samples.candidates || samples.kept.size() > kMaxSamplesOfASecond
        || samples.candidates > kMaxSessionCount)
        return QStringLiteral("its number of raw samples is out of range");
    return std::ranges::all_of(samples.kept, [&](const RawSample &sample) { return isFine(sample, facts); })
        ? QString()
        : QStringLiteral("one of its raw samples is out of range");
}

SampleRowsWriter::SampleRowsWriter(Database &database)
    : m_row(database, "INSERT INTO samples VALUES (?, ?, ?, ?, ?)")
{
}

void SampleRowsWriter::write(const SecondSamples &samples, SessionChain &chain)
{
    if (samples.candidates == 0)
        return;
    const QByteArray block = encodeSamples(samples.kept);
    const QByteArray digest = digestOfSamples(samples.second, samples.candidates, samples.kept.size(), block);
    m_row.run(samples.second, samples.candidates, samples.kept.size(), digest, block);
    chain.addSamples(samples.second, samples.candidates, samples.kept.size(), digest);
}

SampleRowsReader::SampleRowsReader(Database &database, const RunFacts &facts, int from)
    : m_database(database)
    , m_facts(facts)
    , m_row(database, "SELECT second, candidates, kept, digest, block FROM samples WHERE second >= ? ORDER BY second")
{
    m_row.start(from);
}

std::optional<SecondSamples> SampleRowsReader::next()
{
    if (!m_row.next())
        return std::nullopt;
    const SampleRowHead head = takeHead(m_database, m_row, m_last);
    const QByteArray block = m_row.takeBlob();
    if (head.digest != digestOfSamples(head.second, head.candidates, head.kept, block))
        m_database.failDamaged(QStringLiteral("the raw samples of second %1 do not fit their digest").arg(head.second));
    m_database.spend(std::int64_t(head.kept)); // a block of a few bytes may hold a million
    if (!m_database.isOk())
        return std::nullopt;
    m_last = head.second;
    auto samples = decodeSamples(block, std::size_t(head.kept), m_facts);
    if (!samples) {
        m_database.failDamaged(samples.error().message);
        return std::nullopt;
    }
    return SecondSamples{head.second, head.candidates, std::move(*samples)};
}

SampleCounts countSamples(Database &database, const RunFacts &facts, SessionChain &chain)
{
    SampleCounts counts;
    Statement row(database, "SELECT second, candidates, kept, digest FROM samples ORDER BY second");
    for (int last = -1; row.next();) {
        const SampleRowHead head = takeHead(database, row, last);
        last = head.second;
        counts.kept += head.kept; // cannot overflow: a second's are bounded, and so are the seconds
        counts.candidates += head.candidates;
        if (facts.sampleKeeping == SampleKeeping::Off || counts.candidates > kMaxSessionCount)
            database.failDamaged(QStringLiteral("it has raw samples that it should not have"));
        chain.addSamples(head.second, head.candidates, head.kept, head.digest);
    }
    return counts;
}

} // namespace Headroom
