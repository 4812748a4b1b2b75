// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json/jsonpath.h"

#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonpath/jsonpath.hpp>

namespace Headroom {

/// What JsonDocument needs of a path; for the sources of this folder only.
struct JsonPath::Compiled
{
    jsoncons::jsonpath::jsonpath_expression<jsoncons::json> expression;
    bool computes = false; ///< Has a filter or a function: compares numbers, or makes some.
};

} // namespace Headroom
