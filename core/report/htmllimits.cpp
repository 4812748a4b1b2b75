// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmllimits.h"

#include "core/report/limittext.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

constexpr double kWidth = 800.0; // as the pictures of the charts, so that times stand below each other
constexpr double kLeft = 66.0;
constexpr double kRight = 792.0;
constexpr double kHeight = 24.0;
constexpr std::array kBySeverity{LimitedBy::Nothing, LimitedBy::Plan, LimitedBy::Target, LimitedBy::Generator};

int severityOf(LimitedBy by) { return int(std::ranges::find(kBySeverity, by) - kBySeverity.begin()); }

/// Slices in a row that are limited alike.
struct Stretch
{
    double from = 0.0;
    double to = 0.0;
    LimitedBy by = LimitedBy::Nothing;
};

/// A slice is limited as the worst of its seconds.
std::vector<Stretch> stretchesOf(const ReportModel &model, const std::vector<HtmlSlice> &slices)
{
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const HtmlSlice &slice = slices[i];
        if (slice.begin == slice.end)
            continue;
        LimitedBy worst = LimitedBy::Nothing;
        for (std::size_t row = slice.begin; row < slice.end; ++row) {
            if (severityOf(model.series[row].limitedBy) > severityOf(worst))
                worst = model.series[row].limitedBy;
        }
        const double from = slice.second;
        const double to = i + 1 < slices.size() ? slices[i + 1].second : from + double(slice.end - slice.begin);
        if (!stretches.empty() && stretches.back().by == worst && stretches.back().to == from)
            stretches.back().to = to;
        else
            stretches.push_back({from, to, worst});
    }
    return stretches;
}

Html stripHtml(const std::vector<Stretch> &stretches, double lengthSeconds)
{
    const double length = std::max(1.0, lengthSeconds);
    const auto number = [](double value) { return QString::number(value, 'f', 1); };
    Html rects;
    for (const Stretch &stretch : stretches) {
        const double left = kLeft + (kRight - kLeft) * std::clamp(stretch.from / length, 0.0, 1.0);
        const double right = kLeft + (kRight - kLeft) * std::clamp(stretch.to / length, 0.0, 1.0);
        const double height = kHeight * (severityOf(stretch.by) + 1) / double(kBySeverity.size());
        rects += Html::element("rect", Html(),
                               {{"class", QStringLiteral("limit limit-") + limitedByName(stretch.by)},
                                {"x", number(left)},
                                {"y", number(kHeight - height)},
                                {"width", number(right - left)},
                                {"height", number(height)}});
    }
    return Html::element("svg", rects,
                         {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                          {"role", QStringLiteral("img")},
                          {"aria-label", QStringLiteral("What limited each second, over time")}});
}

Html legendHtml(const Validity &validity)
{
    Html items;
    for (const LimitedBy by : kBySeverity) {
        Html item = Html::element("span", Html(), {{"class", QStringLiteral("swatch limit-") + limitedByName(by)}});
        const QString words =
            QStringLiteral("%1: %2 s").arg(limitedByText(by)).arg(validity.limitedSeconds[std::size_t(by)]);
        item += Html::element("span", words, {{"class", QStringLiteral("name")}});
        items += Html::element("li", item);
    }
    return Html::element("ul", items, {{"class", QStringLiteral("legend")}});
}

} // namespace

Html limitsHtml(const ReportModel &model, const std::vector<HtmlSlice> &slices)
{
    Html caption = Html::element("strong", QStringLiteral("Limited by"));
    const QString sentence = limitSentence(model.validity);
    const QString remark = sentence.isEmpty() ? QStringLiteral("Nothing held the load back.") : sentence;
    caption += Html::element("span", remark, {{"class", QStringLiteral("note")}});
    Html figure = Html::element("figcaption", caption);
    figure += legendHtml(model.validity);
    figure += stripHtml(stretchesOf(model, slices), model.lengthSeconds);
    return Html::element("figure", figure, {{"class", QStringLiteral("limits")}, {"id", QStringLiteral("limits")}});
}

Json limitsJson(const ReportModel &model, const std::vector<HtmlSlice> &slices)
{
    Json json = jsonList();
    for (const Stretch &stretch : stretchesOf(model, slices)) {
        if (stretch.by == LimitedBy::Nothing)
            continue;
        Json one = jsonObject();
        one["from"] = jsonSeconds(stretch.from);
        one["to"] = jsonSeconds(stretch.to);
        one["by"] = jsonText(limitedByName(stretch.by));
        one["height"] = severityOf(stretch.by);
        json.push_back(std::move(one));
    }
    return json;
}

} // namespace Headroom
