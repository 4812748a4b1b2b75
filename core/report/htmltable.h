// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/jsonvalue.h"
#include "core/stats/confidence.h"
#include "core/stats/latencyset.h"

#include <vector>

namespace Headroom {

// What the tables of the page are made of. Every number is a <data> element: people read the text, its value is that of
// the JSON report.

/// A table that scrolls when it is wider than the page; the first column is text and names the row.
class HtmlTable
{
public:
    struct Column
    {
        const char *title;
        bool isNumber = true;
        const char *explanation = nullptr; ///< Shown as a tooltip.
    };
    HtmlTable(const char *id, std::vector<Column> columns);

    /// A cell for each column.
    void addRow(const std::vector<Html> &cells, const char *rowClass = "");
    bool isEmpty() const { return m_rows.isEmpty(); }
    Html html() const;

private:
    const char *m_id;
    std::vector<Column> m_columns;
    Html m_rows;
};

Html numberHtml(const Json &exact, const QString &shown); ///< A dash when there is no value.
Html countHtml(std::uint64_t count);
Html rateHtml(double perSecond);
Html bytesHtml(std::uint64_t bytes);
Html secondsHtml(double seconds);
Html shareHtml(const std::optional<double> &share);
Html timeHtml(Nanoseconds time);
/// The count, and its share of `of` in words.
Html partHtml(std::uint64_t part, std::uint64_t of);
/// A percentile; an asterisk marks one of too few samples.
Html quantileHtml(const HdrHistogram &times, double quantile);
/// The same with its 95 % interval below; an asterisk marks one that is open above.
Html quantileHtml(const HdrHistogram &times, double quantile, const Interval<Nanoseconds> &interval);
Html fewSamplesHtml(); ///< That asterisk.
/// "a to b" below a number; nothing when both ends are open.
Html intervalHtml(const Interval<Nanoseconds> &interval);
Html intervalHtml(const Interval<double> &shares);
/// Minimum, mean or maximum as it was read from `times`; a dash when that is empty.
Html timeOf(const HdrHistogram &times, Nanoseconds time);

/// A heading with what belongs to it; nothing when that is empty.
Html sectionHtml(const char *id, const char *title, const Html &content);
/// A remark below a table.
Html noteHtml(const QString &text);

} // namespace Headroom
