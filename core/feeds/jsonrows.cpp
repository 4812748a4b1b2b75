// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/jsonrows.h"

#include <jsoncons/json.hpp>
#include <jsoncons/json_cursor.hpp>

namespace Headroom {

namespace {

using jsoncons::json;
using Take = std::function<std::expected<void, FeedProblem>(const JsonRow &row, int line)>;

constexpr int kMostNesting = 64;

jsoncons::json_options options()
{
    jsoncons::json_options made;
    made.max_nesting_depth(kMostNesting).allow_comments(false).lossless_number(true);
    return made;
}

std::string_view viewOf(QByteArrayView text) { return {text.data(), std::size_t(text.size())}; }

QByteArray cellOf(const json &value)
{
    if (value.is_null())
        return {};
    if (value.is_string() || value.is_number()) // a number is kept as its digits
        return QByteArray::fromStdString(value.as<std::string>());
    std::string text;
    value.dump(text);
    return QByteArray::fromStdString(text);
}

class ParsedRow : public JsonRow
{
public:
    explicit ParsedRow(const json &object)
        : m_object(object)
    {
    }
    QStringList names() const override
    {
        QStringList names;
        for (const auto &field : m_object.object_range())
            names.append(QString::fromStdString(std::string(field.key())));
        return names;
    }
    std::optional<QByteArray> cell(const QString &name) const override
    {
        const auto found = m_object.find(name.toStdString());
        return found == m_object.object_range().end() ? std::nullopt : std::optional(cellOf(found->value()));
    }

private:
    const json &m_object;
};

FeedProblem notJson(std::size_t line, std::size_t column, const std::error_code &error)
{
    return {int(line), int(column),
            QStringLiteral("this is not JSON (%1)").arg(QString::fromStdString(error.message()))};
}

std::expected<void, FeedProblem> takeRow(const json &row, int line, const Take &take)
{
    if (!row.is_object())
        return std::unexpected(
            FeedProblem{line, 0, QStringLiteral("each row must be an object, as in {\"text\": \"...\"}")});
    return take(ParsedRow(row), line);
}

std::expected<void, FeedProblem> readLine(QByteArrayView line, int number, const Take &take)
{
    std::error_code error;
    jsoncons::json_decoder<json> decoder;
    jsoncons::json_string_reader reader(viewOf(line), decoder, options());
    reader.read(error);
    if (error || !decoder.is_valid())
        return std::unexpected(notJson(std::size_t(number), reader.column(), error));
    return takeRow(decoder.get_result(), number, take);
}

std::expected<void, FeedProblem> readLines(QByteArrayView text, const Take &take)
{
    int number = 1;
    for (qsizetype start = 0; start < text.size(); ++number) {
        const qsizetype found = text.indexOf('\n', start);
        const qsizetype end = found < 0 ? text.size() : found;
        const QByteArrayView line = text.sliced(start, end - start).trimmed();
        start = end + 1;
        if (line.isEmpty())
            continue;
        if (const auto read = readLine(line, number, take); !read)
            return read;
    }
    return {};
}

std::expected<void, FeedProblem> readList(QByteArrayView text, const Take &take)
{
    std::error_code error;
    jsoncons::json_string_cursor cursor(viewOf(text), options(), error);
    const auto failed = [&] {
        return std::unexpected(notJson(cursor.context().line(), cursor.context().column(), error));
    };
    if (!error)
        cursor.next(error); // behind the bracket
    while (!error && !cursor.done() && cursor.current().event_type() != jsoncons::staj_event_type::end_array) {
        const auto line = int(cursor.context().line());
        jsoncons::json_decoder<json> decoder;
        cursor.read_to(decoder, error);
        if (error || !decoder.is_valid())
            return failed();
        if (const auto taken = takeRow(decoder.get_result(), line, take); !taken)
            return taken;
        cursor.next(error);
    }
    if (!error)
        cursor.check_done(error);
    return error ? failed() : std::expected<void, FeedProblem>();
}

} // namespace

std::expected<void, FeedProblem> readJsonRows(const QByteArray &text, const Take &take)
try {
    return text.trimmed().startsWith('[') ? readList(text, take) : readLines(text, take);
} catch (const std::exception &exception) { // of a library whose every path is not ours to know
    return std::unexpected(
        FeedProblem{0, 0, QStringLiteral("this is not JSON (%1)").arg(QString::fromLocal8Bit(exception.what()))});
}

} // namespace Headroom
