// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenariopath.h"

#include "core/base/humanformat.h"

#include <QDir>
#include <QFileInfo>

namespace Headroom {

namespace {

std::unexpected<Error> refused(const QString &message) { return failure(Error::Code::InvalidInput, message); }

/// Judges by the text alone.
bool leavesByName(const QString &file)
{
    const QString clean = QDir::cleanPath(file);
    return clean == u".." || clean.startsWith(QLatin1String("../"));
}

bool isBelow(const QString &folder, const QString &path)
{
    return path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

} // namespace

QString pathProblem(const QString &file)
{
    const QString name = formatQuoted(file);
    if (file.trimmed().isEmpty() || file.contains(QChar(0)))
        return QStringLiteral("%1 is no name of a file; write its path, from the scenario's folder").arg(name);
    if (QDir::isAbsolutePath(file) || leavesByName(file))
        return QStringLiteral(
                   "the path %1 leaves the scenario's folder; put the file into the folder, and write its path from "
                   "there")
            .arg(name);
    return {};
}

Result<QString> pathInside(const QString &folder, const QString &file)
{
    const QString name = formatQuoted(file);
    if (const QString problem = pathProblem(file); !problem.isEmpty())
        return refused(problem);
    if (folder.isEmpty())
        return refused(
            QStringLiteral("where %1 is cannot be known before the scenario is saved; save it first").arg(name));
    const QFileInfo info(QDir(folder).absoluteFilePath(file));
    if (!info.exists())
        return failure(
            Error::Code::NotFound,
            QStringLiteral("there is no file %1 in the scenario's folder; paths start from there").arg(name));
    if (!isBelow(QFileInfo(folder).canonicalFilePath(), info.canonicalFilePath()))
        return refused(QStringLiteral("the path %1 leads out of the scenario's folder by a symbolic link; put the file "
                                      "itself into the folder")
                           .arg(name));
    if (!info.isFile())
        return refused(QStringLiteral("%1 is no regular file; write the path of a file").arg(name));
    return info.canonicalFilePath();
}

Result<QByteArray> readFileInside(const QString &folder, const QString &file, qint64 mostBytes)
{
    const Result<QString> path = pathInside(folder, file);
    if (!path)
        return std::unexpected(path.error());
    QFile device(*path);
    if (!device.open(QIODevice::ReadOnly))
        return failure(Error::Code::Unreadable,
                       QStringLiteral("the file %1 cannot be read: %2").arg(formatQuoted(file), device.errorString()));
    QByteArray bytes = device.read(mostBytes + 1); // its size may lie, and may change
    if (bytes.size() > mostBytes)
        return refused(QStringLiteral("the file %1 is larger than %2; make it smaller")
                           .arg(formatQuoted(file), formatBytes(double(mostBytes))));
    return bytes;
}

} // namespace Headroom
