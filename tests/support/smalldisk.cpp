// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smalldisk.h"

#include <QByteArray>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace Headroom {

namespace {

const QString kFiller = QStringLiteral("filler");

bool write(const char *path, const QByteArray &text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QFile::WriteOnly | QFile::Unbuffered) && file.write(text) == text.size();
}

/// A user namespace in which this user stays himself.
bool becomeMasterOfOwnMounts()
{
    const QByteArray user = QByteArray::number(qulonglong(getuid()));
    const QByteArray group = QByteArray::number(qulonglong(getgid()));
    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && write("/proc/self/setgroups", "deny")
        && write("/proc/self/uid_map", user + ' ' + user + " 1") && write("/proc/self/gid_map", group + ' ' + group + " 1");
}

} // namespace

QString SmallDisk::makePossible()
{
    const bool isDone = (unshare(CLONE_NEWNS) == 0 || becomeMasterOfOwnMounts())
        && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return isDone ? QString()
                  : QStringLiteral("this system allows no mounts of one's own: %1").arg(QString::fromLocal8Bit(std::strerror(errno)));
}

SmallDisk::SmallDisk(qint64 bytes, int files)
{
    const QByteArray options = "mode=0700,size=" + QByteArray::number(bytes) + ",nr_inodes=" + QByteArray::number(files);
    m_isMounted = mount("headroom-test", QFile::encodeName(path()).constData(), "tmpfs", MS_NOSUID | MS_NODEV, options.constData()) == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted)
        umount2(QFile::encodeName(path()).constData(), MNT_DETACH); // somebody may still have a file open
}

qint64 SmallDisk::freeBytes() const
{
    struct statvfs status{};
    return statvfs(QFile::encodeName(path()).constData(), &status) == 0 ? qint64(status.f_bavail) * qint64(status.f_bsize) : -1;
}

bool SmallDisk::fill(qint64 left)
{
    const int file = open(QFile::encodeName(filePath(kFiller)).constData(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const QByteArray page(sysconf(_SC_PAGESIZE), 'x');
    while (file >= 0 && freeBytes() - left >= page.size() && ::write(file, page.constData(), std::size_t(page.size())) > 0) { }
    close(file);
    return freeBytes() >= 0 && freeBytes() - left < page.size();
}

void SmallDisk::clear() { QFile::remove(filePath(kFiller)); }

bool SmallDisk::makeReadOnly()
{
    return mount(nullptr, QFile::encodeName(path()).constData(), nullptr, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, nullptr) == 0;
}

} // namespace Headroom
