// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionfile.h"

#include "core/session/database.h"
#include "core/session/writefailure.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Headroom {

namespace {

constexpr int kMaxPartNames = 100;
constexpr const char *kBeside[] = {"-wal", "-journal", "-shm"}; // SQLite's own files: it believes them

std::unexpected<Error> unwritable(const QString &what, const QString &path)
{
    return failure(Error::Code::Unwritable, what, path);
}

std::unexpected<Error> systemFailure(int number, const QString &path) { return unwritable(writeFailure(number), path); }

std::unexpected<Error> existsAlready(const QString &path)
{
    return unwritable(QFileInfo(path).isDir() ? QStringLiteral("this is a folder; name a file in it")
                                              : QStringLiteral("this file exists already; choose another name"),
                      path);
}

bool isTaken(const QString &path) // also by a link to nowhere
{
    struct stat status;
    return lstat(QFile::encodeName(path).constData(), &status) == 0;
}

/// Which of SQLite's files lies beside a file; empty for none.
QString besideOf(const QString &path)
{
    for (const char *suffix : kBeside) {
        if (isTaken(path + QLatin1String(suffix)))
            return path + QLatin1String(suffix);
    }
    return {};
}

std::unexpected<Error> isBeingWritten(const QString &part, const QString &path)
{
    return unwritable(QStringLiteral("a run is writing it already, as %1; choose another name").arg(part), path);
}

int makeNew(const QString &path)
{
    return open(QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/// Writes what the kernel still holds of a file or folder to the disk.
int flush(const QString &path, int flags)
{
    const int descriptor = open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    const int number = fsync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    return number;
}

/// Renames without ever replacing a file. 0, or an errno.
int renameToNew(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    if (renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // The file system does not know the flag; a hard link does not replace either.
    if (link(source.constData(), target.constData()) != 0)
        return errno;
    unlink(source.constData());
    return 0;
}

} // namespace

SessionFile::SessionFile(const QString &path, const QString &partPath, int descriptor)
    : m_path(path)
    , m_partPath(partPath)
{
    struct stat status;
    if (fstat(descriptor, &status) == 0) {
        m_device = status.st_dev;
        m_inode = status.st_ino;
    }
}

Result<SessionFile> SessionFile::create(const QString &path)
{
    const auto part = check(path).and_then([&] { return freePartPath(path); });
    if (!part)
        return std::unexpected(part.error());
    const int descriptor = makeNew(*part);
    if (descriptor < 0 && errno == EEXIST)
        return isBeingWritten(*part, path); // as of this moment
    if (descriptor < 0)
        return systemFailure(errno, path);
    const SessionFile file(path, *part, descriptor);
    close(descriptor);
    return file;
}

Result<void> SessionFile::check(const QString &path)
{
    if (isTaken(path))
        return existsAlready(path);
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (!folder.isDir())
        return unwritable(
            QStringLiteral("the folder %1 does not exist; make it or choose another place").arg(folder.filePath()),
            path);
    return checkBeside(path).and_then([&] { return freePartPath(path); }).transform([](const QString &) {});
}

Result<void> SessionFile::checkBeside(const QString &path)
{
    const QString beside = besideOf(path);
    if (beside.isEmpty())
        return {};
    return unwritable(
        QStringLiteral("%1 lies there and would be taken for a part of it; delete that or choose another name")
            .arg(beside),
        path);
}

bool SessionFile::isNameTaken(const QString &path) { return isTaken(path) || isTaken(path + QLatin1String(".part")); }

/// The first name for a part file that nobody has, unless a run is writing one of those before.
Result<QString> SessionFile::freePartPath(const QString &path)
{
    for (int i = 0; i < kMaxPartNames; ++i) {
        const QString part = path + (i == 0 ? QStringLiteral(".part") : QStringLiteral(".part-%1").arg(i));
        if (!isTaken(part) && besideOf(part).isEmpty())
            return part;
        if (isSessionBeingWritten(part))
            return isBeingWritten(part, path);
    }
    return unwritable(
        QStringLiteral("too many unfinished sessions of this name; delete %1.part and its like").arg(path), path);
}

Result<void> SessionFile::checkInPlace() const
{
    struct stat status;
    if (lstat(QFile::encodeName(m_partPath).constData(), &status) == 0 && status.st_dev == m_device
        && status.st_ino == m_inode)
        return {};
    return unwritable(QStringLiteral("the unfinished session was moved or deleted while the run went on; run again and "
                                     "leave it alone until the end"),
                      m_partPath);
}

Result<void> SessionFile::publish() const
{
    if (const int number = flush(m_partPath, O_RDWR))
        return systemFailure(number, m_partPath);
    const int number = renameToNew(m_partPath, m_path);
    if (number == EEXIST)
        return unwritable(
            QStringLiteral("a file of this name appeared during the run; the session is in %1").arg(m_partPath),
            m_path);
    if (number)
        return systemFailure(number, m_path);
    // The data is safe under either name; a folder that cannot be flushed is no failure.
    flush(QFileInfo(m_path).absolutePath(), O_RDONLY | O_DIRECTORY);
    return {};
}

void SessionFile::discard() const
{
    for (const char *suffix : {"", "-wal", "-journal"})
        QFile::remove(m_partPath + QLatin1String(suffix));
}

bool isSessionBeingWritten(const QString &path)
{
    if (!QFileInfo(path).isFile()) // opening a pipe would wait for its writer
        return false;
    const auto database = Database::open(path, Database::Mode::ReadImmutable);
    return database && (*database)->isBeingWritten();
}

} // namespace Headroom
