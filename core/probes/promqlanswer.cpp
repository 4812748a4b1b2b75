// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promqlanswer.h"

#include <jsoncons/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace Headroom {

namespace {

using jsoncons::json;

constexpr int kMaxNesting = 10; // an answer has six levels
constexpr std::size_t kMostElements = 10'000;

std::unexpected<Error> refused(const QString &problem) { return failure(Error::Code::InvalidInput, problem); }

std::optional<json> parsed(const QByteArray &text)
{
    const auto options = jsoncons::json_options().max_nesting_depth(kMaxNesting).allow_comments(false);
    jsoncons::json_decoder<json> decoder;
    jsoncons::json_string_reader reader(std::string_view(text.data(), std::size_t(text.size())), decoder, options);
    std::error_code error;
    reader.read(error);
    return !error && decoder.is_valid() ? std::optional(decoder.get_result()) : std::nullopt;
}

/// A member of an object; null when there is none.
const json &memberOf(const json &object, const char *name)
{
    static const json kNull = json::null();
    return object.is_object() && object.contains(name) ? object.at(name) : kNull;
}

QByteArray textOf(const json &value)
{
    return value.is_string() ? QByteArray::fromStdString(value.as<std::string>()) : QByteArray();
}

/// Of [time, "value"].
std::optional<double> valueOf(const json &sample)
{
    if (!sample.is_array() || sample.size() != 2 || !sample[1].is_string())
        return std::nullopt;
    const auto text = sample[1].as<std::string>();
    const char *begin = text.data() + (text.starts_with('+') ? 1 : 0);
    double value = 0.0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Result<PromQlAnswer> vectorOf(const json &result)
{
    if (result.size() > kMostElements)
        return refused(QStringLiteral("more than 10,000 elements; ask for a sum"));
    PromQlAnswer answer;
    for (const json &each : result.array_range()) {
        const auto value = valueOf(memberOf(each, "value"));
        if (!value)
            return refused(QStringLiteral("an element has no number"));
        PromQlAnswer::Element element{{}, *value};
        if (const json &labels = memberOf(each, "metric"); labels.is_object()) {
            for (const auto &label : labels.object_range())
                element.labels.emplace_back(QByteArray::fromStdString(label.key()), textOf(label.value()));
        }
        answer.elements.push_back(std::move(element));
    }
    return answer;
}

} // namespace

QByteArray PromQlAnswer::Element::label(const QByteArray &name) const
{
    const auto found = std::ranges::find(labels, name, &std::pair<QByteArray, QByteArray>::first);
    return found == labels.end() ? QByteArray() : found->second;
}

Result<PromQlAnswer> parsePromQlAnswer(const QByteArray &text)
{
    const auto root = parsed(text);
    if (!root)
        return refused(QStringLiteral("not JSON"));
    if (textOf(memberOf(*root, "status")) == "error")
        return refused(QString::fromUtf8(textOf(memberOf(*root, "error"))).left(300));
    const json &data = memberOf(*root, "data");
    const json &result = memberOf(data, "result");
    const QByteArray type = textOf(memberOf(data, "resultType"));
    if (type == "scalar") {
        const auto value = valueOf(result);
        if (!value)
            return refused(QStringLiteral("a scalar without a number"));
        PromQlAnswer answer;
        answer.elements.push_back({{}, *value});
        return answer;
    }
    if (type == "vector" && result.is_array())
        return vectorOf(result);
    if (type == "matrix" || type == "string")
        return refused(
            QStringLiteral("a %1 instead of numbers; leave a range in [...] to a function, as in rate(x[1m])")
                .arg(type == "matrix" ? QStringLiteral("range") : QStringLiteral("text")));
    return refused(QStringLiteral("not the answer of a Prometheus server"));
}

} // namespace Headroom
