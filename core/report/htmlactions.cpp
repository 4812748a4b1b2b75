// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlactions.h"

#include "core/base/humanformat.h"
#include "core/report/actiontext.h"
#include "core/report/htmltable.h"
#include "core/report/htmltargethealth.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShown = 100;
constexpr double kWidth = 800.0; // as the other pictures
constexpr double kLeft = 250.0;
constexpr double kRight = 700.0;
constexpr double kRowHeight = 44.0;

Html textAt(double x, double y, const char *anchor, const QString &text)
{
    return Html::element("text", text,
                         {{"x", coordinate(x)}, {"y", coordinate(y)}, {"text-anchor", QLatin1String(anchor)}});
}

/// A value as a point, its interval as a line to either side, which is broken where that end is open; all rows of the
/// same metric share their scale.
Html estimateHtml(const Estimate &estimate, double highest, double y, const char *lineClass)
{
    const auto x = [highest](double value) { return kLeft + (kRight - kLeft) * std::clamp(value / highest, 0.0, 1.0); };
    const auto side = [&](const std::optional<double> &end, double open, const char *title) {
        const Html name = end ? Html() : Html::element("title", QString::fromLatin1(title));
        const QString openClass = end ? QString() : QStringLiteral(" open");
        return Html::element("line", name,
                             {{"class", QLatin1String(lineClass) + openClass},
                              {"x1", coordinate(x(estimate.value))},
                              {"y1", coordinate(y)},
                              {"x2", coordinate(x(end.value_or(open)))},
                              {"y2", coordinate(y)}});
    };
    Html html = side(estimate.interval.low, 0.0, "open below: too few samples");
    html += side(estimate.interval.high, highest, "open above: too few samples");
    html += Html::element("circle", Html(),
                          {{"class", QLatin1String(lineClass) + QLatin1String(" end")},
                           {"cx", coordinate(x(estimate.value))},
                           {"cy", coordinate(y)},
                           {"r", QStringLiteral("4")}});
    return html;
}

double highestOf(const ReportModel &model, const QString &metric)
{
    constexpr double kRoom = 1.15; // for an open end, beyond all that is known
    double highest = 0.0;
    bool isOpen = false;
    for (const ActionEffect &effect : model.actions | std::views::take(kShown)) {
        for (const EffectMeasure &measure : effect.measures) {
            for (const auto &estimate : {measure.before, measure.after}) {
                if (!estimate || measure.metric != metric)
                    continue;
                highest = std::max({highest, estimate->value, estimate->interval.high.value_or(0.0)});
                isOpen |= !estimate->interval.high;
            }
        }
    }
    return isOpen ? highest * kRoom : highest;
}

/// Before above, after below.
Html rowHtml(const QString &name, const EffectMeasure &measure, double highest, double top)
{
    Html html = textAt(kLeft - 10.0, top + 14.0, "end", name);
    html += textAt(kLeft - 10.0, top + 28.0, "end", measure.metric);
    html += estimateHtml(*measure.before, highest, top + 10.0, "effect before");
    html += estimateHtml(*measure.after, highest, top + 24.0, "effect after");
    html += textAt(kRight + 10.0, top + 14.0, "start",
                   formatRuleValue(measure.before->value, measure.unit) + QStringLiteral(" before"));
    html += textAt(kRight + 10.0, top + 28.0, "start",
                   formatRuleValue(measure.after->value, measure.unit) + QStringLiteral(" after"));
    return html;
}

Html pictureOf(const ReportModel &model)
{
    constexpr qsizetype kLongestName = 36;
    Html rows;
    double top = 4.0;
    for (const ActionEffect &effect : model.actions | std::views::take(kShown)) {
        QString name = model.head.facts.actions[std::size_t(effect.done.action)].name;
        if (name.size() > kLongestName)
            name = name.first(kLongestName) + QChar(0x2026);
        for (const EffectMeasure &measure : effect.measures) {
            const double highest = highestOf(model, measure.metric);
            if (!measure.before || !measure.after || highest <= 0.0)
                continue;
            rows += rowHtml(name, measure, highest, top);
            top += kRowHeight;
        }
    }
    if (rows.isEmpty())
        return {};
    const Html svg = Html::element("svg", rows,
                                   {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(top)},
                                    {"role", QStringLiteral("img")},
                                    {"aria-label", QStringLiteral("Each metric before and after each action")}});
    Html figure =
        Html::element("figcaption", Html::element("strong", QStringLiteral("Before and after, with 95 % intervals; a broken line: open")));
    figure += svg;
    return Html::element("figure", figure,
                         {{"class", QStringLiteral("chart effects")}, {"id", QStringLiteral("effects")}});
}

Html standingHtml(const ActionEffect &effect)
{
    if (const auto &drain = effect.done.drain)
        return Html::element("span", drain->isDrained() ? QStringLiteral("drained") : QStringLiteral("not drained"),
                             {{"class", drain->isDrained() ? QStringLiteral("standing good") : QStringLiteral("standing bad")}});
    const char *standing = !effect.standing || *effect.standing == RuleResult::Standing::Undecided ? "open"
        : *effect.standing == RuleResult::Standing::Met                                            ? "good"
                                                                                                   : "bad";
    return Html::element("span", effectOutcomeText(effect.outcome),
                         {{"class", QLatin1String("standing ") + QLatin1String(standing)}});
}

HtmlTable doneTable(const ReportModel &model)
{
    HtmlTable table("actions-table",
                    {{"Action", false},
                     {"What", false},
                     {"When", false},
                     {"At"},
                     {"Took"},
                     {"Came of it", false},
                     {"Effect", false},
                     {"", false}});
    for (const ActionEffect &effect : model.actions | std::views::take(kShown)) {
        const RunFacts::Action &action = model.head.facts.actions[std::size_t(effect.done.action)];
        const QString name = action.ladder.isEmpty() ? action.name : action.ladder + QStringLiteral(": ") + action.name;
        table.addRow({Html::text(name), Html::element("code", action.text), Html::text(action.when),
                      numberHtml(jsonSeconds(effect.done.at), formatElapsed(effect.done.at)),
                      timeHtml(effect.done.took), Html::text(effect.done.text), standingHtml(effect),
                      Html::text(effectText(effect, action))});
    }
    return table;
}

QString undoneText(const ReportModel &model)
{
    QStringList undone;
    for (int i = 0; const RunFacts::Action &action : model.head.facts.actions) {
        const int index = i++;
        if (!std::ranges::contains(model.actions, index, [](const ActionEffect &effect) { return effect.done.action; }))
            undone << QStringLiteral("%1 (%2)").arg(action.name, action.when);
    }
    return undone.isEmpty()
        ? QString()
        : QStringLiteral("Not done: %1.")
              .arg(undone.first(std::min<qsizetype>(undone.size(), kShown)).join(QStringLiteral(", ")));
}

} // namespace

Html actionsHtml(const ReportModel &model)
{
    if (model.head.facts.actions.empty())
        return {};
    Html html;
    if (const HtmlTable table = doneTable(model); !table.isEmpty())
        html += table.html();
    if (model.actions.size() > kShown)
        html += noteHtml(QStringLiteral("And %1 more; the JSON report lists all.").arg(model.actions.size() - kShown));
    if (const QString undone = undoneText(model); !undone.isEmpty())
        html += noteHtml(undone);
    html += drainsHtml(model);
    html += pictureOf(model);
    return sectionHtml("actions", "Actions", html);
}

} // namespace Headroom
