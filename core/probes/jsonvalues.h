// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace Headroom {

/// Whether a probe could use this JSONPath: checked before a run starts.
/// Errors: InvalidInput with what is wrong; the path is the subject.
Result<void> checkJsonPath(const QString &path);

/// Numbers out of a JSON text by JSONPath, compiled once.
/// Thread: one at a time.
class JsonValues
{
public:
    /// Errors: as checkJsonPath(), for the first bad path.
    static Result<JsonValues> compile(const QStringList &paths);
    JsonValues(JsonValues &&) noexcept;
    JsonValues &operator=(JsonValues &&) noexcept;
    ~JsonValues();

    /// One value per path: the first match, when it is a number, a number as text, or a boolean (0 or 1).
    /// Errors: InvalidInput when the text is not JSON, with line and column.
    Result<std::vector<std::optional<double>>> read(const QByteArray &json) const;

private:
    struct Compiled; // keeps the templates of jsoncons out of this header
    explicit JsonValues(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace Headroom
