// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/outputfile.h"

#include <QString>

#include <sys/types.h>
#include <vector>

namespace Headroom {

/// The files of one command, asked before it writes the first: no output is one of its inputs, and no two are one file,
/// whatever names and links lead to them. Devices such as /dev/null may be written into twice.
class CommandFiles
{
public:
    /// With what lies beside it when it is a session. "-" and what does not exist are none.
    void reads(const QString &path);
    /// Errors: InvalidInput for an input of the same command or a second output; those of OutputFile::check().
    Result<void> writes(const QString &path, Replacing replacing);
    /// A new session. Errors: InvalidInput as above; those of SessionFile::check().
    Result<void> writesSession(const QString &path);
    /// One that may take the place of a file. Errors: the same, and those of OutputFile::check().
    Result<void> writesSession(const QString &path, Replacing replacing);

private:
    /// What tells files apart. Of one that is not there: its folder, and its name in it.
    struct Place
    {
        dev_t device = 0;
        ino_t inode = 0;
        QString name{};
        bool operator==(const Place &) const = default;
    };
    static Place placeOf(const QString &path);
    Result<void> claim(const QString &path);
    Result<void> claimAsSession(const QString &path);

    std::vector<Place> m_read;
    std::vector<Place> m_written;
};

} // namespace Headroom
