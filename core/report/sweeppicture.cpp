// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweeppicture.h"

#include "core/base/humanformat.h"
#include "core/report/htmlpicture.h"
#include "core/report/sweepwords.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kWidth = 800.0;
constexpr double kHeight = 190.0;
constexpr double kLeft = 66.0; // room for the figures
constexpr double kRight = 776.0;
constexpr double kTop = 10.0;
constexpr double kBottom = 166.0; // below: the values
constexpr double kPoint = 3.5;
constexpr int kLevels = 4;
constexpr std::size_t kMostLabels = 16;

QString figureText(double value, SweepReport::Figure figure)
{
    switch (figure) {
    case SweepReport::Figure::Throughput:
        return formatNumber(value) + QStringLiteral("/s");
    case SweepReport::Figure::Cpu:
        return formatNumber(value) + QStringLiteral(" µs");
    default:
        return formatNumber(value) + QStringLiteral(" ms");
    }
}

/// Knows where a run and a figure lie.
class Picture
{
public:
    Picture(const SweepReport &sweep, SweepReport::Figure figure)
        : m_sweep(sweep)
        , m_figure(figure)
    {
        double peak = 0.0;
        for (const SweepReport::Member &member : sweep.members)
            peak = std::max(peak, member.figure(figure).value_or(0.0));
        m_top = roundedUp(peak, false);
    }

    void addLevels()
    {
        for (int level = 0; level <= kLevels; ++level) {
            const double value = m_top * level / kLevels;
            m_content += Html::element("line", Html(),
                                       {{"class", QStringLiteral("grid")},
                                        {"x1", coordinate(kLeft)},
                                        {"y1", coordinate(y(value))},
                                        {"x2", coordinate(kRight)},
                                        {"y2", coordinate(y(value))}});
            addText(kLeft - 6.0, y(value) + 4.0, "end", figureText(value, m_figure));
        }
    }

    void addLine()
    {
        QStringList parts;
        bool isDown = false; // the pen
        for (std::size_t i = 0; i < m_sweep.members.size(); ++i) {
            const std::optional<double> value = m_sweep.members[i].figure(m_figure);
            if (value)
                parts += QStringLiteral("%1%2 %3").arg(QLatin1String(isDown ? "L" : "M"), coordinate(x(i)),
                                                       coordinate(y(*value)));
            isDown = value.has_value();
        }
        m_content += Html::element("path", Html(),
                                   {{"class", QStringLiteral("line line-0")}, {"d", parts.join(QLatin1Char(' '))}});
    }

    void addPoints()
    {
        const std::size_t every = (m_sweep.members.size() + kMostLabels - 1) / kMostLabels;
        for (std::size_t i = 0; i < m_sweep.members.size(); ++i) {
            const SweepReport::Member &member = m_sweep.members[i];
            if (i % every == 0)
                addText(x(i), kBottom + 18.0, "middle", member.label.left(12));
            if (const std::optional<double> value = member.figure(m_figure))
                addPoint(i, member, *value);
        }
    }

    Html html() const
    {
        const QString label = QStringLiteral("%1 over %2").arg(sweepFigureWords(m_figure), m_sweep.parameter);
        return Html::element("svg", m_content,
                             {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                              {"role", QStringLiteral("img")},
                              {"aria-label", label}});
    }

private:
    double x(std::size_t index) const
    {
        const double parts = double(std::max<std::size_t>(1, m_sweep.members.size()));
        return kLeft + (kRight - kLeft) * (double(index) + 0.5) / parts;
    }
    double y(double value) const { return kBottom - (kBottom - kTop) * std::clamp(value / m_top, 0.0, 1.0); }

    void addText(double x, double y, const char *anchor, const QString &text)
    {
        m_content += Html::element(
            "text", text, {{"x", coordinate(x)}, {"y", coordinate(y)}, {"text-anchor", QLatin1String(anchor)}});
    }

    void addPoint(std::size_t index, const SweepReport::Member &member, double value)
    {
        const QString pointClass =
            member.verdict.isValid ? QStringLiteral("point line-0") : QStringLiteral("point open line-0");
        const Html title = Html::element(
            "title", QStringLiteral("%1 = %2: %3").arg(m_sweep.parameter, member.label, figureText(value, m_figure)));
        m_content += Html::element("circle", title,
                                   {{"class", pointClass},
                                    {"cx", coordinate(x(index))},
                                    {"cy", coordinate(y(value))},
                                    {"r", coordinate(kPoint)}});
    }

    const SweepReport &m_sweep;
    SweepReport::Figure m_figure;
    double m_top = 1.0;
    Html m_content;
};

} // namespace

Html sweepPictureHtml(const SweepReport &sweep, SweepReport::Figure figure)
{
    const bool isThere =
        std::ranges::any_of(sweep.members, [figure](const auto &member) { return member.figure(figure).has_value(); });
    if (!isThere)
        return {};
    Picture picture(sweep, figure);
    picture.addLevels();
    picture.addLine();
    picture.addPoints();
    return picture.html();
}

} // namespace Headroom
