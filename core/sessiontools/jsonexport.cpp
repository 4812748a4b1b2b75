// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonvalue.h"
#include "core/sessiontools/exports.h"
#include "core/stats/histogramcodec.h"

#include <cmath>

namespace Headroom {

namespace {

Json exactNumber(double value) { return std::isfinite(value) ? Json(value) : Json::null(); }

Json histogramJson(const QByteArray &bytes)
{
    return bytes.isEmpty() ? Json::null() : Json(plainHistogram(bytes).toBase64().toStdString());
}

Json stepJson(const EncodedLatencySet &step)
{
    const RequestCounts &counts = step.counts;
    Json json = jsonObject();
    json["requests"] = counts.requests;
    json["answered"] = counts.answered;
    json["rejected"] = counts.rejected;
    json["errors"] = counts.errors;
    json["censored"] = counts.censored;
    json["resends"] = counts.resends;
    json["redirects"] = counts.redirects;
    json["bytes_in"] = counts.bytesIn;
    json["bytes_out"] = counts.bytesOut;
    json["status"] = jsonObject();
    for (const auto &[status, count] : counts.byStatus)
        json["status"][std::to_string(status)] = count;
    json["failures"] = jsonObject();
    for (std::size_t kind = 0; kind < kFailureKindCount; ++kind) {
        if (counts.byFailure[kind] > 0)
            json["failures"][failureKindName(FailureKind(kind)).latin1()] = counts.byFailure[kind];
    }
    json["response_times"] = histogramJson(step.histograms[std::size_t(LatencyKind::Response)]);
    json["service_times"] = histogramJson(step.histograms[std::size_t(LatencyKind::Service)]);
    json["rejected_times"] = histogramJson(step.histograms[std::size_t(LatencyKind::Rejected)]);
    json["failed_times"] = histogramJson(step.histograms[std::size_t(LatencyKind::Failed)]);
    return json;
}

Json flowJson(const FlowCounts &flow)
{
    Json json = jsonObject();
    json["planned"] = flow.planned;
    json["started"] = flow.started;
    json["completed"] = flow.completed;
    json["dropped"] = flow.dropped;
    return json;
}

Json secondJson(const MetricsFrame &frame, const RunFacts &facts)
{
    Json json = jsonObject();
    json["second"] = frame.second;
    json["length_s"] = exactNumber(double(frame.length.count()) / 1e9);
    json["stage"] = jsonTextOrNull(stageNameOf(frame, facts));
    json["measured"] = frame.isMeasured;
    json["drain"] = frame.isDrain;
    json["offered_per_s"] = exactNumber(frame.offeredPerSecond);
    json["users"] = frame.activeUsers;
    json["in_flight"] = frame.inFlight;
    json["backlog"] = frame.backlog;
    json["steps"] = jsonListOf(frame.steps, stepJson);
    json["flows"] = jsonListOf(frame.flows, flowJson);
    json["probes"] = jsonListOf(
        frame.probes, [](const std::optional<double> &value) { return value ? exactNumber(*value) : Json::null(); });
    return json;
}

Json namedStepJson(const RunFacts::Step &step, const RunFacts &facts)
{
    const bool hasFlow = step.flow.isValid() && step.flow.at() < facts.flows.size();
    Json json = jsonObject();
    json["name"] = jsonText(step.name);
    json["method"] = jsonText(step.method);
    json["path"] = jsonText(step.path);
    json["flow"] = hasFlow ? jsonText(facts.flows[step.flow.at()].name) : Json::null();
    return json;
}

Json namedStageJson(const RunFacts::Stage &stage)
{
    Json json = jsonObject();
    json["name"] = jsonText(stage.name);
    json["start_s"] = exactNumber(double(stage.start.count()) / 1e9);
    json["length_s"] = exactNumber(double(stage.length.count()) / 1e9);
    json["from"] = exactNumber(stage.from);
    json["to"] = exactNumber(stage.to);
    json["warm_up"] = stage.isWarmUp;
    return json;
}

Json headJson(const SessionReader &session)
{
    const SessionHead &head = session.head();
    const RunFacts &facts = head.facts;
    const auto ending = session.ending();
    Json json = jsonObject();
    json["schema"] = "headroom-export/1";
    json["version"] = jsonText(head.toolVersion);
    json["name"] = jsonText(facts.name);
    json["target"] = jsonText(facts.target);
    json["transport"] = jsonText(facts.transport);
    json["model"] = facts.isOpenModel ? "open" : "closed";
    json["started_at"] = jsonTextOrNull(wallClockText(head, 0ns));
    json["ending"] = ending ? jsonText(endingName(ending->reason)) : Json::null();
    json["steps"] = jsonListOf(facts.steps, [&](const RunFacts::Step &step) { return namedStepJson(step, facts); });
    json["flows"] = jsonListOf(facts.flows, [](const RunFacts::Flow &flow) { return jsonText(flow.name); });
    json["stages"] = jsonListOf(facts.stages, namedStageJson);
    json["series"] = jsonListOf(facts.series, [](const RunFacts::Series &series) {
        Json one = jsonObject();
        one["name"] = jsonText(series.name());
        one["unit"] = jsonTextOrNull(series.unit);
        return one;
    });
    return json;
}

Json eventJson(const RunEvent &event)
{
    Json json = jsonObject();
    json["at_s"] = exactNumber(double(event.at.count()) / 1e9);
    json["kind"] = jsonText(event.kind);
    json["text"] = jsonText(event.text);
    return json;
}

QByteArray compact(const Json &json)
{
    std::string text;
    json.dump(text);
    return QByteArray::fromStdString(text);
}

} // namespace

Result<void> exportJson(const SessionReader &session, ExportSink &sink, const ExportProgress &progress)
{
    const auto events = session.events();
    if (!events)
        return std::unexpected(events.error());
    // By hand around the seconds, of which only one is there at a time.
    sink.write(compact(headJson(session)).chopped(1) + ",\"seconds\":[");
    const char *separator = "\n";
    const auto read = forEachFrame(session, progress, [&](const MetricsFrame &frame) {
        const bool isWritten = sink.write(separator + compact(secondJson(frame, session.head().facts)));
        separator = ",\n";
        return isWritten;
    });
    if (!read)
        return read;
    sink.write("\n],\"events\":" + compact(jsonListOf(*events, eventJson)) + "}\n");
    return sink.result();
}

} // namespace Headroom
