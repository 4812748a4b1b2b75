// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <sys/types.h>

namespace Headroom {

/// The name of a session while it is written: PATH.part, or PATH.part-1 and so on when a run that was killed, or still
/// goes on, has that one. Nothing that exists is ever overwritten or moved.
class SessionFile
{
public:
    /// Makes the empty part file, readable and writable for its owner only. Errors: Unwritable, also when PATH exists.
    static Result<SessionFile> create(const QString &path);

    const QString &path() const { return m_path; }
    const QString &partPath() const { return m_partPath; }
    /// Whether the part file is still the one that was made. SQLite would go on writing into a deleted one.
    Result<void> checkInPlace() const;
    /// Gives the file, which nobody may have open, its final name, durably. Errors: Unwritable; the part file stays.
    Result<void> publish() const;
    /// Deletes the part file and SQLite's files beside it.
    void discard() const;

private:
    SessionFile(const QString &path, const QString &partPath, int descriptor);
    QString m_path;
    QString m_partPath;
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

} // namespace Headroom
