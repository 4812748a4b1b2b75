// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmllimit.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Verdict = LimitProbe::Verdict;

constexpr double kWidth = 800.0;
constexpr double kHeight = 260.0;
constexpr double kLeft = 66.0; // room for the values
constexpr double kRight = 784.0;
constexpr double kTop = 22.0; // above: what the upright lines mean
constexpr double kBottom = 226.0; // below: the rates
constexpr double kRadius = 4.5;
constexpr double kMostOverObjective =
    4.0; // a p95 of a broken rate may be anything; what is far above stands at the top

QString rateText(double perSecond) { return formatRate(Rate::perSecond(perSecond)); }

/// The next round number that is not below a value; its quarters are round as well.
double roundedUp(double value)
{
    if (!(value > 0.0) || !std::isfinite(value))
        return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0}) {
        if (value <= step * power)
            return step * power;
    }
    return 10.0 * power;
}

/// The bound of a rule on the p95 of all steps, when there is one.
std::optional<double> objectiveOf(const ReportModel &model)
{
    for (const RuleResult &result : model.rules) {
        const Rule &rule = result.rule;
        const bool isUpper =
            rule.comparison == Rule::Comparison::Less || rule.comparison == Rule::Comparison::LessOrEqual;
        if (rule.metric == Rule::Metric::Quantile && rule.quantile == 0.95 && rule.selector.isEmpty()
            && !rule.isServiceTime && isUpper)
            return rule.bound;
    }
    return std::nullopt;
}

std::vector<LimitProbe> drawnProbes(const LimitFinding &finding)
{
    std::vector<LimitProbe> probes;
    std::ranges::copy_if(finding.probes, std::back_inserter(probes),
                         [](const LimitProbe &probe) { return probe.p95Ms && probe.verdict != Verdict::Running; });
    std::ranges::stable_sort(probes, {}, &LimitProbe::ratePerSecond);
    return probes;
}

/// Draws; knows where a rate and a time lie.
class LimitPicture
{
public:
    LimitPicture(const LimitFinding &finding, std::vector<LimitProbe> probes, std::optional<double> objective)
        : m_finding(finding)
        , m_probes(std::move(probes))
        , m_objective(objective)
    {
        const double highest = *std::ranges::max_element(m_probes, {}, &LimitProbe::p95Ms)->p95Ms;
        const double shown = objective && *objective > 0.0
            ? std::clamp(highest, *objective * 1.2, *objective * kMostOverObjective)
            : highest;
        m_top = roundedUp(shown);
        m_end = roundedUp(m_probes.back().ratePerSecond * 1.02);
    }

    Html html()
    {
        addBracket();
        addLevels();
        addCurve();
        addObjective();
        addUpright("knee", m_finding.knee ? std::optional(m_finding.knee->x) : std::nullopt, QStringLiteral("knee"));
        for (const LimitProbe &probe : m_probes)
            addProbe(probe);
        return Html::element("svg", m_content,
                             {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                              {"role", QStringLiteral("img")},
                              {"aria-label", QStringLiteral("95th percentile of the response time over the rate")}});
    }

private:
    double x(double rate) const { return kLeft + (kRight - kLeft) * std::clamp(rate / m_end, 0.0, 1.0); }
    double y(double ms) const { return kBottom - (kBottom - kTop) * std::clamp(ms / m_top, 0.0, 1.0); }

    void addStroke(const char *strokeClass, double x1, double y1, double x2, double y2)
    {
        m_content += Html::element("line", Html(),
                                   {{"class", QLatin1String(strokeClass)},
                                    {"x1", coordinate(x1)},
                                    {"y1", coordinate(y1)},
                                    {"x2", coordinate(x2)},
                                    {"y2", coordinate(y2)}});
    }
    void addText(double atX, double atY, const char *anchor, const QString &text)
    {
        m_content += Html::element(
            "text", text, {{"x", coordinate(atX)}, {"y", coordinate(atY)}, {"text-anchor", QLatin1String(anchor)}});
    }
    void addLevels()
    {
        constexpr int kLevels = 4;
        for (int level = 0; level <= kLevels; ++level) {
            const double value = m_top * level / kLevels;
            addStroke("grid", kLeft, y(value), kRight, y(value));
            addText(kLeft - 6.0, y(value) + 4.0, "end",
                    level == 0 ? QStringLiteral("0 ms") : formatRuleValue(value, Rule::Unit::Duration));
            addText(x(m_end * level / kLevels), kBottom + 18.0, "middle", rateText(m_end * level / kLevels));
        }
    }
    void addBracket()
    {
        const auto &low = m_finding.sustainablePerSecond;
        const auto &high = m_finding.brokenPerSecond;
        if (!low || !high)
            return;
        m_content += Html::element("rect", Html(),
                                   {{"class", QStringLiteral("bracket")},
                                    {"x", coordinate(x(*low))},
                                    {"y", coordinate(kTop)},
                                    {"width", coordinate(std::max(1.0, x(*high) - x(*low)))},
                                    {"height", coordinate(kBottom - kTop)}});
        addText((x(*low) + x(*high)) / 2.0, kTop - 8.0, "middle",
                QStringLiteral("limit: %1 to %2").arg(rateText(*low), rateText(*high)));
    }
    void addObjective()
    {
        if (!m_objective)
            return;
        addStroke("bound", kLeft, y(*m_objective), kRight, y(*m_objective));
        addText(kLeft + 6.0, y(*m_objective) - 5.0, "start", QStringLiteral("objective"));
    }
    void addUpright(const char *strokeClass, const std::optional<double> &rate, const QString &text)
    {
        if (!rate)
            return;
        addStroke(strokeClass, x(*rate), kTop, x(*rate), kBottom);
        addText(x(*rate) - 5.0, kTop + 12.0, "end", text);
    }
    void addCurve()
    {
        QStringList parts;
        for (const LimitProbe &probe : m_probes) {
            if (probe.verdict != Verdict::GeneratorLimited)
                parts += QStringLiteral("%1%2 %3").arg(QLatin1String(parts.isEmpty() ? "M" : "L"),
                                                       coordinate(x(probe.ratePerSecond)), coordinate(y(*probe.p95Ms)));
        }
        m_content += Html::element("path", Html(),
                                   {{"class", QStringLiteral("line line-0")}, {"d", parts.join(QLatin1Char(' '))}});
    }
    /// Held: a full circle; broke: a cross; not shown, or the generator was late: an open circle.
    void addProbe(const LimitProbe &probe)
    {
        const double atX = x(probe.ratePerSecond);
        const double atY = y(*probe.p95Ms);
        if (probe.verdict == Verdict::Broke) {
            addStroke("broke", atX - kRadius, atY - kRadius, atX + kRadius, atY + kRadius);
            addStroke("broke", atX - kRadius, atY + kRadius, atX + kRadius, atY - kRadius);
            return;
        }
        const Html title = Html::element("title", probeText(probe));
        m_content += Html::element("circle", title,
                                   {{"class", QLatin1String(probe.verdict == Verdict::Held ? "held" : "unclear")},
                                    {"cx", coordinate(atX)},
                                    {"cy", coordinate(atY)},
                                    {"r", coordinate(kRadius)}});
    }

    const LimitFinding &m_finding;
    std::vector<LimitProbe> m_probes; // by rising rate
    std::optional<double> m_objective; // ms
    double m_top = 1.0; // ms
    double m_end = 1.0; // per second
    Html m_content;
};

} // namespace

Html limitPictureHtml(const ReportModel &model)
{
    std::vector<LimitProbe> probes = drawnProbes(*model.limit);
    if (probes.empty())
        return {};
    Html caption = Html::element("strong", QStringLiteral("Response time over the rate"));
    caption +=
        Html::element("span",
                      QStringLiteral("p95 of all steps while each rate was judged: a dot held, a cross broke a rule; "
                                     "what lies above the picture stands at its top."),
                      {{"class", QStringLiteral("note")}});
    Html figure = Html::element("figcaption", caption);
    figure += LimitPicture(*model.limit, std::move(probes), objectiveOf(model)).html();
    return Html::element("figure", figure, {{"class", QStringLiteral("chart limit")}});
}

} // namespace Headroom
