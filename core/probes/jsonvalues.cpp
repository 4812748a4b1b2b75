// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonvalues.h"

#include "core/base/quantity.h"

#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonpath/jsonpath.hpp>

#include <cmath>

namespace Headroom {

namespace {

using jsoncons::json;
using JsonPath = jsoncons::jsonpath::jsonpath_expression<json>;

constexpr int kMaxNesting = 100; // evaluation goes down recursively
constexpr qsizetype kMaxPathLength = 1000;

/// The path without what stands in quotes, so that its operators can be recognised.
QString withoutQuoted(const QString &path)
{
    QString kept;
    QChar quote;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const QChar c = path.at(i);
        if (!quote.isNull()) {
            i += c == QLatin1Char('\\');
            quote = c == quote ? QChar() : quote;
        } else if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
            quote = c;
        } else {
            kept += c;
        }
    }
    return kept;
}

/// Why a well-formed path is refused all the same: evaluation must neither hang the run nor exhaust its stack.
QString costProblem(const QString &path)
{
    if (path.isEmpty())
        return QStringLiteral("a JSONPath must not be empty; write one as $.queue_depth");
    if (path.size() > kMaxPathLength)
        return QStringLiteral("a JSONPath has at most %1 characters").arg(kMaxPathLength);
    const QString operators = withoutQuoted(path);
    // std::regex recurses once per character of the text it is given.
    if (operators.contains(QLatin1String("=~")) || operators.contains(QLatin1String("tokenize")))
        return QStringLiteral("regular expressions are not supported here; compare with == instead");
    // Each further one multiplies the work by the size of the document.
    if (operators.count(QLatin1String("..")) > 1)
        return QStringLiteral("'..' may stand in a JSONPath once; name the other levels");
    if (operators.contains(QLatin1Char('?')) && operators.count(QLatin1Char('$')) > 1)
        return QStringLiteral("a filter cannot look at the whole document; use @ instead of $ inside it");
    return {};
}

Result<JsonPath> compilePath(const QString &path)
{
    if (const QString problem = costProblem(path); !problem.isEmpty())
        return failure(Error::Code::InvalidInput, problem, path.left(kMaxPathLength));
    try { // the overload with an error code goes on compiling after an error
        return jsoncons::jsonpath::make_expression<json>(path.toStdString());
    } catch (const std::exception &exception) {
        const auto what = QString::fromLocal8Bit(exception.what());
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("not a JSONPath (%1); write one as $.queue_depth").arg(what), path);
    }
}

Result<json> parse(const QByteArray &text)
{
    const auto options = jsoncons::json_options().max_nesting_depth(kMaxNesting).allow_comments(false);
    jsoncons::json_decoder<json> decoder;
    jsoncons::json_string_reader reader(std::string_view(text.data(), std::size_t(text.size())), decoder, options);
    std::error_code error;
    reader.read(error);
    if (!error && decoder.is_valid())
        return decoder.get_result();
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("not JSON at line %1, column %2 (%3)")
                       .arg(reader.line())
                       .arg(reader.column())
                       .arg(QString::fromStdString(error.message())));
}

std::optional<double> numberIn(const json &value)
{
    double number = std::nan("");
    if (value.is_bool())
        number = value.as<bool>() ? 1.0 : 0.0;
    else if (value.is_number())
        number = value.as<double>();
    else if (value.is_string())
        number = parseNumber(QString::fromStdString(value.as<std::string>())).value_or(number);
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> firstMatch(const JsonPath &path, const json &document)
{
    const json matches = path.evaluate(document);
    if (!matches.is_array() || matches.empty())
        return std::nullopt;
    return numberIn(matches[0]);
}

} // namespace

struct JsonValues::Compiled
{
    std::vector<JsonPath> paths;
};

JsonValues::JsonValues(std::unique_ptr<Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}
JsonValues::JsonValues(JsonValues &&) noexcept = default;
JsonValues &JsonValues::operator=(JsonValues &&) noexcept = default;
JsonValues::~JsonValues() = default;

Result<JsonValues> JsonValues::compile(const QStringList &paths)
{
    auto compiled = std::make_unique<Compiled>();
    for (const QString &path : paths) {
        auto expression = compilePath(path);
        if (!expression)
            return std::unexpected(expression.error());
        compiled->paths.push_back(std::move(*expression));
    }
    return JsonValues(std::move(compiled));
}

Result<std::vector<std::optional<double>>> JsonValues::read(const QByteArray &text) const
try {
    const auto document = parse(text);
    if (!document)
        return std::unexpected(document.error());
    std::vector<std::optional<double>> values;
    for (const JsonPath &path : m_compiled->paths)
        values.push_back(firstMatch(path, *document));
    return values;
} catch (const std::exception &exception) { // from an evaluation
    return failure(Error::Code::InvalidInput, QString::fromLocal8Bit(exception.what()));
}

Result<void> checkJsonPath(const QString &path)
{
    return compilePath(path).transform([](const JsonPath &) { });
}

} // namespace Headroom
