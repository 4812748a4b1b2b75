// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <sys/types.h>

namespace Headroom {

/// The name of a session while it is written: PATH.part, or PATH.part-1 and so on when a run that was killed has that
/// one. Nothing that exists is ever overwritten or moved.
class SessionFile
{
public:
    /// Makes the empty part file, readable and writable for its owner only. Errors: as check().
    static Result<SessionFile> create(const QString &path);
    /// Whether create() would do it now. Errors: Unwritable: PATH exists, a living run is writing it, what SQLite would
    /// take for a part of it lies beside it, no folder.
    static Result<void> check(const QString &path);
    /// Only the last of these but one: also of a PATH that is to be replaced. Errors: Unwritable.
    static Result<void> checkBeside(const QString &path);
    /// Whether something lies at PATH or PATH.part.
    static bool isNameTaken(const QString &path);

    const QString &path() const { return m_path; }
    const QString &partPath() const { return m_partPath; }
    /// Whether the part file is still the one that was made. SQLite would go on writing into a deleted one.
    Result<void> checkInPlace() const;
    /// Gives the file, which nobody may have open, its final name, durably. Errors: Unwritable; the part file stays.
    Result<void> publish() const;
    /// Deletes the part file and SQLite's files beside it.
    void discard() const;

private:
    static Result<QString> freePartPath(const QString &path);
    SessionFile(const QString &path, const QString &partPath, int descriptor);
    QString m_path;
    QString m_partPath;
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

/// Whether a living run has this file open to write it. False for what is no session.
bool isSessionBeingWritten(const QString &path);

} // namespace Headroom
