// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/threadprobe.h"

namespace Headroom {

/// Asks an SQLite file for one number at every look; never writes to it.
class SqliteProbe final : public ThreadProbe
{
    Q_OBJECT
public:
    struct Source
    {
        QString path; ///< Absolute.
        QString query; ///< One SELECT.
        Nanoseconds within{500ms}; ///< For the query; then it is interrupted.
    };
    SqliteProbe(const QString &name, const Source &source, Clock &clock);
};

/// The one number that a query gives: the first column of its only row. Nothing when that is NULL, as the sum of no
/// rows is. The file is opened to be read only; the query may neither change anything nor open other files.
/// Errors: Unreadable for a file that is none, InvalidInput for another query or answer, with what is wrong.
Result<std::optional<double>> askSqlite(const SqliteProbe::Source &source);

} // namespace Headroom
