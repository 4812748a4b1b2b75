// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json/jsonpath.h"

#include <QByteArray>

#include <optional>

namespace Headroom {

/// A value in a JSON text.
struct JsonFound
{
    /// A text without its quotes; a number as it is written, except that an exponent has no +; a list or object as JSON.
    QByteArray text;
    std::optional<double> number; ///< Of a number, the text of one, true (1) or false (0).
};

/// A JSON text, parsed. Whatever it is, reading it neither exhausts the stack nor throws.
/// Thread: one at a time.
class JsonDocument
{
public:
    /// Errors: InvalidInput when the text is not JSON, with line and column, or is nested deeper than 100.
    static Result<JsonDocument> parse(const QByteArray &text);
    JsonDocument(JsonDocument &&) noexcept;
    JsonDocument &operator=(JsonDocument &&) noexcept;
    ~JsonDocument();

    /// The first match of a path; nothing when there is none, or null stands there. Errors: InvalidInput when the path
    /// cannot be applied to this text.
    Result<std::optional<JsonFound>> first(const JsonPath &path) const;

private:
    struct Parsed;
    explicit JsonDocument(std::unique_ptr<Parsed> parsed);
    std::unique_ptr<Parsed> m_parsed;
};

} // namespace Headroom
