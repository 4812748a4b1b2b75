// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/database.h"
#include "core/session/sessiondigest.h"

namespace Headroom {

/// "all", "errors", "sample" or "off": what files call a keeping of samples.
QLatin1String storedNameOf(SampleKeeping keeping);
std::optional<SampleKeeping> sampleKeepingFromStored(QStringView name);

/// What about a second's raw samples does not fit to its frame, as part of a sentence; empty when all fits.
QString misfitOf(const SecondSamples &samples, const MetricsFrame &frame, const RunFacts &facts);

/// Writes what was kept of a second; nothing when nothing could have been. Failures stay with the database.
class SampleRowsWriter
{
public:
    explicit SampleRowsWriter(Database &database);
    void write(const SecondSamples &samples, SessionChain &chain);

private:
    Statement m_row;
};

/// Reads it again, second by second from one on, each compared with its digest. Failures stay with the database.
class SampleRowsReader
{
public:
    SampleRowsReader(Database &database, const RunFacts &facts, int from = 0);
    /// Nothing after the last one and after a failure.
    std::optional<SecondSamples> next();

private:
    Database &m_database;
    const RunFacts &m_facts;
    Statement m_row;
    int m_last = -1;
};

struct SampleCounts
{
    std::uint64_t kept = 0;
    std::uint64_t candidates = 0;
};
/// How many there are, without reading them; adds what is said of them to a chain.
SampleCounts countSamples(Database &database, const RunFacts &facts, SessionChain &chain);

} // namespace Headroom
