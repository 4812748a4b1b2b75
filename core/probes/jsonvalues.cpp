// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonvalues.h"

#include "core/json/jsondocument.h"

namespace Headroom {

Result<JsonValues> JsonValues::compile(const QStringList &paths)
{
    JsonValues values;
    for (const QString &path : paths) {
        auto compiled = JsonPath::compile(path);
        if (!compiled)
            return std::unexpected(compiled.error());
        values.m_paths.push_back(std::move(*compiled));
    }
    return values;
}

Result<std::vector<std::optional<double>>> JsonValues::read(const QByteArray &text) const
{
    const auto document = JsonDocument::parse(text);
    if (!document)
        return std::unexpected(document.error());
    std::vector<std::optional<double>> values;
    for (const JsonPath &path : m_paths) {
        const auto found = document->first(path);
        if (!found)
            return std::unexpected(found.error());
        values.push_back(found->and_then([](const JsonFound &value) { return value.number; }));
    }
    return values;
}

} // namespace Headroom
