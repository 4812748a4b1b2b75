// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json/jsonpath.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace Headroom {

/// Numbers out of a JSON text by JSONPath, compiled once.
/// Thread: one at a time.
class JsonValues
{
public:
    /// Errors: as JsonPath::compile(), for the first bad path.
    static Result<JsonValues> compile(const QStringList &paths);

    /// One value per path: the first match, when it is a number, a number as text, or a boolean (0 or 1).
    /// Errors: InvalidInput when the text is not JSON, with line and column.
    Result<std::vector<std::optional<double>>> read(const QByteArray &json) const;

private:
    std::vector<JsonPath> m_paths;
};

} // namespace Headroom
