// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QCommandLineParser>

#include <concepts>
#include <cstdint>

namespace Headroom {

// Each reads the value of an option, when it is set, into `value`, and leaves it alone otherwise.
// Errors: InvalidInput, one sentence that names the option, what was written and what may be.

inline std::unexpected<Error> badOption(const QCommandLineOption &option, const QString &message)
{
    return failure(Error::Code::InvalidInput, QStringLiteral("--%1: %2").arg(option.names().constFirst(), message));
}

/// A whole number, both ends included.
template <std::integral T>
Result<void> readNumber(const QCommandLineParser &parser, const QCommandLineOption &option, T lowest, T highest,
                        T &value)
{
    if (!parser.isSet(option))
        return {};
    const QString text = parser.value(option);
    bool isNumber = false;
    const qulonglong number = text.toULongLong(&isNumber);
    if (!isNumber || number < static_cast<qulonglong>(lowest) || number > static_cast<qulonglong>(highest)) {
        return badOption(option,
                         QStringLiteral("'%1' is not a whole number from %2 to %3").arg(text).arg(lowest).arg(highest));
    }
    value = static_cast<T>(number);
    return {};
}

/// "30%", from 0 to 1.
Result<void> readShare(const QCommandLineParser &parser, const QCommandLineOption &option, double &value);
/// "1.5s", from 0 s to `longest`, written the same way.
Result<void> readTime(const QCommandLineParser &parser, const QCommandLineOption &option, const QString &longest,
                      Nanoseconds &value);
/// "10 KB", from 0 to `largest` bytes.
Result<void> readBytes(const QCommandLineParser &parser, const QCommandLineOption &option, std::int64_t largest,
                       std::int64_t &value);
/// The place of one of the words.
Result<void> readWord(const QCommandLineParser &parser, const QCommandLineOption &option, const QStringList &words,
                      int &value);

} // namespace Headroom
