// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

#include <functional>

#include <sys/types.h>

namespace Headroom {

/// Reads what is appended to a file, from where it ends when it is first looked at; goes on with the new file when it
/// was replaced (rotated), and from the beginning when it was cut. Thread: one at a time. A look reads at most
/// kMostBytes and does not wait.
class LogFollower
{
public:
    static constexpr qint64 kMostBytes = 4 * 1024 * 1024;

    explicit LogFollower(const QString &path)
        : m_path(path)
    {
    }
    ~LogFollower() { close(); }
    LogFollower(const LogFollower &) = delete;
    LogFollower &operator=(const LogFollower &) = delete;

    enum class Course {
        Begun, ///< The first look: nothing was read.
        Grown, ///< Or not; the file is the same.
        Replaced, ///< The end of the old file was read, and the new one from its beginning.
        Cut, ///< Read from the beginning.
    };
    /// `take` gets the bytes, `breakLine` is called where what follows does not go on with what was before.
    /// Errors: Unreadable, with why; InvalidInput when it has grown by more than kMostBytes, which are left out then.
    Result<Course> read(const std::function<void(QByteArrayView)> &take, const std::function<void()> &breakLine);

private:
    Result<void> open(bool isAtEnd);
    void close();
    Result<void> readOn(const std::function<void(QByteArrayView)> &take);
    Result<Course> readReplaced(const std::function<void(QByteArrayView)> &take,
                                const std::function<void()> &breakLine);

    const QString m_path;
    int m_file = -1;
    dev_t m_device = 0;
    ino_t m_inode = 0;
    qint64 m_position = 0;
    bool m_hasLooked = false; ///< What appears later is read from its beginning.
};

} // namespace Headroom
