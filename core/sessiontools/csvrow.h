// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace Headroom {

/// One line of a table as CSV (RFC 4180), UTF-8: cells put in one by one, in the order of the columns.
class CsvRow
{
public:
    /// Quoted where it must be. A text that a spreadsheet would take for a formula has a ' in front: names in a session
    /// come from files and servers.
    CsvRow &text(const QString &text);
    CsvRow &count(std::uint64_t count);
    CsvRow &number(std::optional<double> number); ///< With all its digits; empty for nothing.
    CsvRow &truth(bool isTrue); ///< "true" or "false".
    CsvRow &milliseconds(std::optional<Nanoseconds> time); ///< To the nanosecond; empty for nothing.
    CsvRow &seconds(Nanoseconds time); ///< The same.
    /// Moves out the line with its end, CR LF; the next cell begins another.
    QByteArray take();

private:
    CsvRow &put(const QByteArray &cell);

    QByteArray m_line;
    bool m_isBegun = false;
};

} // namespace Headroom
