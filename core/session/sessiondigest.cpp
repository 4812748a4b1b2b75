// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessiondigest.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <bit>
#include <concepts>

namespace Headroom {

namespace {

/// Collects values as bytes that cannot be read in two ways: whatever varies in length has its length in front.
class Values
{
public:
    template <std::integral T> void add(T value)
    {
        const auto bytes = qToLittleEndian(quint64(qint64(value)));
        m_bytes.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
    }
    template <typename T> void add(const std::optional<T> &value)
    {
        add(value.has_value());
        if (value)
            add(*value);
    }
    void add(double value) { add(std::bit_cast<quint64>(value + 0.0)); }
    void add(Nanoseconds value) { add(value.count()); }
    void add(const QString &text) { add(text.toUtf8()); }
    void add(const QByteArray &bytes)
    {
        add(bytes.size());
        m_bytes.append(bytes);
    }
    void add(const ProcessUse &use)
    {
        addAll(use.busySeconds, use.loadWaitSeconds, use.waitSeconds);
        addAll(use.connections, use.descriptors, use.descriptorLimit);
    }
    void add(const WorkerUse &use) { addAll(use.loopLagP99, use.cpuSeconds, use.waitSeconds); }
    void add(const RunEvent &event) { addAll(event.at, event.kind, event.text); }
    void add(const FlowCounts &flow) { addAll(flow.planned, flow.started, flow.completed, flow.dropped); }
    void add(const FailureCount &failure)
    {
        addAll(failure.step.value, int(failure.kind), failure.status, failure.message, failure.count);
        add(failure.example != nullptr);
        if (failure.example)
            add(*failure.example);
    }
    void add(const FailureExample &example)
    {
        addAll(example.method, example.url, example.contentType, example.bodyHead, example.bodyBytes, example.detail);
    }
    void add(const EncodedLatencySet &set);
    void add(const RawSample &sample)
    {
        addAll(sample.planned, sample.sent, sample.firstByte, sample.finished, sample.bytesIn, sample.bytesOut);
        addAll(sample.step.value, sample.status, sample.resends, int(sample.outcome), int(sample.failure));
    }
    void add(const ConnectionOpening &one) { addAll(one.resolve, one.connect, one.tls, one.isResumed); }
    void add(const Exemplar &exemplar) { addAll(exemplar.sample, exemplar.method, exemplar.url, exemplar.opening); }
    void add(const EncodedOpenings &openings)
    {
        addAll(openings.opened, openings.resumed);
        addList(openings.times);
    }
    void add(const RunFacts::Step &step) { addAll(step.name, step.method, step.path, step.flow.value); }
    void add(const RunFacts::Flow &flow) { addAll(flow.name, flow.intendedShare, flow.ownRatePerSecond); }
    void add(const BatchResult &batch)
    {
        addAll(batch.index, batch.start, batch.end, batch.iterations, batch.completed, batch.requests, batch.errors,
               batch.rejected, batch.responseTimes);
        addList(batch.probes);
    }
    void add(const RunFacts::Batches &batches) { addAll(batches.count, batches.size); }
    void add(const RunFacts::Connections &made)
    {
        addAll(made.isTls, made.isVerified, made.isResumed, made.hasAuthorities, made.hasCertificate, made.serverName,
               made.isReused, made.isHttp2, made.streams, made.family, made.isResolvedEachTime, made.socket);
        addList(made.sources);
    }
    void add(const RunFacts::LimitSearch &search)
    {
        addAll(search.plannedPerSecond, search.upToPerSecond, search.hold, search.confirm, search.within);
    }
    void add(const RunFacts::Objective &one) { addAll(one.row, one.column, one.rule); }
    void add(const RunFacts::Requirement &one) { addAll(one.id, one.text, one.rule); }
    void add(const RunFacts::RequiredRule &one) { addAll(one.rule, one.isImplicit, one.isCounted); }
    void add(const RunFacts::Observation &observation)
    {
        addAll(observation.name, int(observation.kind), observation.unit, observation.isOfRejections,
               observation.expectedShare);
    }
    void add(const RunFacts::Action &action)
    {
        addAll(action.name, action.ladder, action.text, action.when, action.expectEffect, action.settle, action.window,
               action.isByHand, action.stopsTarget);
    }
    void add(const DrainFindings &found)
    {
        addAll(found.finished, found.unfinished, found.turnedAway, found.refused, found.broken, found.accepted);
        addAll(found.lastAccepted, found.took, found.within, found.wasKilled, found.exitCode);
    }
    void add(const ActionDone &done) { addAll(done.action, done.at, done.took, done.isDone, done.text, done.drain); }
    void add(const ObservationCounts &counts)
    {
        addAll(counts.count, counts.missing, counts.hits, counts.sum, counts.min, counts.max, counts.histogram);
    }
    void add(const RunFacts::Series &series) { addAll(series.probe, series.field, series.unit); }
    void add(const RunFacts::Stage &stage)
    {
        addAll(stage.name, stage.start, stage.length, stage.from, stage.to, stage.isWarmUp);
    }
    void add(const std::pair<QString, QString> &pair) { addAll(pair.first, pair.second); }

    template <typename... T> void addAll(const T &...values) { (add(values), ...); }
    template <typename List> void addList(const List &list)
    {
        add(std::size(list));
        for (const auto &entry : list)
            add(entry);
    }
    QByteArray digest() const { return QCryptographicHash::hash(m_bytes, QCryptographicHash::Blake2s_128); }

private:
    QByteArray m_bytes;
};

void Values::add(const EncodedLatencySet &set)
{
    addList(set.histograms);
    const RequestCounts &counts = set.counts;
    addAll(counts.requests, counts.answered, counts.rejected, counts.errors, counts.censored);
    addAll(counts.resends, counts.redirects, counts.bytesIn, counts.bytesOut);
    addList(counts.byFailure);
    add(counts.byStatus.size());
    for (const auto &[status, count] : counts.byStatus)
        addAll(status, count);
}

} // namespace

QByteArray digestOf(const SessionHead &head)
{
    const RunFacts &facts = head.facts;
    Values values;
    values.addAll(facts.name, facts.target, facts.transport, facts.isOpenModel, facts.userCap, facts.latePolicy);
    values.add(facts.connections);
    values.addAll(facts.spacing, facts.seed, facts.workers, facts.iterations, facts.iterationsEach);
    values.addAll(facts.plannedLength, facts.batches, facts.limitSearch, facts.timeToReady);
    values.addList(facts.steps);
    values.addList(facts.flows);
    values.addList(facts.stages);
    values.addList(facts.series);
    values.addList(facts.objectives);
    values.addList(facts.requirements);
    values.addList(facts.requiredRules);
    values.addAll(facts.acceptance, facts.machineMemoryBytes, int(facts.sampleKeeping));
    values.addList(facts.observations);
    values.addList(facts.actions);
    values.addList(facts.rules);
    values.addList(facts.profiles);
    values.addList(facts.dashboards);
    values.addList(head.overrides);
    values.addList(head.environment);
    values.addAll(head.scenarioText, head.scenarioFile, head.toolVersion, head.startedAtMs);
    return values.digest();
}

QByteArray digestOf(const QByteArray &before, const MetricsFrame &frame)
{
    Values values;
    values.addAll(before, frame.second, frame.length, frame.stage.value, frame.isMeasured, frame.isDrain);
    values.addAll(frame.offeredPerSecond, frame.plannedUsers, frame.firstByteTimes, frame.openings);
    values.addAll(frame.sendLag, frame.loopLag);
    values.addAll(frame.sends, frame.lateSends, frame.backlog, frame.inFlight, frame.activeUsers);
    values.addAll(frame.inFlightSeconds, frame.backlogSeconds, frame.workerCpuSeconds, frame.processCpuSeconds);
    values.add(frame.process);
    values.addList(frame.workers);
    values.addList(frame.steps);
    values.addList(frame.flows);
    values.addList(frame.failures);
    values.addList(frame.exemplars);
    values.addList(frame.probes);
    values.addList(frame.events);
    values.addList(frame.batches);
    values.addList(frame.observations);
    values.addList(frame.actions);
    return values.digest();
}

QByteArray digestOf(const RunEvent &event)
{
    Values values;
    values.add(event);
    return values.digest();
}

QByteArray digestOf(const QStringList &rules)
{
    Values values;
    values.addList(rules);
    return values.digest();
}

QByteArray digestOf(const Attachment &attachment)
{
    Values values;
    values.addAll(attachment.name, attachment.mediaType, attachment.at, attachment.bytes.size());
    values.add(QCryptographicHash::hash(attachment.bytes, QCryptographicHash::Blake2s_128));
    return values.digest();
}

QByteArray digestOfMinute(int minute, std::size_t step, const EncodedLatencySet &set)
{
    Values values;
    values.addAll(minute, step, set);
    return values.digest();
}

QByteArray digestOfSamples(int second, std::uint64_t candidates, std::uint64_t kept, const QByteArray &block)
{
    Values values;
    values.addAll(second, candidates, kept, block);
    return values.digest();
}

void SessionChain::add(const MetricsFrame &frame)
{
    lastFrame = digestOf(lastFrame, frame);
    ++frames;
    for (const RunEvent &event : frame.events)
        add(event);
}

void SessionChain::add(const RunEvent &event)
{
    Values values;
    values.addAll(events, digestOf(event));
    events = values.digest();
}

void SessionChain::addMinute(const QByteArray &digest)
{
    Values values;
    values.addAll(minutes, digest);
    minutes = values.digest();
}

void SessionChain::addSamples(int second, std::uint64_t candidates, std::uint64_t kept, const QByteArray &digest)
{
    Values values;
    values.addAll(samples, second, candidates, kept, digest);
    samples = values.digest();
}

void SessionChain::addAttachment(const Attachment &described, qint64 size, const QByteArray &digest)
{
    Values values;
    values.addAll(attachments, described.name, described.mediaType, described.at, size, digest);
    attachments = values.digest();
}

QByteArray SessionChain::closedWith(const RunEnding &ending, qint64 endedAtMs) const
{
    Values values;
    values.addAll(lastFrame, events, frames, int(ending.reason), ending.text, ending.unfinished, ending.auxiliary);
    values.addAll(endedAtMs, rules, minutes, samples, attachments);
    return values.digest();
}

} // namespace Headroom
