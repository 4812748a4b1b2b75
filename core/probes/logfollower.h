// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <functional>

#include <sys/types.h>

namespace Headroom {

/// Reads what is appended to a file, from where it ends when it is first looked at; goes on with the new file when it
/// was replaced (rotated), and from the beginning when it was cut. Thread: one at a time. A look reads about kMostBytes
/// at most and does not wait.
class LogFollower
{
public:
    static constexpr qint64 kMostBytes = 4 * 1024 * 1024;
    static constexpr qint64 kMostBytesAtOnce = 256 * 1024;

    enum class Excess {
        LeftOut, ///< What a look finds beyond kMostBytes is lost: only what is new counts.
        Later, ///< A look reads kMostBytesAtOnce, the next ones what is left.
    };
    explicit LogFollower(const QString &path, Excess excess = Excess::LeftOut)
        : m_path(path)
        , m_excess(excess)
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
    /// What stands before the place that the next look reads from: at most `mostBytes` from the beginning of the file,
    /// or of its end. Empty without a file.
    QByteArray beginning(qint64 mostBytes) const { return part(0, std::min(mostBytes, m_position)); }
    QByteArray tail(qint64 mostBytes) const { return part(std::max<qint64>(0, m_position - mostBytes), m_position); }

private:
    Result<void> open(bool isAtEnd);
    void close();
    Result<void> readOn(const std::function<void(QByteArrayView)> &take);
    bool hasExcess() const;
    QByteArray part(qint64 from, qint64 to) const;
    Result<Course> readReplaced(const std::function<void(QByteArrayView)> &take,
                                const std::function<void()> &breakLine);

    const QString m_path;
    const Excess m_excess;
    int m_file = -1;
    dev_t m_device = 0;
    ino_t m_inode = 0;
    qint64 m_position = 0;
    bool m_hasLooked = false; ///< What appears later is read from its beginning.
};

} // namespace Headroom
