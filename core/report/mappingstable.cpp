// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/mappingstable.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"
#include "core/report/schemaparts.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace Headroom {

namespace {

using Row = MappingsTable::Row;
using Moment = MappingsLook::Moment;

constexpr std::size_t kMostLooks = 200; // a merged session has two for each probe of each run

/// The two looks of one probe; null: there is none.
struct Pair
{
    const MappingsLook *start = nullptr;
    const MappingsLook *end = nullptr;
};

std::optional<std::uint64_t> bytesOf(const MappingsLook *look, const QString &name)
{
    if (!look)
        return std::nullopt;
    const auto &holders = look->mappings.holders;
    const auto found = std::ranges::find(holders, name, &MemoryMappings::Holder::name);
    if (found != holders.end())
        return found->bytes;
    // Less than the last of those that were kept, unless all were.
    return holders.size() < MemoryMappings::kMostHolders ? std::optional<std::uint64_t>(0) : std::nullopt;
}

std::optional<std::uint64_t> totalOf(const MappingsLook *look)
{
    return look ? std::optional(look->mappings.totalBytes) : std::nullopt;
}

std::vector<Row> rowsOf(const Pair &pair)
{
    std::map<QString, std::uint64_t> most; // of both
    for (const MappingsLook *look : {pair.start, pair.end}) {
        for (const auto &[name, bytes] : look ? look->mappings.holders : std::vector<MemoryMappings::Holder>())
            most[name] = std::max(most[name], bytes);
    }
    std::vector<std::pair<QString, std::uint64_t>> ranked(most.begin(), most.end());
    std::ranges::stable_sort(ranked, std::ranges::greater(), &std::pair<QString, std::uint64_t>::second);
    if (ranked.size() > MappingsTable::kMostRows)
        ranked.resize(MappingsTable::kMostRows);
    std::vector<Row> rows;
    for (const auto &[name, bytes] : ranked)
        rows.push_back({name, bytesOf(pair.start, name), bytesOf(pair.end, name)});
    return rows;
}

bool wasWhole(const MappingsLook *look) { return !look || look->mappings.isWhole; }

Json countOrNull(std::optional<std::uint64_t> count) { return count ? Json(*count) : Json::null(); }

void addBytes(Json &json, const Row &row)
{
    json["start_bytes"] = countOrNull(row.start);
    json["end_bytes"] = countOrNull(row.end);
    json["growth_bytes"] = jsonNumber(row.growth());
}

Html bytesOrDash(std::optional<std::uint64_t> bytes)
{
    return bytes ? bytesHtml(*bytes) : numberHtml(Json::null(), {});
}

void addRow(HtmlTable &table, const QString &probe, const QString &holder, const Row &row)
{
    table.addRow({Html::text(probe), Html::text(holder), bytesOrDash(row.start), bytesOrDash(row.end),
                  numberHtml(jsonNumber(row.growth()), growthText(row))});
}

} // namespace

std::optional<double> MappingsTable::Row::growth() const
{
    return start && end ? std::optional(double(*end) - double(*start)) : std::nullopt;
}

QString growthText(const MappingsTable::Row &row)
{
    const std::optional<double> bytes = row.growth();
    if (!bytes)
        return {};
    return (*bytes < 0.0       ? QStringLiteral("\u2212")
                : *bytes > 0.0 ? QStringLiteral("+")
                               : QString())
        + formatBytes(std::abs(*bytes));
}

std::vector<MappingsTable> mappingsTables(const std::vector<MappingsLook> &looks)
{
    std::vector<std::pair<QString, Pair>> pairs;
    for (const MappingsLook &look : looks) {
        auto known = std::ranges::find(pairs, look.probe, &std::pair<QString, Pair>::first);
        if (known == pairs.end())
            known = pairs.insert(pairs.end(), {look.probe, {}});
        if (look.moment == Moment::End)
            known->second.end = &look;
        else if (!known->second.start)
            known->second.start = &look;
    }
    std::vector<MappingsTable> tables;
    for (const auto &[probe, pair] : pairs)
        tables.push_back({probe,
                          {{}, totalOf(pair.start), totalOf(pair.end)},
                          rowsOf(pair),
                          wasWhole(pair.start) && wasWhole(pair.end)});
    return tables;
}

Result<std::vector<MappingsLook>> mappingsIn(const SessionReader &session)
{
    std::vector<MappingsLook> looks;
    const auto &entries = session.attachments();
    for (std::size_t i = 0; i < entries.size() && looks.size() < kMostLooks; ++i) {
        if (entries[i].mediaType != QLatin1String(MappingsLook::kMediaType)
            || entries[i].size > MappingsLook::kMostBytes)
            continue;
        const auto attachment = session.attachment(i);
        if (!attachment)
            return std::unexpected(attachment.error());
        if (auto look = mappingsLookIn(attachment->bytes))
            looks.push_back(std::move(*look));
    }
    return looks;
}

Json mappingsJson(const ReportModel &model)
{
    return jsonListOf(mappingsTables(model.mappings), [](const MappingsTable &table) {
        Json json = jsonObject();
        json["probe"] = jsonText(table.probe);
        json["is_whole"] = table.isWhole;
        addBytes(json, table.total);
        json["top"] = jsonListOf(table.rows, [](const Row &row) {
            Json one = jsonObject();
            one["name"] = jsonText(row.name);
            addBytes(one, row);
            return one;
        });
        return json;
    });
}

Json mappingsSchema()
{
    using namespace SchemaParts;
    const Fields bytes{{"start_bytes", orNull(count("In the machine's memory just before the load"))},
                       {"end_bytes", orNull(count("At the end of the load, or when a rule stopped it"))},
                       {"growth_bytes", numberOrNull("The difference; negative when it has shrunk")}};
    const Json row = objectOf("One of them",
                              with({{"name", text("A file by its name, or [heap], anonymous, shared memory")}}, bytes));
    return listOf(
        "What held the memory of watched processes, before the load and after it",
        objectOf(
            "Of one probe",
            with(with({{"probe", text("Its name")}, {"is_whole", flag("Whether nothing had to be left out")}}, bytes),
                 {{"top", listOf("The ten that held most, at the start or at the end", row)}})));
}

Html mappingsHtml(const ReportModel &model)
{
    HtmlTable table("mappings-table",
                    {{"Probe", false}, {"Memory held by", false}, {"Before the load"}, {"After it"}, {"Growth"}});
    bool isWhole = true;
    for (const MappingsTable &of : mappingsTables(model.mappings)) {
        addRow(table, of.probe, QStringLiteral("all together"), of.total);
        for (const Row &row : of.rows)
            addRow(table, of.probe, row.name, row);
        isWhole = isWhole && of.isWhole;
    }
    if (table.isEmpty())
        return {};
    Html html = table.html();
    if (!isWhole)
        html += noteHtml(QStringLiteral("Some mappings were left out: there were too many to be read in a second."));
    return sectionHtml("mappings", "Memory mappings", html);
}

} // namespace Headroom
