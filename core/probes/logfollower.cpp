// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/logfollower.h"

#include "core/base/humanformat.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace Headroom {

namespace {

std::unexpected<Error> unreadable(const QString &why)
{
    return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: %1").arg(why));
}

QString systemError() { return QString::fromLocal8Bit(std::strerror(errno)); }

} // namespace

Result<void> LogFollower::open(bool isAtEnd)
{
    close();
    m_file = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); // a pipe would wait
    struct stat found{};
    if (m_file < 0 || ::fstat(m_file, &found) != 0)
        return unreadable(systemError());
    if (!S_ISREG(found.st_mode)) {
        close();
        return unreadable(QStringLiteral("it is no file"));
    }
    m_device = found.st_dev;
    m_inode = found.st_ino;
    m_position = isAtEnd ? qint64(found.st_size) : 0;
    return {};
}

void LogFollower::close()
{
    if (const int file = std::exchange(m_file, -1); file >= 0)
        ::close(file);
}

Result<LogFollower::Course> LogFollower::read(const std::function<void(QByteArrayView)> &take,
                                              const std::function<void()> &breakLine)
{
    const bool isFirst = !std::exchange(m_hasLooked, true);
    if (m_file < 0) {
        if (const auto opened = open(isFirst); !opened)
            return std::unexpected(opened.error());
        if (isFirst)
            return Course::Begun;
        breakLine();
    }
    struct stat named{};
    if (::stat(QFile::encodeName(m_path).constData(), &named) != 0) {
        const QString why = systemError();
        const auto last = readOn(take); // of the file that has lost its name
        close();
        return last ? Result<Course>(unreadable(why)) : std::unexpected(last.error());
    }
    if (named.st_dev != m_device || named.st_ino != m_inode)
        return readReplaced(take, breakLine);
    const bool isCut = qint64(named.st_size) < m_position;
    if (isCut) {
        m_position = 0;
        breakLine();
    }
    const auto done = readOn(take);
    return done ? Result<Course>(isCut ? Course::Cut : Course::Grown) : std::unexpected(done.error());
}

Result<LogFollower::Course> LogFollower::readReplaced(const std::function<void(QByteArrayView)> &take,
                                                      const std::function<void()> &breakLine)
{
    const auto old = readOn(take);
    if (old && hasExcess())
        return Course::Grown; // the new file has to wait
    breakLine();
    if (const auto opened = open(false); !opened)
        return std::unexpected(opened.error());
    const auto done = readOn(take);
    if (!old || !done)
        return std::unexpected(old ? done.error() : old.error());
    return Course::Replaced;
}

/// To the end of the file as it is now.
Result<void> LogFollower::readOn(const std::function<void(QByteArrayView)> &take)
{
    struct stat now{};
    if (::fstat(m_file, &now) != 0)
        return unreadable(systemError());
    qint64 end = now.st_size;
    if (m_excess == Excess::Later) {
        end = std::min(end, m_position + kMostBytesAtOnce);
    } else if (end - m_position > kMostBytes) {
        m_position = qint64(now.st_size);
        return failure(
            Error::Code::InvalidInput,
            QStringLiteral("has grown by more than %1 since the look before; look more often, or write less to it")
                .arg(formatBytes(double(kMostBytes))));
    }
    std::array<char, 64 * 1024> buffer{};
    while (m_position < end) {
        const auto wanted = std::min<qint64>(qint64(buffer.size()), end - m_position);
        const ssize_t got = ::pread(m_file, buffer.data(), std::size_t(wanted), off_t(m_position));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(systemError());
        if (got == 0) // cut in the meantime; the next look finds out
            break;
        m_position += got;
        take(QByteArrayView(buffer.data(), got));
    }
    return {};
}

/// Whether the open file goes on behind what was read of it.
bool LogFollower::hasExcess() const
{
    struct stat now{};
    return m_file >= 0 && ::fstat(m_file, &now) == 0 && qint64(now.st_size) > m_position
        && m_excess == Excess::Later;
}

QByteArray LogFollower::part(qint64 from, qint64 to) const
{
    if (m_file < 0 || to <= from)
        return {};
    QByteArray bytes(to - from, Qt::Uninitialized);
    const ssize_t got = ::pread(m_file, bytes.data(), std::size_t(bytes.size()), off_t(from));
    bytes.truncate(std::max<qsizetype>(0, got));
    return bytes;
}

} // namespace Headroom
