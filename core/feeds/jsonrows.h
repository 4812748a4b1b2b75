// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/feeds/feedproblem.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <optional>

namespace Headroom {

/// An object of a JSON file of rows, as texts.
class JsonRow
{
public:
    virtual ~JsonRow() = default;
    virtual QStringList names() const = 0;
    /// A text without its quotes, a number as it is written, true or false, a list or an object as JSON; null is empty.
    /// Nothing when there is no such field.
    virtual std::optional<QByteArray> cell(const QString &name) const = 0;
};

/// Reads the objects of a JSON list ("[{...}, {...}]"), or of lines with one object each, in UTF-8 and without byte
/// order mark. `take` is called for each with its line; what it returns as a problem ends the reading.
///
/// Errors: with line and column: what is no JSON, nested deeper than 64, no list of objects, or holds more behind it.
std::expected<void, FeedProblem> readJsonRows(
    const QByteArray &text, const std::function<std::expected<void, FeedProblem>(const JsonRow &row, int line)> &take);

} // namespace Headroom
