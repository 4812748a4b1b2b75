// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <jsoncons/json.hpp>

#include <optional>

namespace Headroom {

/// JSON that keeps the order of its keys.
using Json = jsoncons::ojson;

/// Hostile text included: unpaired surrogates are replaced, so the bytes are always UTF-8.
Json jsonText(const QString &text);
Json jsonTextOrNull(const QString &text); ///< null when empty.

/// A plain number: three decimals from 1,000 on, else six significant digits. What is not finite is null.
Json jsonNumber(double value);
Json jsonNumber(const std::optional<double> &value);
/// Milliseconds with at most three decimals.
Json jsonMilliseconds(double value);
Json jsonMilliseconds(const std::optional<double> &value);
Json jsonMilliseconds(Nanoseconds value);
/// Seconds with at most three decimals.
Json jsonSeconds(double value);
Json jsonSeconds(Nanoseconds value);

inline Json jsonObject() { return Json(jsoncons::json_object_arg); }
inline Json jsonList() { return Json(jsoncons::json_array_arg); }

/// Both ends of an interval or a stretch of time.
inline Json jsonPair(Json first, Json second)
{
    Json both = jsonList();
    both.push_back(std::move(first));
    both.push_back(std::move(second));
    return both;
}

/// One entry for each value, as `toJson` makes it.
template <typename Values, typename ToJson> Json jsonListOf(const Values &values, ToJson toJson)
{
    Json items = jsonList();
    items.reserve(std::size(values));
    for (const auto &value : values)
        items.push_back(toJson(value));
    return items;
}

/// Two blanks of indent, short lists on one line, a final line feed.
QByteArray toBytes(const Json &json);

} // namespace Headroom
