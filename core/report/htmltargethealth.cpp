// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmltargethealth.h"

#include "core/base/humanformat.h"
#include "core/report/healthtiers.h"
#include "core/report/htmlpicture.h"
#include "core/report/htmltable.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr double kWidth = 800.0; // as the pictures of the charts
constexpr double kLeft = 150.0;
constexpr double kRight = 792.0;
constexpr double kRowHeight = 26.0;
constexpr double kBand = 16.0;
constexpr double kThinBand = 4.0; // being up; not by its colour alone
constexpr std::size_t kMostTiers = 50;
constexpr std::size_t kMostOutages = 500; // drawn of one tier
constexpr qsizetype kLongestName = 22;

/// Draws bands over time; knows where a time lies.
class TiersPicture
{
public:
    TiersPicture(const std::vector<HealthTier> &tiers, double lengthSeconds)
        : m_length(std::max(1.0, lengthSeconds))
    {
        for (const HealthTier &tier : tiers | std::views::take(kMostTiers))
            addTier(tier);
        addTimes();
    }
    Html html() const
    {
        return Html::element("svg", m_content,
                             {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(m_top + 18.0)},
                              {"role", QStringLiteral("img")},
                              {"aria-label", QStringLiteral("When each tier of health was up and down")}});
    }

private:
    double x(double time) const { return kLeft + (kRight - kLeft) * std::clamp(time / m_length, 0.0, 1.0); }
    void addText(double atX, double atY, const char *anchor, const QString &text)
    {
        m_content += Html::element(
            "text", text, {{"x", coordinate(atX)}, {"y", coordinate(atY)}, {"text-anchor", QLatin1String(anchor)}});
    }
    void addBand(const char *color, double from, double to, double height, const QString &title)
    {
        constexpr double kNarrowest = 1.5; // however short it was
        m_content += Html::element("rect", Html::element("title", title),
                                   {{"class", QLatin1String(color)},
                                    {"x", coordinate(x(from))},
                                    {"y", coordinate(m_top + 4.0 + (kBand - height) / 2.0)},
                                    {"width", coordinate(std::max(kNarrowest, x(to) - x(from)))},
                                    {"height", coordinate(height)}});
    }
    void addTier(const HealthTier &tier)
    {
        const bool isLong = tier.name.size() > kLongestName;
        addText(kLeft - 10.0, m_top + 16.0, "end", isLong ? tier.name.first(kLongestName) + QChar(0x2026) : tier.name);
        if (tier.knownSeconds() > 0.0)
            addBand("tier tier-up", tier.from, tier.to, kThinBand, QStringLiteral("%1: up").arg(tier.name));
        for (const HealthTier::Outage &outage : tier.outages | std::views::take(kMostOutages))
            addBand("tier tier-down", outage.from, outage.to, kBand, outage.text);
        m_top += kRowHeight;
    }
    void addTimes()
    {
        const qint64 step = timeStep(m_length);
        for (qint64 time = 0; double(time) <= m_length; time += step)
            addText(x(double(time)), m_top + 14.0, "middle", formatElapsed(std::chrono::seconds(time)));
    }

    double m_length;
    double m_top = 0.0;
    Html m_content;
};

Html legendHtml()
{
    const auto item = [](const char *color, const char *text) {
        Html html = Html::element("span", Html(), {{"class", QLatin1String("swatch ") + QLatin1String(color)}});
        html += Html::element("span", QString::fromLatin1(text), {{"class", QStringLiteral("name")}});
        return Html::element("li", html);
    };
    Html items = item("tier-up", "up (thin)");
    items += item("tier-down", "down");
    return Html::element("ul", items, {{"class", QStringLiteral("legend")}});
}

Html pictureOf(const std::vector<HealthTier> &tiers, const ReportModel &model)
{
    Html figure =
        Html::element("figcaption", Html::element("strong", QStringLiteral("When each tier was up and down")));
    figure += legendHtml();
    figure += TiersPicture(tiers, model.lengthSeconds).html();
    return Html::element("figure", figure,
                         {{"class", QStringLiteral("chart tiers")}, {"id", QStringLiteral("health-tiers")}});
}

HtmlTable tableOf(const std::vector<HealthTier> &tiers)
{
    HtmlTable table(
        "health-tiers-table",
        {{"Tier", false}, {"Looked at"}, {"Up"}, {"Flips"}, {"Outages"}, {"Longest"}, {"It began with", false}});
    for (const HealthTier &tier : tiers) {
        const HealthTier::Outage *longest = tier.longestOutage();
        table.addRow({Html::text(tier.name), secondsHtml(tier.knownSeconds()), shareHtml(tier.upShare()),
                      countHtml(tier.flips), countHtml(tier.outages.size()),
                      longest ? secondsHtml(longest->seconds()) : Html::text(QStringLiteral("–")),
                      Html::text(longest ? longest->text : QString())});
    }
    return table;
}

Html standingHtml(bool isMet)
{
    return Html::element("span", isMet ? QStringLiteral("yes") : QStringLiteral("no"),
                         {{"class", isMet ? QStringLiteral("standing good") : QStringLiteral("standing bad")}});
}

void addDrain(HtmlTable &table, const QString &name, const DrainFindings &found)
{
    table.addRow({Html::text(name), Html::text(QStringLiteral("Work under way is finished")),
                  standingHtml(found.hasFinishedItsWork()), Html::text(workText(found))});
    table.addRow({Html(), Html::text(QStringLiteral("New work is refused")), standingHtml(found.hasRefusedNewWork()),
                  Html::text(refusalText(found))});
    table.addRow({Html(), Html::text(QStringLiteral("It ends within %1").arg(formatDuration(found.within))),
                  standingHtml(found.hasEndedInTime()), Html::text(endText(found))});
}

} // namespace

Html targetHealthHtml(const ReportModel &model)
{
    const std::vector<HealthTier> tiers = healthTiersOf(model);
    Html html;
    if (!tiers.empty()) {
        html += pictureOf(tiers, model);
        html += tableOf(tiers).html();
    }
    if (const auto &ready = model.head.facts.timeToReady) {
        Html note = Html::text(QStringLiteral("Ready after "));
        note += numberHtml(jsonSeconds(*ready), formatDuration(*ready));
        note += Html::text(QStringLiteral(", from its start by the run, or from when the run began to wait for it."));
        html += Html::element("p", note, {{"class", QStringLiteral("note")}});
    }
    return html.isEmpty() ? html : sectionHtml("target-health", "Health of the target", html);
}

Html drainsHtml(const ReportModel &model)
{
    HtmlTable table("drains-table",
                    {{"Told to end", false}, {"Asked", false}, {"Held", false}, {"What was found", false}});
    for (const ActionEffect &effect : model.actions) {
        if (effect.done.drain)
            addDrain(table, model.head.facts.actions[std::size_t(effect.done.action)].name, *effect.done.drain);
    }
    return table.isEmpty() ? Html() : table.html();
}

} // namespace Headroom
