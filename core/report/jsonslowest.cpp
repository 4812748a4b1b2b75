// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonslowest.h"

#include "core/report/schemaparts.h"

namespace Headroom {

namespace {

const char *keepingName(SampleKeeping keeping)
{
    switch (keeping) {
    case SampleKeeping::All:
        return "all";
    case SampleKeeping::Errors:
        return "errors";
    case SampleKeeping::Sample:
        return "sample";
    case SampleKeeping::Off:
        break;
    }
    return "off";
}

Json openingJson(const std::optional<ConnectionOpening> &opening)
{
    if (!opening)
        return Json::null();
    Json json = jsonObject();
    json["resolve_ms"] = jsonMilliseconds(opening->resolve);
    json["connect_ms"] = jsonMilliseconds(opening->connect);
    json["tls_ms"] = jsonMilliseconds(opening->tls);
    json["resumed"] = opening->isResumed;
    return json;
}

Json requestJson(const ReportModel::SlowRequest &request)
{
    const RawSample &sample = request.exchange.sample;
    Json json = jsonObject();
    json["step"] = jsonText(request.step);
    json["method"] = jsonText(request.exchange.method);
    json["url"] = jsonText(request.exchange.url);
    json["at_s"] = jsonSeconds(sample.planned);
    json["response_ms"] = jsonMilliseconds(sample.responseTime());
    json["send_lag_ms"] = jsonMilliseconds(sample.sent);
    json["service_ms"] = jsonMilliseconds(sample.finished);
    json["first_byte_ms"] = jsonMilliseconds(sample.firstByte);
    json["status"] = sample.status > 0 ? Json(sample.status) : Json::null();
    json["failure"] = sample.failure == FailureKind::None ? Json::null() : jsonText(failureKindName(sample.failure));
    json["bytes_in"] = sample.bytesIn;
    json["opening"] = openingJson(request.exchange.opening);
    return json;
}

} // namespace

Json slowestJson(const ReportModel &model) { return jsonListOf(model.slowest, requestJson); }

Json slowestSchema()
{
    using namespace SchemaParts;
    const Json opening =
        objectOf("The connection that was opened for it; null when one was there, or the transport cannot tell",
                 {{"resolve_ms", number("To look up the name, in ms")},
                  {"connect_ms", number("From the first packet to the connection, in ms")},
                  {"tls_ms", number("The TLS handshake, in ms")},
                  {"resumed", flag("The handshake went on with an earlier session")}});
    return listOf(
        "Slowest requests of the measured window, by response time, of whatever step: at most 10",
        objectOf("One request",
                 {{"step", text("Name of the step")},
                  {"method", text("Method of the request")},
                  {"url", text("Its URL, without user info")},
                  {"at_s", number("Planned start, in s since the start of the run")},
                  {"response_ms", number("End minus planned start, in ms: send_lag_ms + service_ms")},
                  {"send_lag_ms", number("Send minus planned start, in ms")},
                  {"service_ms", number("End minus send, in ms")},
                  {"first_byte_ms", number("First byte minus send, in ms; the rest of service_ms is the transfer")},
                  {"status", orNull(count("HTTP status; null without an answer"))},
                  {"failure", orNull(text("What ended it, of one that our own clock cut off; else null"))},
                  {"bytes_in", count("Body bytes received")},
                  {"opening", orNull(opening)}}));
}

Json samplesJson(const ReportModel &model)
{
    if (!model.samples)
        return Json::null();
    Json json = jsonObject();
    json["keeping"] = keepingName(model.samples->keeping);
    json["kept"] = model.samples->kept;
    json["candidates"] = model.samples->candidates;
    return json;
}

Json samplesSchema()
{
    using namespace SchemaParts;
    return orNull(objectOf(
        "Requests that the session holds whole, each with all of its times, over all seconds",
        {{"keeping",
          word("Which were to be kept: all, up to a million and then a sample; errors and rejections; of each second "
               "a uniform sample; none",
               {"all", "errors", "sample", "off"})},
         {"kept", count("So many are in the session")},
         {"candidates", count("So many could have been kept")}}));
}

} // namespace Headroom
