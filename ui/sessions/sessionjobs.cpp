// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/sessionjobs.h"

#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/mappingstable.h"
#include "core/run/sessionname.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QtConcurrentRun>

namespace Headroom {

namespace {

constexpr qint64 kPieceBytes = 1 << 20;

Result<void> writeAll(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(Error::Code::Unwritable, QStringLiteral("cannot be written: ") + file.errorString(), path);
    return {};
}

Result<void> exportNow(const QString &session, const QString &file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending != QLatin1String("html") && ending != QLatin1String("json"))
        return failure(Error::Code::InvalidInput, QStringLiteral("a report's name ends in .html or .json"), file);
    const auto reader = SessionReader::open(session);
    if (!reader)
        return std::unexpected(reader.error());
    const Result<ReportModel> model = buildReport(**reader);
    if (!model)
        return std::unexpected(model.error());
    return writeAll(file, ending == QLatin1String("html") ? htmlReport(*model) : jsonReport(*model));
}

Result<void> copyNow(const QString &session, const QString &path)
{
    if (QFileInfo(session + QStringLiteral("-wal")).size() > 0)
        return failure(Error::Code::Unreadable,
                       QStringLiteral("its run was killed and its last seconds lie in a second file, so it cannot be "
                                      "copied; export its report instead"),
                       session);
    QFile source(session);
    if (!source.open(QIODevice::ReadOnly))
        return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: ") + source.errorString(), session);
    QSaveFile file(path);
    bool isWritten = file.open(QIODevice::WriteOnly);
    while (isWritten && !source.atEnd()) {
        const QByteArray piece = source.read(kPieceBytes);
        if (piece.isEmpty())
            return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: ") + source.errorString(), session);
        isWritten = file.write(piece) == piece.size();
    }
    if (!isWritten || !file.commit())
        return failure(Error::Code::Unwritable, QStringLiteral("cannot be written: ") + file.errorString(), path);
    return {};
}

Result<void> saveAttachmentNow(const QString &session, std::size_t index, const QString &file)
{
    const auto reader = SessionReader::open(session);
    if (!reader)
        return std::unexpected(reader.error());
    const Result<Attachment> attachment = (*reader)->attachment(index);
    return attachment ? writeAll(file, attachment->bytes) : std::unexpected(attachment.error());
}

Result<std::vector<MappingsLook>> readMappingsNow(const QString &session)
{
    const auto reader = SessionReader::open(session);
    return reader ? mappingsIn(**reader) : std::unexpected(reader.error());
}

} // namespace

QFuture<Result<void>> exportReport(const QString &session, const QString &file)
{
    return QtConcurrent::run(exportNow, session, file);
}

QFuture<Result<void>> copySession(const QString &session, const QString &file)
{
    return QtConcurrent::run(copyNow, session, file);
}

QFuture<Result<void>> saveAttachment(const QString &session, std::size_t index, const QString &file)
{
    return QtConcurrent::run(saveAttachmentNow, session, index, file);
}

QFuture<Result<void>> saveBytes(const QByteArray &bytes, const QString &file)
{
    return QtConcurrent::run(writeAll, file, bytes);
}

QFuture<Result<std::vector<MappingsLook>>> readMappings(const QString &session)
{
    return QtConcurrent::run(readMappingsNow, session);
}

Result<QString> newSessionPath(const QString &scenarioName)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                      + QStringLiteral("/sessions"));
    if (!folder.mkpath(QStringLiteral(".")))
        return failure(Error::Code::Unwritable, QStringLiteral("the folder for sessions cannot be made"),
                       folder.path());
    return folder.filePath(freeSessionFileName(folder, scenarioName, QDateTime::currentDateTime()));
}

} // namespace Headroom
