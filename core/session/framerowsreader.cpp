// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/framerowsreader.h"

#include "core/session/sessionlimits.h"
#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

/// Those of the plan, whose probe values must also fit into memory.
std::uint64_t mostBatches(const RunFacts &facts)
{
    constexpr std::uint64_t kMostValues = 2'000'000;
    const auto planned = std::uint64_t(facts.batches ? facts.batches->count : 0);
    return std::min({planned, std::uint64_t(kMaxSessionEntries), kMostValues / std::max<std::uint64_t>(1, facts.series.size())});
}

} // namespace

FrameRowsReader::FrameRowsReader(Database &database, const RunFacts &facts, int from, int to,
                                 Histograms histograms)
    : m_database(database)
    , m_facts(facts)
    , m_to(to)
    , m_histograms(histograms)
    , m_frame(database, "SELECT * FROM frames WHERE second >= ? AND second < ? ORDER BY second")
    , m_worker(database, "SELECT * FROM worker_seconds WHERE id >= ? ORDER BY id", from)
    , m_flow(database, "SELECT * FROM flow_seconds WHERE id >= ? ORDER BY id", from)
    , m_steps(database, facts, StepPeriod::Second, from)
    , m_probe(database, "SELECT * FROM probe_values WHERE id >= ? ORDER BY id", from)
    , m_failure(database,
                "SELECT id, step, kind, status, text, count FROM failures LEFT JOIN messages"
                " ON messages.message = failures.message WHERE id >= ? ORDER BY id",
                from)
    , m_example(database, "SELECT * FROM failure_examples WHERE id >= ? ORDER BY id", from)
    , m_batch(database, "SELECT * FROM batches WHERE id >= ? ORDER BY id", from)
    , m_batchValue(database, "SELECT * FROM batch_values WHERE id >= ? ORDER BY id", from)
    , m_event(database, "SELECT second, at_ns, kind, text FROM events WHERE second >= ? ORDER BY rowid", from,
              SecondCursor::Key::Second)
    , m_exemplars(database, from)
    , m_observations(database, facts, from)
    , m_actions(database, facts, from)
{
    m_frame.start(from, to);
}

std::optional<FrameRowsReader::Stored> FrameRowsReader::next()
{
    if (!m_frame.next()) {
        expectEnd();
        return std::nullopt;
    }
    MetricsFrame frame;
    const QByteArray digest = readOwnRow(frame);
    readWorkers(frame);
    readSteps(frame);
    readFlowsAndProbes(frame);
    readFailures(frame);
    readExamples(frame);
    readBatches(frame);
    m_exemplars.readInto(frame);
    m_observations.readInto(frame);
    m_actions.readInto(frame);
    readEvents(frame);
    check(frame);
    if (!m_database.isOk())
        return std::nullopt;
    return Stored{std::make_shared<const MetricsFrame>(std::move(frame)), digest};
}

QByteArray FrameRowsReader::readOwnRow(MetricsFrame &frame)
{
    frame.second = m_frame.takeInt();
    if (frame.second <= m_last)
        m_database.failDamaged(QStringLiteral("seconds are out of order"));
    m_last = frame.second;
    frame.length = Nanoseconds(m_frame.takeInteger());
    frame.stage.value = m_frame.takeInt();
    frame.isMeasured = m_frame.takeBool();
    frame.isDrain = m_frame.takeBool();
    frame.offeredPerSecond = m_frame.takeReal();
    frame.plannedUsers = m_frame.takeReal();
    frame.firstByteTimes = m_frame.takeBlob();
    frame.openings.opened = m_frame.takeCount();
    frame.openings.resumed = m_frame.takeCount();
    for (QByteArray &times : frame.openings.times)
        times = m_frame.takeBlob();
    frame.sendLag = m_frame.takeBlob();
    frame.loopLag = m_frame.takeBlob();
    frame.sends = m_frame.takeCount();
    frame.lateSends = m_frame.takeCount();
    frame.backlog = m_frame.takeCount();
    frame.inFlight = m_frame.takeCount();
    frame.activeUsers = m_frame.takeCount();
    frame.inFlightSeconds = m_frame.takeReal();
    frame.backlogSeconds = m_frame.takeReal();
    frame.workerCpuSeconds = m_frame.takeReal();
    frame.processCpuSeconds = m_frame.takeReal();
    frame.process.busySeconds = m_frame.takeReal();
    frame.process.loadWaitSeconds = m_frame.takeReal();
    frame.process.waitSeconds = m_frame.takeReal();
    frame.process.connections = m_frame.takeCount();
    frame.process.descriptors = m_frame.takeCount();
    frame.process.descriptorLimit = m_frame.takeCount();
    return m_frame.takeBlob();
}

void FrameRowsReader::readWorkers(MetricsFrame &frame)
{
    const auto most = std::size_t(std::max(0, m_facts.workers));
    while (m_worker.nextOf(frame.second)) {
        if (m_worker.index(most) != frame.workers.size() && m_database.isOk())
            m_database.failDamaged(QStringLiteral("a second's workers are not in their order"));
        if (!m_database.isOk())
            return;
        Statement &row = m_worker.row();
        frame.workers.push_back({Nanoseconds(row.takeInteger()), row.takeReal(), row.takeReal()});
    }
}

void FrameRowsReader::readSteps(MetricsFrame &frame)
{
    std::vector<StepRowsReader::Row> rows = m_steps.read(frame.second);
    if (!m_database.isOk())
        return;
    frame.steps.resize(m_facts.steps.size());
    for (StepRowsReader::Row &row : rows)
        frame.steps[row.step] = std::move(row.set);
}

void FrameRowsReader::readFlowsAndProbes(MetricsFrame &frame)
{
    frame.flows.resize(m_facts.flows.size());
    while (m_flow.nextOf(frame.second)) {
        const std::size_t flow = m_flow.index(frame.flows.size());
        if (!m_database.isOk())
            return;
        Statement &row = m_flow.row();
        frame.flows[flow] = {row.takeCount(), row.takeCount(), row.takeCount(), row.takeCount()};
    }
    frame.probes.resize(m_facts.series.size());
    while (m_probe.nextOf(frame.second)) {
        const std::size_t series = m_probe.index(frame.probes.size());
        if (!m_database.isOk())
            return;
        frame.probes[series] = m_probe.row().takeReal();
    }
}

void FrameRowsReader::readFailures(MetricsFrame &frame)
{
    while (m_failure.nextOf(frame.second)) {
        m_failure.expectPosition(frame.failures.size());
        Statement &row = m_failure.row();
        frame.failures.push_back({StepIndex{row.takeInt()}, takeFailureKind(m_database, row), row.takeInt(),
                                  row.takeText(), row.takeCount()});
    }
}

void FrameRowsReader::readExamples(MetricsFrame &frame)
{
    while (m_example.nextOf(frame.second)) {
        const std::size_t position = m_example.index(frame.failures.size());
        if (!m_database.isOk())
            return;
        Statement &row = m_example.row();
        auto example = std::make_shared<FailureExample>();
        example->method = row.takeText();
        example->url = row.takeText();
        example->contentType = row.takeText();
        example->bodyHead = row.takeBlob();
        example->bodyBytes = row.takeCount();
        example->detail = row.takeText();
        frame.failures[position].example = std::move(example);
    }
}

void FrameRowsReader::readBatches(MetricsFrame &frame)
{
    while (m_batch.nextOf(frame.second)) {
        if (++m_batchesRead > mostBatches(m_facts))
            return m_database.failDamaged(QStringLiteral("it has more batches than its plan"));
        m_batch.expectPosition(frame.batches.size());
        Statement &row = m_batch.row();
        BatchResult batch;
        batch.index = row.takeInt();
        batch.start = Nanoseconds(row.takeInteger());
        batch.end = Nanoseconds(row.takeInteger());
        for (std::uint64_t BatchResult::*count :
             {&BatchResult::iterations, &BatchResult::completed, &BatchResult::requests, &BatchResult::errors,
              &BatchResult::rejected})
            batch.*count = row.takeCount();
        batch.responseTimes = row.takeBlob();
        batch.probes.resize(m_facts.series.size());
        frame.batches.push_back(std::move(batch));
    }
    for (std::size_t row = 0; m_batchValue.nextOf(frame.second); ++row) {
        m_batchValue.expectPosition(row);
        const std::size_t position = m_batchValue.takeIndex(frame.batches.size());
        const std::size_t series = m_batchValue.takeIndex(m_facts.series.size());
        if (!m_database.isOk())
            return;
        frame.batches[position].probes[series] = m_batchValue.row().takeReal();
    }
}

void FrameRowsReader::readEvents(MetricsFrame &frame)
{
    while (m_event.nextOf(frame.second)) {
        Statement &row = m_event.row();
        frame.events.push_back({Nanoseconds(row.takeInteger()), row.takeText(), row.takeText()});
    }
}

/// What follows is of seconds that were not asked for, or it is of none.
void FrameRowsReader::expectEnd()
{
    if (m_to != std::numeric_limits<int>::max())
        return;
    for (SecondCursor *cursor :
         {&m_worker, &m_flow, &m_probe, &m_failure, &m_example, &m_batch, &m_batchValue, &m_event})
        cursor->expectEnd();
    m_steps.expectEnd();
    m_exemplars.expectEnd();
    m_observations.expectEnd();
    m_actions.expectEnd();
}

void FrameRowsReader::check(const MetricsFrame &frame)
{
    if (const QString misfit = misfitOf(frame, m_facts); !misfit.isEmpty())
        m_database.failDamaged(QStringLiteral("second %1: %2").arg(frame.second).arg(misfit));
    if (m_histograms == Histograms::AsTheyAre)
        return;
    checkHistogram(frame.firstByteTimes);
    for (const QByteArray &bytes : frame.openings.times)
        checkHistogram(bytes);
    checkHistogram(frame.sendLag);
    checkHistogram(frame.loopLag);
    for (const EncodedLatencySet &set : frame.steps)
        for (const QByteArray &bytes : set.histograms)
            checkHistogram(bytes);
    for (const BatchResult &batch : frame.batches)
        checkHistogram(batch.responseTimes);
}

void FrameRowsReader::checkHistogram(const QByteArray &bytes)
{
    if (bytes.isEmpty() || !m_database.isOk())
        return;
    m_checked.reset();
    if (!mergeEncodedHistogram(bytes, m_checked))
        m_database.failDamaged(QStringLiteral("a histogram cannot be decoded"));
}

} // namespace Headroom
