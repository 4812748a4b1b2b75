// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace Headroom {

/// Why an operation failed. Returned, never thrown.
struct Error
{
    enum class Code { InvalidInput, NotFound, Unreadable, Unwritable, Unreachable, Cancelled, Internal };
    Code code = Code::Internal;
    QString message; ///< One sentence for the user: what, where, what to do; without a final full stop.
    QString subject; ///< What failed: a path, a URL, a scenario path. May be empty.

    /// "subject: message", or the message alone.
    QString text() const { return subject.isEmpty() ? message : subject + QLatin1String(": ") + message; }
};

template <typename T>
using Result = std::expected<T, Error>;

/// Shorthand for returning a failure: `return failure(Error::Code::NotFound, "...", path);`
inline std::unexpected<Error> failure(Error::Code code, const QString &message, const QString &subject = {})
{
    return std::unexpected(Error{code, message, subject});
}

} // namespace Headroom
