// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/feedloader.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/feeds/csvreader.h"
#include "core/feeds/feedbuilder.h"
#include "core/feeds/jsonrows.h"
#include "core/scenario/scenariopath.h"

#include <algorithm>

namespace Headroom {

namespace {

using Feed = Scenario::Feed;

std::unexpected<FeedFailure> failed(const FeedProblem &problem) { return std::unexpected(FeedFailure{problem}); }

std::unexpected<FeedFailure> missingColumn(const Feed &feed, const QString &name, const QStringList &columns)
{
    constexpr qsizetype kMostNamed = 20;
    const QString hint = didYouMean(name, columns);
    const QString message = QStringLiteral("'%1' has no column %2%3; it has %4%5")
                                .arg(feed.file, formatQuoted(name), hint,
                                     columns.first(std::min(columns.size(), kMostNamed)).join(QLatin1String(", ")),
                                     columns.size() > kMostNamed ? QStringLiteral(" and more") : QString());
    const auto column = std::ranges::find(feed.columns, name, &Feed::Column::name);
    return std::unexpected(FeedFailure{{0, 0, message}, column == feed.columns.end() ? nullptr : &*column});
}

std::expected<QStringList, FeedProblem> headOf(const std::vector<QByteArray> &fields, int line)
{
    QStringList columns;
    for (const QByteArray &field : fields) {
        const QString name = QString::fromUtf8(field).trimmed();
        if (name.isEmpty())
            return std::unexpected(FeedProblem{
                line, 0,
                QStringLiteral("column %1 has no name; the first line names them all").arg(columns.size() + 1)});
        if (columns.contains(name))
            return std::unexpected(
                FeedProblem{line, 0, QStringLiteral("two columns are called %1; rename one").arg(formatQuoted(name))});
        columns.append(name);
    }
    return columns;
}

std::expected<FeedRowsPtr, FeedFailure> csvRows(QByteArrayView text, const Feed &feed)
{
    CsvReader reader(text, feed.separator.value_or(separatorIn(text)));
    std::vector<QByteArray> fields;
    auto more = reader.read(fields);
    if (!more)
        return failed(more.error());
    const auto columns = headOf(fields, reader.line());
    if (!columns)
        return failed(columns.error());
    FeedBuilder builder(feed, *columns);
    if (!builder.missing().isEmpty())
        return missingColumn(feed, builder.missing().front(), *columns);
    while ((more = reader.read(fields)) && *more) {
        if (std::ssize(fields) != columns->size())
            return failed(
                {reader.line(), 0,
                 QStringLiteral("this row has %1 fields, and the first line names %2 columns; make them as many")
                     .arg(fields.size())
                     .arg(columns->size())});
        if (const auto added = builder.add(fields, reader.line()); !added)
            return failed(added.error());
    }
    if (!more)
        return failed(more.error());
    return builder.take();
}

/// All names that the feed needs, each once.
QStringList wantedNames(const Feed &feed)
{
    QStringList names;
    for (const Feed::Column &column : feed.columns)
        names.append(column.name);
    for (const auto &[name, value] : feed.where)
        names.append(name);
    names.removeDuplicates();
    return names;
}

std::expected<FeedRowsPtr, FeedFailure> jsonRows(const QByteArray &text, const Feed &feed)
{
    const QStringList wanted = wantedNames(feed);
    FeedBuilder builder(feed, wanted);
    std::vector<QByteArray> cells(std::size_t(wanted.size()));
    std::optional<FeedFailure> missing;
    const auto take = [&](const JsonRow &row, int line) -> std::expected<void, FeedProblem> {
        for (qsizetype i = 0; i < wanted.size(); ++i) {
            auto cell = row.cell(wanted[i]);
            if (!cell) {
                missing = missingColumn(feed, wanted[i], row.names()).error();
                return std::unexpected(FeedProblem{line, 0, missing->problem.message});
            }
            cells[std::size_t(i)] = *std::move(cell);
        }
        return builder.add(cells, line);
    };
    if (const auto read = readJsonRows(text, take); !read)
        return std::unexpected(FeedFailure{read.error(), missing ? missing->column : nullptr});
    return builder.take();
}

bool isJsonFile(const QString &file)
{
    const auto endsIn = [&file](QLatin1String ending) { return file.endsWith(ending, Qt::CaseInsensitive); };
    return endsIn(QLatin1String(".json")) || endsIn(QLatin1String(".jsonl")) || endsIn(QLatin1String(".ndjson"));
}

} // namespace

QString FeedProblem::text() const
{
    if (line == 0)
        return message;
    return column == 0 ? QStringLiteral("line %1: %2").arg(line).arg(message)
                       : QStringLiteral("line %1, column %2: %3").arg(line).arg(column).arg(message);
}

std::expected<FeedRowsPtr, FeedFailure> rowsIn(const QByteArray &text, bool isJson, const Feed &feed)
{
    constexpr QByteArrayView kMark("\xEF\xBB\xBF");
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return failed({1, 1, QStringLiteral("this is UTF-16; save the file as UTF-8")});
    const QByteArray content = text.startsWith(kMark) ? text.sliced(kMark.size()) : text;
    if (content.trimmed().isEmpty())
        return failed({0, 0,
                       QStringLiteral("'%1' is empty; it needs %2")
                           .arg(feed.file,
                                isJson ? QStringLiteral("a list of objects")
                                       : QStringLiteral("a line with the names of its columns, then rows"))});
    auto rows = isJson ? jsonRows(content, feed) : csvRows(content, feed);
    if (rows && (*rows)->count() == 0)
        return failed({0, 0,
                       feed.where.empty() ? QStringLiteral("'%1' has no rows").arg(feed.file)
                                          : QStringLiteral("no row of '%1' is as 'where' says").arg(feed.file)});
    return rows;
}

std::expected<std::vector<FeedRowsPtr>, Diagnostics> loadFeeds(const Scenario &scenario)
{
    std::vector<FeedRowsPtr> all;
    Diagnostics problems;
    for (const Feed &feed : scenario.feeds) {
        const auto problem = [&](const TextRange &range, const QString &message) {
            problems.push_back({Diagnostic::Severity::Error, range,
                                QStringLiteral("feed %1: %2").arg(formatQuoted(feed.name), message)});
        };
        const auto text = readFileInside(scenario.target.folder, feed.file, FeedLimits::kBytes);
        const auto rows = text ? rowsIn(*text, isJsonFile(feed.file), feed) : failed({});
        if (!text)
            problem(feed.range, text.error().text());
        else if (!rows)
            problem(rows.error().column ? rows.error().column->range : feed.range, rows.error().problem.text());
        else
            all.push_back(*rows);
    }
    if (!problems.empty())
        return std::unexpected(std::move(problems));
    return all;
}

} // namespace Headroom
