// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/profilereport.h"

#include "core/base/humanformat.h"
#include "core/base/timelink.h"
#include "core/report/flamepicture.h"
#include "core/report/htmltable.h"
#include "core/report/schemaparts.h"

#include <cmath>

namespace Headroom {

namespace {

using namespace SchemaParts;

constexpr std::size_t kHottest = 20; // that are listed
constexpr std::size_t kHottestShown = 8;

Json functionJson(const StackTree::Function &function)
{
    Json json = jsonObject();
    json["function"] = jsonText(function.name);
    json["self"] = function.self;
    json["total"] = function.total;
    return json;
}

Json profileJson(const ProfileFigures &profile)
{
    const StackTree &tree = profile.tree;
    Json json = jsonObject();
    json["name"] = jsonText(profile.name);
    json["t_s"] = jsonSeconds(profile.at);
    json["samples"] = tree.samples();
    json["levels"] = tree.levels();
    json["skipped_lines"] = tree.skippedLines();
    json["cut"] = tree.isCut();
    json["hottest"] = jsonListOf(tree.hottest(kHottest), functionJson);
    return json;
}

Html hottestHtml(const StackTree &tree, std::size_t number)
{
    const QByteArray id = "hottest-" + QByteArray::number(qulonglong(number));
    HtmlTable table(id.constData(),
                    {{"Function", false},
                     {"Its own", true, "Samples in which it ran itself"},
                     {"With what it called", true, "Samples with it in their stack"}});
    for (const StackTree::Function &function : tree.hottest(kHottestShown))
        table.addRow({Html::element("code", function.name), partHtml(function.self, tree.samples()),
                      partHtml(function.total, tree.samples())});
    return table.html();
}

Html profileHtml(const ProfileFigures &profile, std::size_t number)
{
    const StackTree &tree = profile.tree;
    Html words = Html::element("strong", profile.name);
    QString remark =
        QStringLiteral("%1 samples, from %2 on").arg(formatCount(tree.samples()), formatElapsed(profile.at));
    if (tree.isCut() || tree.levels() > kMostFlameRows)
        remark += QStringLiteral("; the deepest stacks are cut");
    if (tree.skippedLines() > 0)
        remark += QStringLiteral("; %1 lines were no stacks").arg(formatCount(tree.skippedLines()));
    words += Html::element("span", remark, {{"class", QStringLiteral("note")}});
    Html figure = Html::element("figcaption", words);
    figure += flameHtml(tree, QStringLiteral("Flame graph of ") + profile.name);
    Html html = Html::element("figure", figure, {{"class", QStringLiteral("chart flame")}});
    html += hottestHtml(tree, number);
    return html;
}

/// Ends of the run, in ms since 1970.
std::pair<qint64, qint64> spanOf(const ReportModel &model)
{
    return {model.head.startedAtMs, model.head.startedAtMs + qint64(std::llround(model.lengthSeconds * 1000.0))};
}

} // namespace

Json profilesJson(const ReportModel &model) { return jsonListOf(model.profiles, profileJson); }

Json profilesSchema()
{
    return listOf("Where processes spent their time: the first folded stacks that lie in the session",
                  objectOf("One profile",
                           {{"name", text("Its file among the attachments")},
                            {"t_s", number("When it was begun, in s since the start of the run")},
                            {"samples", count("Stacks that were seen")},
                            {"levels", count("Functions in the deepest of them")},
                            {"skipped_lines", count("Lines of the file that are no stack with a count")},
                            {"cut", flag("True when some stacks are shorter here than they were")},
                            {"hottest",
                             listOf("Functions with the most samples of their own, at most 20",
                                    objectOf("One function",
                                             {{"function", text("Its name")},
                                              {"self", count("Samples in which it ran itself")},
                                              {"total", count("Samples with it in their stack")}}))}}));
}

Html profilesHtml(const ReportModel &model)
{
    Html html;
    for (std::size_t number = 1; const ProfileFigures &profile : model.profiles)
        html += profileHtml(profile, number++);
    return sectionHtml("profiles", "Where the time went", html);
}

Json dashboardsJson(const ReportModel &model)
{
    const auto [from, to] = spanOf(model);
    return jsonListOf(model.head.facts.dashboards, [=](const auto &dashboard) {
        Json json = jsonObject();
        json["name"] = jsonText(dashboard.first);
        json["url"] = jsonTextOrNull(QString::fromLatin1(timeLink(dashboard.second, from, to).toEncoded()));
        return json;
    });
}

Json dashboardsSchema()
{
    return listOf("Pages that show the time of the run elsewhere, in the scenario's order",
                  objectOf("One page",
                           {{"name", text("Its name in the scenario")},
                            {"url", orNull(text("Its address, with the ends of the run in it"))}}));
}

Html dashboardsHtml(const ReportModel &model)
{
    const auto [from, to] = spanOf(model);
    Html items;
    for (const auto &[name, address] : model.head.facts.dashboards) {
        const QUrl url = timeLink(address, from, to);
        const Html item = url.isValid() ? Html::element("a", name,
                                                        {{"href", QString::fromLatin1(url.toEncoded())},
                                                         {"rel", QStringLiteral("noopener noreferrer")},
                                                         {"target", QStringLiteral("_blank")}})
                                        : Html::text(name);
        items += Html::element("li", item);
    }
    return items.isEmpty() ? Html()
                           : sectionHtml("dashboards", "The same time elsewhere",
                                         Html::element("ul", items, {{"class", QStringLiteral("dashboards")}}));
}

} // namespace Headroom
