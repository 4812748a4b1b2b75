// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace Headroom {

namespace {

Error fullOutput()
{
    return {Error::Code::Unwritable, QStringLiteral("cannot be written; send it to another place"),
            QStringLiteral("standard output")};
}

void print(FILE *stream, const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stream);
    fflush(stream);
}

} // namespace

QString terminalSafe(const QString &text)
{
    QString safe = text;
    for (QChar &c : safe) {
        if (c.category() == QChar::Other_Control && c != QLatin1Char('\n') && c != QLatin1Char('\t'))
            c = QChar::ReplacementCharacter;
    }
    return safe;
}

void printOut(const QString &text)
{
    print(stdout, terminalSafe(text));
}

bool isAllPrinted()
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    printError(fullOutput().text());
    return false;
}

void printError(const QString &text)
{
    print(stderr, QStringLiteral("headroom: ") + terminalSafe(text));
}

void printDiagnostics(const QString &file, const Diagnostics &diagnostics)
{
    for (const Diagnostic &diagnostic : diagnostics)
        print(stderr, terminalSafe(formatDiagnostic(file, diagnostic)));
}

void printDiagnosticsWithin(const QString &text, const Diagnostics &diagnostics)
{
    for (const Diagnostic &diagnostic : diagnostics) {
        const bool isWarning = diagnostic.severity == Diagnostic::Severity::Warning;
        const TextPosition place = diagnostic.range.start;
        print(stderr,
              terminalSafe(QStringLiteral("%1, line %2, column %3: ").arg(text).arg(place.line).arg(place.column)
                           + (isWarning ? QStringLiteral("warning: ") : QString()) + diagnostic.message));
    }
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    const bool isOpen = path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        const bool exists = QFile::exists(path);
        if (QFileInfo(path).isDir())
            return failure(Error::Code::Unreadable, QStringLiteral("this is a folder; choose a file in it"), path);
        return failure(exists ? Error::Code::Unreadable : Error::Code::NotFound,
                       exists ? QStringLiteral("cannot be read: %1").arg(file.errorString())
                              : QStringLiteral("there is no such file; check the path"), path);
    }
    constexpr qint64 kLargest = 64 * 1024 * 1024; // far above any scenario; keeps /dev/zero and the like out
    const QByteArray bytes = file.read(kLargest + 1);
    if (bytes.size() > kLargest)
        return failure(Error::Code::InvalidInput, QStringLiteral("is larger than 64 MiB; that is no scenario"), path);
    if (file.error() != QFileDevice::NoError)
        return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), path);
    return bytes;
}

QString folderOf(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() ? file.absolutePath() : QDir::currentPath();
}

} // namespace Headroom
