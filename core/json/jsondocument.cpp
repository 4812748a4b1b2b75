// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json/jsondocument.h"

#include "core/base/quantity.h"
#include "core/json/jsonpathparts.h"

#include <cmath>
#include <optional>
#include <utility>

namespace Headroom {

namespace {

using jsoncons::json;

constexpr int kMaxNesting = 100; // evaluation goes down recursively

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

QByteArray textOf(const json &value)
{
    if (value.is_string()) // numbers as they are written as well
        return QByteArray::fromStdString(value.as<std::string>());
    std::string text;
    value.dump(text);
    return QByteArray::fromStdString(text);
}

/// What ends a search when more is found than is asked for.
struct Enough
{
};

/// Calls `take` with the first match of a path, if any. No match is copied, and behind the second there is no looking:
/// all of them together may be many times as much as the document.
template <typename Take>
void takeFirst(const jsoncons::jsonpath::jsonpath_expression<json> &expression, const json &root, const Take &take)
try {
    bool isFound = false;
    expression.select(root, [&](const jsoncons::jsonpath::path_node &path, const json &match) {
        if (std::exchange(isFound, true))
            throw Enough();
        take(path, match);
    });
} catch (const Enough &) {
}

/// What stands at the place of a match; null for what a function has made.
const json *writtenAt(const jsoncons::jsonpath::path_node &place, const json &root)
{
    const auto [found, isThere] = jsoncons::jsonpath::get(root, jsoncons::jsonpath::json_location(place));
    return isThere ? found : nullptr;
}

enum class Numbers { AsWritten, AsValues };

/// Numbers as they are written are texts of a kind of their own, of which filters do not know what they are.
Result<json> parsedRoot(const QByteArray &text, Numbers numbers)
{
    const auto options = jsoncons::json_options()
                             .max_nesting_depth(kMaxNesting)
                             .allow_comments(false)
                             .lossless_number(numbers == Numbers::AsWritten);
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

} // namespace

struct JsonDocument::Parsed
{
    QByteArray text;
    json written; // with numbers as they are written
    std::optional<json> values{}; // the same to compute with; made when it is first asked for

    const json &rootFor(bool computes)
    {
        if (!computes)
            return written;
        if (!values)
            values = parsedRoot(text, Numbers::AsValues).value(); // it could be read before
        return *values;
    }
};

JsonDocument::JsonDocument(std::unique_ptr<Parsed> parsed)
    : m_parsed(std::move(parsed))
{
}
JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(const QByteArray &text)
{
    return parsedRoot(text, Numbers::AsWritten).transform([&text](json root) {
        return JsonDocument(std::make_unique<Parsed>(text, std::move(root)));
    });
}

Result<std::optional<JsonFound>> JsonDocument::first(const JsonPath &path) const
try {
    const bool computes = path.m_compiled->computes;
    std::optional<JsonFound> found;
    takeFirst(path.m_compiled->expression, m_parsed->rootFor(computes),
              [&](const jsoncons::jsonpath::path_node &place, const json &match) {
                  if (match.is_null())
                      return;
                  const json *same = computes ? writtenAt(place, m_parsed->written) : nullptr;
                  found = JsonFound{textOf(same ? *same : match), numberIn(match)};
              });
    return found;
} catch (const std::exception &exception) { // from an evaluation
    return failure(Error::Code::InvalidInput, QString::fromLocal8Bit(exception.what()));
}

} // namespace Headroom
