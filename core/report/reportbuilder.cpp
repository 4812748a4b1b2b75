// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reportbuilder.h"

#include "core/metrics/steeredrules.h"
#include "core/report/searchjudge.h"
#include "core/report/verdict.h"
#include "core/rules/ruleparser.h"
#include "core/stats/histogramcodec.h"

#include <algorithm>

namespace Headroom {

namespace {

double secondsOf(Nanoseconds length) { return std::chrono::duration<double>(length).count(); }

void empty(LatencySet &set)
{
    for (HdrHistogram &histogram : set.histograms)
        histogram.reset();
    set.counts = {};
}

void addTo(LatencySet &into, const LatencySet &from)
{
    for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
        into.histograms[kind].merge(from.histograms[kind]);
    into.counts += from.counts;
}

bool isUsed(const EncodedLatencySet &set)
{
    return set.counts != RequestCounts{}
    || std::ranges::any_of(set.histograms, [](const QByteArray &bytes) { return !bytes.isEmpty(); });
}

std::optional<double> milliseconds(const HdrHistogram &histogram, double quantile)
{
    if (histogram.isEmpty())
        return std::nullopt;
    return double(histogram.valueAtQuantile(quantile).count()) / 1e6;
}

std::vector<ReportModel::NamedBlock> namedBlocks(const auto &named)
{
    std::vector<ReportModel::NamedBlock> blocks;
    blocks.reserve(named.size());
    for (const auto &one : named)
        blocks.push_back({one.name, {}});
    return blocks;
}

bool isImplicit(int rule, const RunFacts &facts)
{
    return std::ranges::any_of(facts.requiredRules, [rule](const RunFacts::RequiredRule &one) {
        return one.rule == rule && one.isImplicit;
    });
}

} // namespace

ReportBuilder::ReportBuilder(RunFactsPtr facts)
    : m_facts(std::move(facts))
    , m_analysis(m_facts)
    , m_actions(m_facts)
    , m_limits(*m_facts)
    , m_memory(*m_facts)
    , m_resources(m_facts)
{
    m_model.head.facts = *m_facts;
    m_model.observations = ObservationFigures(m_facts->observations);
    m_model.network = NetworkFigures(*m_facts);
    m_model.steps = namedBlocks(m_facts->steps);
    m_model.stages = namedBlocks(m_facts->stages);
    m_model.probes.resize(m_facts->series.size());
    for (const RunFacts::Flow &flow : m_facts->flows)
        m_model.flows.push_back({flow.name, {}, {}, {}, flow.ownRatePerSecond});
    m_evaluator = std::make_unique<RuleEvaluator>(readRules(), m_facts);
    if (m_facts->limitSearch)
        m_search = std::make_unique<LimitSearch>(m_facts);
}

void ReportBuilder::setRules(const QStringList &texts)
{
    replaceRules(m_model.head.facts, texts);
    m_evaluator->setRules(readRules());
    m_analysis.setRules(texts);
}

/// Those that can be read; the others are noted.
std::vector<Rule> ReportBuilder::readRules()
{
    m_isReadable.clear();
    m_unreadable.clear();
    std::vector<Rule> readable;
    for (int i = 0; const QString &text : m_model.head.facts.rules) {
        auto rule = parseRule(text);
        m_isReadable.push_back(rule.has_value());
        const int index = i++;
        if (rule) {
            rule->isImplicit = isImplicit(index, m_model.head.facts);
            readable.push_back(*rule);
            continue;
        }
        RuleResult result;
        result.rule.text = text;
        result.standing = RuleResult::Standing::Undecided;
        result.reason = QStringLiteral("it cannot be read by this version: ") + rule.error().message;
        m_unreadable.push_back(result);
    }
    return readable;
}

Result<void> ReportBuilder::add(const MetricsFrame &frame)
{
    m_piece = m_pieces.pieceOf(frame, *m_facts);
    if (const Result<void> steps = addSteps(frame); !steps)
        return steps;
    for (const BatchResult &batch : frame.batches) {
        if (const Result<void> added = m_model.batches.add(batch); !added)
            return added;
    }
    if (const Result<void> added = m_model.network.add(frame, m_piece); !added)
        return added;
    if (frame.isMeasured) {
        if (const Result<void> added = m_model.observations.add(frame, m_piece); !added)
            return added;
    }
    addWindows(frame);
    addFlows(frame);
    addRow(frame);
    addProbes(frame);
    m_actions.add(frame);
    m_memory.add(frame);
    m_resources.add(frame);
    for (const FailureCount &failure : frame.failures)
        m_failures.add(failure, frame.second);
    m_slowest.add(frame);
    m_model.lengthSeconds = secondsOf(frame.second * Nanoseconds(1s) + frame.length);
    if (m_search)
        (void)m_search->add(frame); // the load was steered when it ran
    else
        m_evaluator->add(frame);
    return addHealth(frame);
}

Result<void> ReportBuilder::addSteps(const MetricsFrame &frame)
{
    empty(m_second);
    const std::size_t count = std::min(frame.steps.size(), m_model.steps.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!isUsed(frame.steps[i]))
            continue;
        empty(m_step);
        if (const Result<void> merged = mergeInto(m_step, frame.steps[i]); !merged)
            return merged;
        addTo(m_second, m_step);
        m_analysis.addStep(i, m_step);
        m_limits.addStep(i, m_step[LatencyKind::Service]);
        if (frame.isMeasured) {
            addTo(m_model.steps[i].block.latencies, m_step);
            m_model.steps[i].block.spread.add(frame.second, BlockSpread::coarse(m_step), m_piece);
        }
    }
    return {};
}

void ReportBuilder::addWindows(const MetricsFrame &frame)
{
    const BlockSpread::Second coarse = BlockSpread::coarse(m_second);
    const auto addBlock = [&](ReportBlock &block) {
        addTo(block.latencies, m_second);
        block.spread.add(frame.second, coarse, m_piece);
        block.iterations += frame.iterations();
        block.lengthSeconds += secondsOf(frame.length);
    };
    addBlock(m_model.totals);
    m_model.pausedSeconds += frame.isPaused() ? secondsOf(frame.length) : 0.0;
    if (frame.isMeasured)
        addBlock(m_model.measured);
    if (!frame.isDrain && frame.stage.isValid() && frame.stage.at() < m_model.stages.size())
        addBlock(m_model.stages[frame.stage.at()].block);
}

void ReportBuilder::addFlows(const MetricsFrame &frame)
{
    if (!frame.isMeasured)
        return;
    const std::size_t count = std::min(frame.flows.size(), m_model.flows.size());
    for (std::size_t i = 0; i < count; ++i)
        m_model.flows[i].counts += frame.flows[i];
    for (std::size_t i = 0; i < m_model.steps.size(); ++i) {
        ReportBlock &block = m_model.steps[i].block;
        block.lengthSeconds += secondsOf(frame.length);
        if (const FlowIndex flow = m_facts->steps[i].flow; flow.isValid() && flow.at() < count)
            block.iterations += frame.flows[flow.at()];
    }
}

void ReportBuilder::addRow(const MetricsFrame &frame)
{
    const double seconds = secondsOf(frame.length);
    const auto perSecond = [&](std::uint64_t count) { return seconds > 0.0 ? double(count) / seconds : 0.0; };
    const HdrHistogram &response = m_second[LatencyKind::Response];
    const HdrHistogram &service = m_second[LatencyKind::Service];
    const FlowCounts iterations = frame.iterations();
    ReportModel::SeriesRow row;
    row.second = frame.second;
    row.lengthSeconds = seconds;
    row.offered = frame.offeredPerSecond;
    row.achieved = perSecond(iterations.started);
    row.requests = perSecond(m_second.counts.requests);
    row.errors = perSecond(m_second.counts.errors);
    row.rejected = perSecond(m_second.counts.rejected);
    row.dropped = perSecond(iterations.dropped);
    row.backlog = frame.backlog;
    row.inFlight = frame.inFlight;
    row.users = frame.activeUsers;
    row.p50Ms = milliseconds(response, 0.50);
    row.p95Ms = milliseconds(response, 0.95);
    row.p99Ms = milliseconds(response, 0.99);
    row.serviceP50Ms = milliseconds(service, 0.50);
    row.serviceP95Ms = milliseconds(service, 0.95);
    row.serviceP99Ms = milliseconds(service, 0.99);
    const HdrHistogram &firstByte = m_model.network.secondsFirstByte;
    row.firstByteP50Ms = milliseconds(firstByte, 0.50);
    row.firstByteP95Ms = milliseconds(firstByte, 0.95);
    row.firstByteP99Ms = milliseconds(firstByte, 0.99);
    if (m_model.network.openings)
        row.opened = frame.openings.opened;
    row.probes = frame.probes;
    row.probes.resize(m_facts->series.size());
    for (const ObservationCounts &counts : frame.observations)
        row.observations.push_back({counts.count, counts.hits, counts.sum});
    row.observations.resize(m_facts->observations.size());
    m_model.series.push_back(std::move(row));
}

void ReportBuilder::addProbes(const MetricsFrame &frame)
{
    if (!frame.isMeasured)
        return;
    for (std::size_t i = 0; i < std::min(frame.probes.size(), m_model.probes.size()); ++i) {
        if (frame.probes[i])
            m_model.probes[i].add(*frame.probes[i]);
    }
}

Result<void> ReportBuilder::addHealth(const MetricsFrame &frame)
{
    m_sendLag.reset();
    m_loopLag.reset();
    Result<void> merged = mergeEncodedHistogram(frame.sendLag, m_sendLag);
    if (merged)
        merged = mergeEncodedHistogram(frame.loopLag, m_loopLag);
    if (!merged)
        return merged;
    if (const HdrHistogram &service = m_second[LatencyKind::Service]; !service.isEmpty())
        m_medianService = service.valueAtQuantile(0.5);
    const SecondLimit limit = m_limits.add(frame, m_loopLag, m_medianService);
    m_analysis.endSecond(frame, m_second, m_sendLag);
    addHealthTo(m_model.series.back(), frame);
    m_model.series.back().limitedBy = limit.by;
    if (frame.isMeasured)
        addMeasuredHealth(frame, limit);
    return {};
}

void ReportBuilder::addHealthTo(ReportModel::SeriesRow &row, const MetricsFrame &frame) const
{
    const auto percent = [&](double seconds) { return row.lengthSeconds > 0.0 ? 100.0 * seconds / row.lengthSeconds : 0.0; };
    row.sends = frame.sends;
    row.lateSends = frame.lateSends;
    row.resends = m_second.counts.resends;
    row.sendLagP99Ms = milliseconds(m_sendLag, 0.99);
    row.loopLagP99Ms = milliseconds(m_loopLag, 0.99);
    row.processCpuPercent = percent(frame.processCpuSeconds);
    row.workerCpuPercent = percent(frame.workerCpuSeconds);
    row.busyPercent = percent(frame.process.busySeconds);
    row.waitPercent = percent(frame.process.waitSeconds);
    row.connections = frame.process.connections;
    row.descriptors = frame.process.descriptors;
    row.workers = frame.workers;
}

void ReportBuilder::addMeasuredHealth(const MetricsFrame &frame, const SecondLimit &limit)
{
    ReportModel::Health &health = m_model.health;
    m_validity.add(limit);
    m_ceiling.add(frame);
    m_processCpuSeconds += frame.processCpuSeconds;
    health.sendLag.merge(m_sendLag);
    health.loopLag.merge(m_loopLag);
    health.waitSeconds += frame.process.waitSeconds;
    health.mostConnections = std::max(health.mostConnections, frame.process.connections);
    health.mostDescriptors = std::max(health.mostDescriptors, frame.process.descriptors);
    health.descriptorLimit = frame.process.descriptorLimit;
}

void ReportBuilder::finishFlows()
{
    std::uint64_t started = 0;
    for (const ReportModel::FlowShare &share : m_model.flows)
        started += share.ownRatePerSecond ? 0 : share.counts.started;
    for (std::size_t i = 0; i < m_model.flows.size(); ++i) {
        ReportModel::FlowShare &share = m_model.flows[i];
        const double seconds = m_model.measured.lengthSeconds;
        share.achievedPerSecond = seconds > 0.0 ? double(share.counts.started) / seconds : 0.0;
        if (share.ownRatePerSecond)
            continue;
        share.intendedShare = m_facts->flows[i].intendedShare;
        if (started > 0)
            share.achievedShare = double(share.counts.started) / double(started);
    }
}

void ReportBuilder::finishRules()
{
    const std::vector<RuleResult> results = m_search ? m_search->judged() : m_evaluator->results();
    m_model.rules.clear();
    auto readable = results.begin();
    auto unreadable = m_unreadable.begin();
    for (const bool isReadable : m_isReadable)
        m_model.rules.push_back(isReadable ? *readable++ : *unreadable++);
    m_model.acceptance = judgeAcceptance(m_facts->acceptance, m_model.rules, m_model.head.facts.requiredRules);
}

void ReportBuilder::finishHealth()
{
    m_model.validity = m_validity.judge(m_model);
    const Validity &validity = m_model.validity;
    if (validity.measuredSeconds > 0)
        m_model.health.generatorLimitedShare = double(validity.generatorLimitedSeconds) / validity.measuredSeconds;
    const std::uint64_t requests = m_model.measured.latencies.counts.requests;
    if (requests > 0)
        m_model.health.cpuMicrosecondsPerRequest = m_processCpuSeconds * 1e6 / double(requests);
    m_model.health.ceilingPerSecond = m_ceiling.ratePerSecond();
}

void ReportBuilder::finishTarget()
{
    const auto cores = std::ranges::find(m_model.head.environment, QStringLiteral("cores"), &std::pair<QString, QString>::first);
    const int known = cores == m_model.head.environment.end() ? 0 : cores->second.toInt();
    m_model.memory = m_memory.figures(*m_facts, m_model.rules); // the rules tell its limits
    m_model.resources = m_resources.uses(known > 0 ? std::optional(known) : std::nullopt);
}

void ReportBuilder::finishAnalysis()
{
    m_model.segments = m_analysis.segments();
    m_model.crossings = m_analysis.crossings();
    m_model.recoveries = m_analysis.recoveries();
    m_model.actions = m_actions.effects();
    for (const Segment &segment : m_model.segments) {
        for (const QString &sentence : brokenLawsOf(segment))
            m_model.validity.warnings.push_back(sentence);
    }
}

void ReportBuilder::judge()
{
    m_model.failures = m_failures.rows(*m_facts);
    m_model.slowest = m_slowest.rows(*m_facts);
    if (m_search)
        m_model.limit = m_search->finding();
    finishFlows();
    finishRules();
    finishTarget();
    finishHealth();
    finishAnalysis();
    if (m_model.limit)
        judgeSearch(*m_model.limit, m_model.validity);
    m_model.verdict = Headroom::judge(m_model);
}

} // namespace Headroom
