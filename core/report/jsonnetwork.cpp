// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonnetwork.h"

#include "core/report/jsonblock.h"
#include "core/report/schemaparts.h"

namespace Headroom {

Json firstByteJson(const FirstByteTimes &window, const RequestCounts &counts)
{
    return latencyJson(window.times, counts.censored, [&](double quantile) { return window.interval(quantile); });
}

Json openingsJson(const ReportModel &model)
{
    if (!model.network.openings)
        return Json::null();
    const OpeningSet &openings = *model.network.openings;
    Json json = jsonObject();
    json["opened"] = openings.opened();
    json["resumed"] = openings.resumed();
    json["resolve_ms"] = lagJson(openings[OpeningPart::Resolve]);
    json["connect_ms"] = lagJson(openings[OpeningPart::Connect]);
    json["tls_ms"] = lagJson(openings[OpeningPart::Tls]);
    return json;
}

void addNetworkColumns(Json &series, const std::vector<ReportModel::SeriesRow> &rows)
{
    using Row = ReportModel::SeriesRow;
    series["first_byte_p50_ms"] = jsonListOf(rows, [](const Row &row) { return jsonMilliseconds(row.firstByteP50Ms); });
    series["first_byte_p95_ms"] = jsonListOf(rows, [](const Row &row) { return jsonMilliseconds(row.firstByteP95Ms); });
    series["first_byte_p99_ms"] = jsonListOf(rows, [](const Row &row) { return jsonMilliseconds(row.firstByteP99Ms); });
    series["opened"] = jsonListOf(rows, [](const Row &row) { return row.opened ? Json(*row.opened) : Json::null(); });
}

Json openingsSchema()
{
    using namespace SchemaParts;
    return orNull(
        objectOf("Connections that were opened, over all seconds: those that are kept are opened before anything is "
                 "measured. null when the transport cannot tell",
                 {{"opened", count("Connections, whatever became of their first request")},
                  {"resumed", count("Of these, with the TLS session of an earlier one")},
                  {"resolve_ms", reference("To look up the name, where one was looked up", "lag")},
                  {"connect_ms", reference("From the first packet to the connection", "lag")},
                  {"tls_ms", reference("The TLS handshake, where there was one", "lag")}}));
}

} // namespace Headroom
