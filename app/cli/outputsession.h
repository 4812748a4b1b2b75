// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commandfiles.h"

#include <QString>

namespace Headroom {

/// Where a command writes a new session: under its name, or beside a file that it takes the place of once it is whole.
class OutputSession
{
public:
    /// Errors: those of CommandFiles::writesSession().
    static Result<OutputSession> planned(const QString &path, Replacing replacing, CommandFiles &files);

    QString writtenPath() const { return m_written; } ///< Does not exist; to be written now.
    /// Gives it its name. Errors: Unwritable; what was written is gone then.
    Result<void> publish() const;

private:
    OutputSession(const QString &path, const QString &written)
        : m_path(path)
        , m_written(written)
    {
    }
    QString m_path;
    QString m_written;
};

} // namespace Headroom
