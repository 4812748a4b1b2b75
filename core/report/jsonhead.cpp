// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonhead.h"

#include "core/metrics/connectionwords.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

namespace Headroom {

namespace {

Json wallClock(qint64 milliseconds)
{
    if (milliseconds <= 0)
        return Json::null();
    return jsonTextOrNull(QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC).toString(Qt::ISODateWithMs));
}

Json plannedStageJson(const RunFacts::Stage &stage)
{
    Json json = jsonObject();
    json["name"] = jsonText(stage.name);
    json["start_s"] = jsonSeconds(stage.start);
    json["length_s"] = jsonSeconds(stage.length);
    json["from"] = jsonNumber(stage.from);
    json["to"] = jsonNumber(stage.to);
    json["warm_up"] = stage.isWarmUp;
    return json;
}

} // namespace

Json toolJson(const ReportModel &model)
{
    Json json = jsonObject();
    json["name"] = "headroom";
    json["version"] = jsonText(model.head.toolVersion);
    return json;
}

Json sessionJson(const ReportModel &model)
{
    Json json = jsonObject();
    json["started_at"] = wallClock(model.head.startedAtMs);
    json["ended_at"] = wallClock(model.endedAtMs);
    json["duration_s"] = jsonSeconds(model.lengthSeconds);
    json["closed_cleanly"] = model.wasClosedCleanly;
    json["ending"] = model.ending ? jsonText(endingName(model.ending->reason)) : Json::null();
    json["ending_text"] = model.ending ? jsonTextOrNull(model.ending->text) : Json::null();
    json["unfinished"] = model.ending ? Json(model.ending->unfinished) : Json::null();
    return json;
}

Json scenarioJson(const SessionHead &head)
{
    Json json = jsonObject();
    json["name"] = jsonText(head.facts.name);
    json["file"] = jsonTextOrNull(head.scenarioFile);
    json["sha256"] = QCryptographicHash::hash(head.scenarioText, QCryptographicHash::Sha256).toHex().toStdString();
    json["text"] = jsonText(QString::fromUtf8(head.scenarioText));
    json["profiles"] = jsonListOf(head.facts.profiles, jsonText);
    json["overrides"] = jsonListOf(head.overrides, [](const auto &change) {
        Json one = jsonObject();
        one["path"] = jsonText(change.first);
        one["value"] = jsonText(change.second);
        return one;
    });
    return json;
}

Json environmentJson(const SessionHead &head)
{
    Json json = jsonObject();
    for (const auto &[name, value] : head.environment)
        json.try_emplace(name.toUtf8().toStdString(), jsonText(value));
    return json;
}

Json batchesJson(const RunFacts::Batches &batches)
{
    Json json = jsonObject();
    json["count"] = batches.count;
    json["size"] = batches.size;
    return json;
}

Json connectionsJson(const RunFacts &facts)
{
    const RunFacts::Connections &made = facts.connections;
    Json json = jsonObject();
    json["words"] = jsonText(connectionWords(facts));
    json["http"] = made.isHttp2 ? "2" : "1.1";
    json["reused"] = made.isReused;
    json["streams"] = made.streams;
    json["family"] = jsonText(made.family);
    json["resolved_each_time"] = made.isResolvedEachTime;
    json["socket"] = jsonTextOrNull(made.socket);
    json["from"] = jsonListOf(made.sources, jsonText);
    json["tls"] = made.isTls;
    json["verified"] = made.isTls ? Json(made.isVerified) : Json::null();
    json["resumed"] = made.isTls ? Json(made.isResumed) : Json::null();
    json["own_authorities"] = made.hasAuthorities;
    json["client_certificate"] = made.hasCertificate;
    json["server_name"] = jsonTextOrNull(made.serverName);
    return json;
}

Json loadJson(const RunFacts &facts)
{
    Json json = jsonObject();
    json["target"] = jsonText(facts.target);
    json["transport"] = jsonText(facts.transport);
    json["connections"] = facts.transport == QLatin1String("lines") ? Json::null() : connectionsJson(facts);
    json["model"] = facts.isOpenModel ? "open" : "closed";
    json["seed"] = facts.seed;
    json["workers"] = facts.workers;
    json["users_cap"] = facts.userCap ? Json(*facts.userCap) : Json::null();
    json["late"] = facts.isOpenModel ? jsonTextOrNull(facts.latePolicy) : Json::null();
    json["spacing"] = facts.isOpenModel ? jsonTextOrNull(facts.spacing) : Json::null();
    json["iterations"] = facts.iterations ? Json(*facts.iterations) : Json::null();
    json["iterations_each"] = facts.iterationsEach ? Json(*facts.iterationsEach) : Json::null();
    json["batches"] = facts.batches ? batchesJson(*facts.batches) : Json::null();
    json["planned_length_s"] = jsonSeconds(facts.plannedLength);
    json["stages"] = jsonListOf(facts.stages, plannedStageJson);
    return json;
}

} // namespace Headroom
