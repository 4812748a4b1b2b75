// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandfiles.h"

#include "core/session/sessionfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include <sys/stat.h>

namespace Headroom {

namespace {

std::unexpected<Error> misused(const QString &why, const QString &path)
{
    return failure(Error::Code::InvalidInput, why, path);
}

bool isAt(const QString &path, struct stat &status)
{
    const auto descriptor = descriptorNamed(path);
    return (descriptor ? fstat(*descriptor, &status) : stat(QFile::encodeName(path).constData(), &status)) == 0;
}

/// What is written into it is not there to be read again.
bool isDevice(const QString &path)
{
    struct stat status;
    return !descriptorNamed(path) && isAt(path, status) && S_ISCHR(status.st_mode);
}

} // namespace

CommandFiles::Place CommandFiles::placeOf(const QString &path)
{
    struct stat status;
    if (isAt(path, status))
        return {status.st_dev, status.st_ino};
    const QFileInfo file(path);
    if (isAt(file.absolutePath(), status))
        return {status.st_dev, status.st_ino, file.fileName()};
    return {0, 0, QDir::cleanPath(file.absoluteFilePath())};
}

void CommandFiles::reads(const QString &path)
{
    if (path == u"-" || !QFileInfo::exists(path))
        return;
    const QString file = QFileInfo(path).canonicalFilePath();
    for (const char *suffix : {"", "-wal", "-journal", "-shm"})
        m_read.push_back(placeOf(file + QLatin1String(suffix)));
}

Result<void> CommandFiles::claim(const QString &path)
{
    const Place place = placeOf(path);
    if (std::ranges::contains(m_read, place))
        return misused(QStringLiteral("the same command reads this file; choose another name"), path);
    if (std::ranges::contains(m_written, place) && !isDevice(path))
        return misused(descriptorNamed(path) ? QStringLiteral("only one file can go there; name others for the rest")
                                             : QStringLiteral("two outputs would be this one file; name another one"),
                       path == u"-" ? QStringLiteral("standard output") : path);
    m_written.push_back(place);
    return {};
}

Result<void> CommandFiles::claimAsSession(const QString &path)
{
    if (descriptorNamed(path))
        return misused(QStringLiteral("a session is a file of its own; name one"), path);
    return claim(path).transform([&] { m_written.push_back(placeOf(path + QStringLiteral(".part"))); });
}

Result<void> CommandFiles::writes(const QString &path, Replacing replacing)
{
    return claim(path).and_then([&] { return OutputFile::check(path, replacing); });
}

Result<void> CommandFiles::writesSession(const QString &path)
{
    return claimAsSession(path).and_then([&] { return SessionFile::check(path); });
}

Result<void> CommandFiles::writesSession(const QString &path, Replacing replacing)
{
    const QFileInfo there(path);
    if (!there.exists() && !there.isSymLink())
        return writesSession(path);
    if (there.exists() && !there.isFile() && !there.isDir())
        return failure(Error::Code::Unwritable, QStringLiteral("this is not a file; choose another name"), path);
    return claimAsSession(path).and_then([&] { return OutputFile::check(path, replacing); }).and_then([&] {
        return SessionFile::checkBeside(there.canonicalFilePath());
    });
}

} // namespace Headroom
