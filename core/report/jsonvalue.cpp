// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonvalue.h"

#include <cmath>

namespace Headroom {

namespace {

constexpr double kExactThousandths = 1e12; // beyond it a double has fewer than three decimals anyway

double toThousandths(double value)
{
    return std::abs(value) < kExactThousandths ? double(std::llround(value * 1000.0)) / 1000.0 : value;
}

double toSixDigits(double value) { return QByteArray::number(value, 'g', 6).toDouble(); }

// Whole numbers are written without a decimal point.
Json shortest(double value)
{
    if (!std::isfinite(value))
        return Json::null();
    if (std::abs(value) < kExactThousandths && value == std::trunc(value))
        return Json(std::int64_t(value));
    return Json(value);
}

} // namespace

Json jsonText(const QString &text) { return Json(text.toUtf8().toStdString()); }

Json jsonTextOrNull(const QString &text) { return text.isEmpty() ? Json::null() : jsonText(text); }

Json jsonNumber(double value)
{
    return shortest(std::abs(value) >= 1000.0 ? toThousandths(value) : toSixDigits(value));
}

Json jsonNumber(const std::optional<double> &value) { return value ? jsonNumber(*value) : Json::null(); }

Json jsonMilliseconds(double value) { return shortest(toThousandths(value)); }

Json jsonMilliseconds(const std::optional<double> &value) { return value ? jsonMilliseconds(*value) : Json::null(); }

Json jsonMilliseconds(Nanoseconds value) { return jsonMilliseconds(double(value.count()) / 1e6); }

Json jsonSeconds(double value) { return jsonMilliseconds(value); }

Json jsonSeconds(Nanoseconds value) { return jsonSeconds(double(value.count()) / 1e9); }

QByteArray toBytes(const Json &json)
{
    jsoncons::json_options options;
    options.indent_size(2)
        .spaces_around_comma(jsoncons::spaces_option::no_spaces) // else every line ends in a blank
        .object_array_line_splits(jsoncons::line_split_kind::same_line)
        .array_array_line_splits(jsoncons::line_split_kind::same_line);
    std::string text;
    json.dump_pretty(text, options);
    text += '\n';
    return QByteArray::fromStdString(text);
}

} // namespace Headroom
