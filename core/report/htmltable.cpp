// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmltable.h"

#include "core/base/humanformat.h"
#include "core/stats/confidence.h"

#include <cmath>

namespace Headroom {

namespace {

const QString kDash = QStringLiteral("–");
const QString kFewSamples = QStringLiteral("Few samples: the true percentile may be far higher");

Html columnHead(const HtmlTable::Column &column)
{
    const QString title = QString::fromUtf8(column.title);
    const QString kind = column.isNumber ? QStringLiteral("number") : QStringLiteral("words");
    const Html words = column.explanation
        ? Html::element("abbr", title, {{"title", QString::fromUtf8(column.explanation)}})
        : Html::text(title);
    return Html::element("th", words, {{"scope", QStringLiteral("col")}, {"class", kind}});
}

/// An open end has no <data>: there is no number to read.
template <typename T, typename ToHtml> Html endsHtml(const Interval<T> &interval, ToHtml toHtml)
{
    if (!interval.low && !interval.high)
        return {};
    const auto end = [&](const std::optional<T> &value) {
        return value ? toHtml(*value) : Html::text(QStringLiteral("open"));
    };
    Html html = end(interval.low);
    html += Html::text(QStringLiteral(" to "));
    html += end(interval.high);
    return Html::element("div", html, {{"class", QStringLiteral("note")}});
}

} // namespace

HtmlTable::HtmlTable(const char *id, std::vector<Column> columns)
    : m_id(id)
    , m_columns(std::move(columns))
{
}

void HtmlTable::addRow(const std::vector<Html> &cells, const char *rowClass)
{
    Q_ASSERT(cells.size() == m_columns.size());
    Html row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const QString kind = m_columns[i].isNumber ? QStringLiteral("number") : QStringLiteral("words");
        row += i == 0 ? Html::element("th", cells[i], {{"scope", QStringLiteral("row")}, {"class", kind}})
                      : Html::element("td", cells[i], {{"class", kind}});
    }
    m_rows +=
        *rowClass == '\0' ? Html::element("tr", row) : Html::element("tr", row, {{"class", QLatin1String(rowClass)}});
}

Html HtmlTable::html() const
{
    Html head;
    for (const Column &column : m_columns)
        head += columnHead(column);
    Html table = Html::element("thead", Html::element("tr", head));
    table += Html::element("tbody", m_rows);
    const Html whole = Html::element("table", table, {{"id", QLatin1String(m_id)}});
    return Html::element("div", whole, {{"class", QStringLiteral("wide")}});
}

Html numberHtml(const Json &exact, const QString &shown)
{
    if (exact.is_null())
        return Html::text(kDash);
    return Html::element("data", shown, {{"value", QString::fromStdString(exact.to_string())}});
}

Html countHtml(std::uint64_t count) { return numberHtml(Json(count), formatCount(count)); }

Html rateHtml(double perSecond) { return numberHtml(jsonNumber(perSecond), formatRate(Rate::perSecond(perSecond))); }

Html bytesHtml(std::uint64_t bytes) { return numberHtml(Json(bytes), formatBytes(double(bytes))); }

Html secondsHtml(double seconds)
{
    return numberHtml(jsonSeconds(seconds), formatDuration(Nanoseconds(std::llround(seconds * 1e9))));
}

Html shareHtml(const std::optional<double> &share)
{
    return numberHtml(jsonNumber(share), share ? formatShare(*share) : QString());
}

Html timeHtml(Nanoseconds time) { return numberHtml(jsonMilliseconds(time), formatDuration(time)); }

Html partHtml(std::uint64_t part, std::uint64_t of)
{
    Html html = countHtml(part);
    if (part > 0 && of > 0)
        html += Html::element("small", QStringLiteral(" (%1)").arg(formatShare(double(part) / double(of))));
    return html;
}

Html quantileHtml(const HdrHistogram &times, double quantile)
{
    Html html = timeOf(times, times.valueAtQuantile(quantile));
    if (!times.isEmpty() && times.count() < minimumSamplesFor(quantile))
        html += fewSamplesHtml();
    return html;
}

Html quantileHtml(const HdrHistogram &times, double quantile, const Interval<Nanoseconds> &interval)
{
    Html html = timeOf(times, times.valueAtQuantile(quantile));
    if (times.isEmpty())
        return html;
    if (!interval.high)
        html += fewSamplesHtml();
    html += intervalHtml(interval);
    return html;
}

Html intervalHtml(const Interval<Nanoseconds> &interval) { return endsHtml(interval, timeHtml); }

Html intervalHtml(const Interval<double> &shares)
{
    return endsHtml(shares, [](double share) { return shareHtml(share); });
}

Html fewSamplesHtml()
{
    return Html::element("abbr", QStringLiteral("*"), {{"class", QStringLiteral("few")}, {"title", kFewSamples}});
}

Html timeOf(const HdrHistogram &times, Nanoseconds time)
{
    return times.isEmpty() ? Html::text(kDash) : timeHtml(time);
}

Html sectionHtml(const char *id, const char *title, const Html &content)
{
    if (content.isEmpty())
        return {};
    Html section = Html::element("h2", QString::fromUtf8(title));
    section += content;
    return Html::element("section", section, {{"id", QLatin1String(id)}});
}

Html noteHtml(const QString &text) { return Html::element("p", text, {{"class", QStringLiteral("note")}}); }

} // namespace Headroom
