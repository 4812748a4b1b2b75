// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <memory>

namespace Headroom {

/// A JSONPath, compiled once. Paths whose cost could explode with the document (regular expressions, several '..', long
/// unions) are refused.
/// Thread: one at a time.
class JsonPath
{
public:
    /// Errors: InvalidInput with what is wrong; the path is the subject.
    static Result<JsonPath> compile(const QString &path);
    JsonPath(JsonPath &&) noexcept;
    JsonPath &operator=(JsonPath &&) noexcept;
    ~JsonPath();

private:
    friend class JsonDocument;
    struct Compiled; // keeps the templates of jsoncons out of this header
    explicit JsonPath(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace Headroom
