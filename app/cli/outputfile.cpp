// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outputfile.h"

#include "core/run/againrequest.h"
#include "core/session/sessionfile.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <cstdio>
#include <stdio_ext.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Headroom {

namespace {

std::unexpected<Error> refused(const QString &why, const QString &path)
{
    return failure(Error::Code::Unwritable, why, path);
}

std::unexpected<Error> unwritable(const QString &why, const QString &path)
{
    return refused(QStringLiteral("cannot be written: %1; choose another place").arg(why), path);
}

/// A scenario or suite, by its name or how it begins. A report that quotes one is none.
bool isScenarioFile(const QString &path)
{
    static const QRegularExpression kFirstKey(QStringLiteral("^(?:\\{\\s*)?[\"']?headroom[\"']?\\s*:"),
                                              QRegularExpression::MultilineOption);
    constexpr qint64 kRead = 64 * 1024; // comments come first
    QFile file(path);
    if (path.endsWith(u".yaml") || path.endsWith(u".yml"))
        return true;
    const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(kRead).trimmed() : QByteArray();
    return !head.startsWith('<') && kFirstKey.match(QString::fromUtf8(head)).hasMatch();
}

/// The log that a killed run has left beside its session.
bool isLogFile(const QString &path)
{
    QFile file(path);
    const QByteArray magic = file.open(QIODevice::ReadOnly) ? file.read(4) : QByteArray();
    return magic == QByteArrayView("\x37\x7f\x06\x82", 4) || magic == QByteArrayView("\x37\x7f\x06\x83", 4);
}

/// Of a regular file that is there.
Result<void> checkReplacing(const QString &path, Replacing replacing)
{
    if (replacing == Replacing::Nothing)
        return refused(QStringLiteral("this file exists already; choose another name, or add --force"), path);
    if (isSessionBeingWritten(path))
        return refused(QStringLiteral("a run is writing this file; choose another name"), path);
    if (replacing == Replacing::Anything)
        return {};
    if (isSessionFile(path) || isLogFile(path))
        return refused(QStringLiteral("this is a session, which no report replaces; choose another name"), path);
    if (isScenarioFile(path))
        return refused(QStringLiteral("this is a scenario, which no report replaces; choose another name"), path);
    return {};
}

bool isStream(const QString &path)
{
    struct stat status;
    return stat(QFile::encodeName(path).constData(), &status) == 0 && !S_ISREG(status.st_mode);
}

} // namespace

std::optional<int> descriptorNamed(const QString &path)
{
    static const QRegularExpression kNumbered(QStringLiteral("^/(?:dev|proc/self)/fd/(\\d{1,6})$"));
    if (path == u"-" || path == u"/dev/stdout")
        return STDOUT_FILENO;
    if (path == u"/dev/stderr")
        return STDERR_FILENO;
    const auto match = kNumbered.match(path);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

Result<void> OutputFile::check(const QString &path, Replacing replacing)
{
    if (descriptorNamed(path))
        return {};
    struct stat status;
    if (stat(QFile::encodeName(path).constData(), &status) != 0) {
        if (QFileInfo(path).isSymLink())
            return refused(QStringLiteral("this is a link that leads nowhere; choose another name"), path);
        return {}; // a new one; whether it can be made is seen when it is
    }
    if (S_ISDIR(status.st_mode))
        return refused(QStringLiteral("this is a folder; name a file in it"), path);
    if (S_ISBLK(status.st_mode))
        return refused(QStringLiteral("this is a disk; choose another name"), path);
    return S_ISREG(status.st_mode) ? checkReplacing(path, replacing) : Result<void>();
}

Result<std::unique_ptr<OutputFile>> OutputFile::open(const QString &path, Replacing replacing)
{
    auto output = std::make_unique<OutputFile>();
    return check(path, replacing).and_then([&] { return output->openNow(path); }).transform([&] {
        return std::move(output);
    });
}

Result<void> OutputFile::openNow(const QString &path)
{
    const auto descriptor = descriptorNamed(path);
    m_name = descriptor == STDOUT_FILENO ? QStringLiteral("standard output") : path;
    if (descriptor || isStream(path)) {
        m_stream.setFileName(path);
        const bool isOpen = !descriptor    ? m_stream.open(QIODevice::WriteOnly | QIODevice::ExistingOnly)
            : *descriptor == STDOUT_FILENO ? m_stream.open(stdout, QIODevice::WriteOnly)
                                           : m_stream.open(*descriptor, QIODevice::WriteOnly);
        return isOpen ? Result<void>() : unwritable(m_stream.errorString(), m_name);
    }
    const QString there = QFileInfo(path).canonicalFilePath(); // a link stays one
    m_file = std::make_unique<QSaveFile>(there.isEmpty() ? path : there);
    return m_file->open(QIODevice::WriteOnly) ? Result<void>() : unwritable(m_file->errorString(), m_name);
}

Result<void> OutputFile::write(const QString &path, const QByteArray &bytes, Replacing replacing)
{
    auto file = open(path, replacing);
    if (!file)
        return std::unexpected(file.error());
    if ((*file)->device().write(bytes) != bytes.size())
        return unwritable((*file)->device().errorString(), (*file)->name());
    return (*file)->commit();
}

OutputFile::~OutputFile()
{
    if (m_stream.isOpen() && m_stream.handle() == STDOUT_FILENO && m_stream.error() != QFileDevice::NoError) {
        __fpurge(stdout); // said by whoever wrote, and not again at the end
        clearerr(stdout);
    }
}

QIODevice &OutputFile::device() { return m_file ? static_cast<QIODevice &>(*m_file) : m_stream; }

Result<void> OutputFile::flush()
{
    const bool isFlushed = m_file ? m_file->flush() : m_stream.flush();
    return isFlushed ? Result<void>() : unwritable(device().errorString(), m_name);
}

Result<void> OutputFile::commit()
{
    if (!m_file)
        return flush();
    return m_file->commit() ? Result<void>() : unwritable(m_file->errorString(), m_name);
}

} // namespace Headroom
