// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartchoices.h"

#include "ui/charts/axistext.h"
#include "ui/charts/linelook.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr qsizetype kMaxNameLength = 1000;
constexpr std::size_t kMostOfOneChart = 60; // of a chart, with its own

struct ChoiceTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChartChoices)
};

const ChartSpec *specOf(const std::vector<ChartSpec> &charts, const QString &id)
{
    const auto found = std::ranges::find(charts, id, &ChartSpec::id);
    return found == charts.end() ? nullptr : &*found;
}

const ChartSpec::Line *lineOf(const ChartSpec &chart, const QString &name)
{
    const auto found = std::ranges::find(chart.lines, name, &ChartSpec::Line::name);
    return found == chart.lines.end() ? nullptr : &*found;
}

/// The first that no line of the chart has, else the first that none has with the same stroke.
std::size_t freeColor(const ChartSpec &chart, const ChartSpec::Line &line)
{
    const auto isTaken = [&](std::size_t color, bool isByStrokeToo) {
        const ChartSpec::Line wanted{.name = {}, .color = color, .isDashed = line.isDashed};
        return std::ranges::any_of(chart.lines, [&](const ChartSpec::Line &other) {
            return other.color % kLineColors == color % kLineColors && (!isByStrokeToo || strokeOf(other) == strokeOf(wanted));
        });
    };
    std::size_t index = 0;
    while (isTaken(lineColor(index), index >= kLineColors) && index < kMostOfOneChart)
        ++index;
    return lineColor(index);
}

void addLine(ChartSpec &chart, const ChartSpec &home, const ChartSpec::Line &line)
{
    if (!refusalOf(chart, home, line).isEmpty())
        return;
    ChartSpec::Line added = line;
    added.name = lineOf(chart, line.name) ? QStringLiteral("%1: %2").arg(home.title, line.name) : line.name;
    added.color = freeColor(chart, line);
    added.isShownAtFirst = true;
    added.unit = home.unit == chart.unit ? std::nullopt : std::optional(home.unit);
    added.home = home.id;
    added.homeName = line.name;
    chart.lines.push_back(std::move(added));
}

void addBand(ChartSpec &chart, const ChartChoices::Band &band)
{
    const ChartSpec::Line *line = lineOf(chart, band.line);
    if (!line)
        return;
    const ChartSpec::Unit unit = chart.unitOf(*line);
    const bool isRight = line->unit.has_value();
    chart.bands.push_back({band.low, band.high, line->color, isRight});
    chart.bounds.push_back({band.low, QStringLiteral("%1 >= %2").arg(band.line, valueText(band.low, unit)), line->color, isRight});
    chart.bounds.push_back({band.high, QStringLiteral("%1 <= %2").arg(band.line, valueText(band.high, unit)), line->color, isRight});
}

QString nameIn(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toString().left(kMaxNameLength);
}

} // namespace

QString refusalOf(const ChartSpec &chart, const ChartSpec &home, const ChartSpec::Line &line)
{
    const auto isIt = [&](const ChartSpec::Line &shown) {
        return shown.isAdded() ? shown.home == home.id && shown.homeName == line.name : shown.column == line.column;
    };
    if (chart.id == home.id || std::ranges::any_of(chart.lines, isIt))
        return ChoiceTexts::tr("it stands in this chart already");
    if (chart.lines.size() >= kMostOfOneChart)
        return ChoiceTexts::tr("the chart is full");
    const auto right = chart.rightUnit();
    if (home.unit != chart.unit && right && *right != home.unit)
        return ChoiceTexts::tr("the chart has axes for %1 and %2 already").arg(unitName(chart.unit), unitName(*right));
    return {};
}

std::vector<ChartSpec> withChoices(std::vector<ChartSpec> charts, const std::vector<ChartSpec> &others,
                                   const ChartChoices &choices)
{
    if (choices.isEmpty())
        return charts;
    std::vector<ChartSpec> homes = charts;
    homes.insert(homes.end(), others.begin(), others.end());
    for (const ChartChoices::Added &added : choices.lines) {
        const auto chart = std::ranges::find(charts, added.chart, &ChartSpec::id);
        const ChartSpec *home = specOf(homes, added.home);
        const ChartSpec::Line *line = home ? lineOf(*home, added.line) : nullptr;
        if (line && chart != charts.end())
            addLine(*chart, *home, *line);
    }
    for (const ChartChoices::Band &band : choices.bands) {
        const auto chart = std::ranges::find(charts, band.chart, &ChartSpec::id);
        if (chart != charts.end())
            addBand(*chart, band);
    }
    return charts;
}

ChartChoices withMovedCounts(ChartChoices choices, const std::vector<ChartSpec> &charts)
{
    const auto follow = [&charts](QString &chart, const QString &line) {
        const auto hasIt = [&line](const ChartSpec &one) {
            return (one.id == ChartSpec::kHealth || one.id.startsWith(ChartSpec::kCounts)) && lineOf(one, line);
        };
        const auto found = chart == ChartSpec::kQueues ? std::ranges::find_if(charts, hasIt) : charts.end();
        if (found != charts.end())
            chart = found->id;
    };
    for (ChartChoices::Added &added : choices.lines)
        follow(added.home, added.line);
    for (ChartChoices::Band &band : choices.bands)
        follow(band.chart, band.line);
    return choices;
}

QString ChartChoices::text() const
{
    QJsonArray ofLines, ofBands;
    for (const Added &line : lines)
        ofLines.append(QJsonObject{{QStringLiteral("chart"), line.chart},
                                   {QStringLiteral("home"), line.home},
                                   {QStringLiteral("line"), line.line}});
    for (const Band &band : bands)
        ofBands.append(QJsonObject{{QStringLiteral("chart"), band.chart},
                                   {QStringLiteral("line"), band.line},
                                   {QStringLiteral("low"), band.low},
                                   {QStringLiteral("high"), band.high}});
    const QJsonObject whole{{QStringLiteral("lines"), ofLines}, {QStringLiteral("bands"), ofBands}};
    return isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

ChartChoices ChartChoices::fromText(const QString &text)
{
    const QJsonObject whole = QJsonDocument::fromJson(text.toUtf8()).object();
    const QLatin1StringView kChart("chart"), kLine("line");
    ChartChoices choices;
    for (const QJsonValue &value : whole.value(QLatin1StringView("lines")).toArray()) {
        const QJsonObject one = value.toObject();
        Added added{nameIn(one, kChart), nameIn(one, QLatin1StringView("home")), nameIn(one, kLine)};
        const bool isWhole = !added.chart.isEmpty() && !added.home.isEmpty() && !added.line.isEmpty();
        if (isWhole && choices.lines.size() < kMost && !std::ranges::contains(choices.lines, added))
            choices.lines.push_back(std::move(added));
    }
    for (const QJsonValue &value : whole.value(QLatin1StringView("bands")).toArray()) {
        const QJsonObject one = value.toObject();
        Band band{nameIn(one, kChart), nameIn(one, kLine), one.value(QLatin1StringView("low")).toDouble(NAN),
                  one.value(QLatin1StringView("high")).toDouble(NAN)};
        const bool isWhole = !band.chart.isEmpty() && !band.line.isEmpty() && band.low < band.high // no NaN either
            && std::isfinite(band.low) && std::isfinite(band.high);
        if (isWhole && choices.bands.size() < kMost)
            choices.bands.push_back(std::move(band));
    }
    return choices;
}

} // namespace Headroom
