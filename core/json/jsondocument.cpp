// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json/jsondocument.h"

#include "core/base/quantity.h"
#include "core/json/jsonpathparts.h"

#include <cmath>

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
    if (value.is_string())
        return QByteArray::fromStdString(value.as<std::string>());
    std::string text;
    value.dump(text);
    return QByteArray::fromStdString(text);
}

} // namespace

struct JsonDocument::Parsed
{
    json root;
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
    const auto options = jsoncons::json_options().max_nesting_depth(kMaxNesting).allow_comments(false);
    jsoncons::json_decoder<json> decoder;
    jsoncons::json_string_reader reader(std::string_view(text.data(), std::size_t(text.size())), decoder, options);
    std::error_code error;
    reader.read(error);
    if (!error && decoder.is_valid())
        return JsonDocument(std::make_unique<Parsed>(decoder.get_result()));
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("not JSON at line %1, column %2 (%3)")
                       .arg(reader.line())
                       .arg(reader.column())
                       .arg(QString::fromStdString(error.message())));
}

Result<std::optional<JsonFound>> JsonDocument::first(const JsonPath &path) const
try {
    const json matches = path.m_compiled->expression.evaluate(m_parsed->root);
    if (!matches.is_array() || matches.empty() || matches[0].is_null())
        return std::nullopt;
    return JsonFound{textOf(matches[0]), numberIn(matches[0])};
} catch (const std::exception &exception) { // from an evaluation
    return failure(Error::Code::InvalidInput, QString::fromLocal8Bit(exception.what()));
}

} // namespace Headroom
