// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/framerowswriter.h"

#include "core/session/rowkey.h"
#include "core/session/sessiondigest.h"

namespace Headroom {

namespace {

// Texts that never repeat would grow without end; after so many, one that comes again gets a second row.
constexpr qsizetype kMaxRememberedMessages = 10'000;

} // namespace

FrameRowsWriter::FrameRowsWriter(Database &database)
    : m_database(database)
    , m_frame(database, "INSERT INTO frames VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
              " ?, ?, ?, ?)")
    , m_worker(database, "INSERT INTO worker_seconds VALUES (?, ?, ?, ?)")
    , m_flow(database, "INSERT INTO flow_seconds VALUES (?, ?, ?, ?, ?)")
    , m_steps(database, StepPeriod::Second)
    , m_probe(database, "INSERT INTO probe_values VALUES (?, ?)")
    , m_message(database, "INSERT INTO messages (text) VALUES (?)")
    , m_failure(database, "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)")
    , m_example(database, "INSERT INTO failure_examples VALUES (?, ?, ?, ?, ?, ?, ?)")
    , m_batch(database, "INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    , m_batchValue(database, "INSERT INTO batch_values VALUES (?, ?, ?, ?)")
    , m_event(database, "INSERT INTO events VALUES (?, ?, ?, ?, ?)")
    , m_exemplars(database)
    , m_observations(database)
    , m_actions(database)
{
}

void FrameRowsWriter::write(const MetricsFrame &frame, const QByteArray &digest)
{
    m_frame.run(frame.second, frame.length.count(), frame.stage.value, frame.isMeasured, frame.isDrain,
                frame.offeredPerSecond, frame.plannedUsers, frame.firstByteTimes, frame.openings.opened,
                frame.openings.resumed, frame.openings.times[0], frame.openings.times[1], frame.openings.times[2],
                frame.sendLag, frame.loopLag, frame.sends, frame.lateSends,
                frame.backlog, frame.inFlight, frame.activeUsers, frame.inFlightSeconds, frame.backlogSeconds,
                frame.workerCpuSeconds, frame.processCpuSeconds, frame.process.busySeconds,
                frame.process.loadWaitSeconds, frame.process.waitSeconds, frame.process.connections,
                frame.process.descriptors, frame.process.descriptorLimit, digest);
    for (std::size_t worker = 0; worker < frame.workers.size(); ++worker) {
        const WorkerUse &use = frame.workers[worker];
        m_worker.run(rowKey(frame.second, worker), use.loopLagP99.count(), use.cpuSeconds, use.waitSeconds);
    }
    writeSteps(frame);
    writeFlowsAndProbes(frame);
    writeFailures(frame);
    writeBatches(frame);
    m_exemplars.write(frame);
    m_observations.write(frame);
    m_actions.write(frame);
    for (const RunEvent &event : frame.events)
        writeEvent(frame.second, event);
}

void FrameRowsWriter::write(const RunEvent &event) { writeEvent(std::nullopt, event); }

void FrameRowsWriter::writeSteps(const MetricsFrame &frame)
{
    m_steps.begin(frame.second);
    for (std::size_t step = 0; step < frame.steps.size(); ++step)
        m_steps.write(step, frame.steps[step]);
}

void FrameRowsWriter::writeFlowsAndProbes(const MetricsFrame &frame)
{
    for (std::size_t flow = 0; flow < frame.flows.size(); ++flow) {
        const FlowCounts &counts = frame.flows[flow];
        if (counts != FlowCounts{})
            m_flow.run(rowKey(frame.second, flow), counts.planned, counts.started, counts.completed, counts.dropped);
    }
    for (std::size_t series = 0; series < frame.probes.size(); ++series)
        if (frame.probes[series])
            m_probe.run(rowKey(frame.second, series), *frame.probes[series]);
}

void FrameRowsWriter::writeFailures(const MetricsFrame &frame)
{
    for (std::size_t position = 0; position < frame.failures.size(); ++position) {
        const FailureCount &failure = frame.failures[position];
        m_failure.run(rowKey(frame.second, position), failure.step.value, failureKindName(failure.kind), failure.status,
                      messageId(failure.message), failure.count);
        if (const auto &example = failure.example)
            m_example.run(rowKey(frame.second, position), example->method, example->url, example->contentType,
                          example->bodyHead, example->bodyBytes, example->detail);
    }
}

void FrameRowsWriter::writeBatches(const MetricsFrame &frame)
{
    std::size_t values = 0;
    for (std::size_t position = 0; position < frame.batches.size(); ++position) {
        const BatchResult &batch = frame.batches[position];
        m_batch.run(rowKey(frame.second, position), batch.index, batch.start.count(), batch.end.count(), batch.iterations,
                    batch.completed, batch.requests, batch.errors, batch.rejected, batch.responseTimes);
        for (std::size_t series = 0; series < batch.probes.size(); ++series)
            if (batch.probes[series])
                m_batchValue.run(rowKey(frame.second, values++), position, series, *batch.probes[series]);
    }
}

void FrameRowsWriter::writeEvent(std::optional<int> second, const RunEvent &event)
{
    m_event.run(second, event.at.count(), event.kind, event.text, digestOf(event));
}

std::int64_t FrameRowsWriter::messageId(const QString &text)
{
    if (const auto known = m_messages.constFind(text); known != m_messages.constEnd())
        return *known;
    if (m_messages.size() >= kMaxRememberedMessages)
        m_messages.clear();
    m_message.run(text);
    return *m_messages.insert(text, m_database.lastInsertId());
}

} // namespace Headroom
