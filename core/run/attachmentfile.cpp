// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/attachmentfile.h"

#include "core/base/humanformat.h"
#include "core/session/attachmentname.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

namespace Headroom {

namespace {

std::unexpected<Error> tooLarge(const QString &path)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("is larger than %1, the most that a session takes of one file")
                       .arg(formatBytes(double(Attachment::kMaxBytes))),
                   path);
}

/// By the name, as far as the bytes allow: text whose ending is that of a sound is text.
QString mediaTypeOf(const Attachment &attachment)
{
    const QMimeDatabase types;
    const QString plain = QStringLiteral("text/plain");
    const QMimeType named = types.mimeTypeForFileNameAndData(attachment.name, attachment.bytes);
    const QMimeType seen = types.mimeTypeForData(attachment.bytes);
    return seen.inherits(plain) && !named.inherits(plain) ? seen.name() : named.name();
}

} // namespace

Result<Attachment> readAttachment(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(Error::Code::NotFound, QStringLiteral("there is no such file; check the path"), path);
    if (!info.isFile())
        return failure(Error::Code::InvalidInput, QStringLiteral("is no file; name one that can be attached"), path);
    if (info.size() > Attachment::kMaxBytes)
        return tooLarge(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), path);
    Attachment attachment{.name = attachmentName(info.fileName()), .bytes = file.read(Attachment::kMaxBytes + 1)};
    if (file.error() != QFileDevice::NoError)
        return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: %1").arg(file.errorString()), path);
    if (attachment.bytes.size() > Attachment::kMaxBytes) // it grows, or does not tell its size
        return tooLarge(path);
    attachment.mediaType = mediaTypeOf(attachment);
    return attachment;
}

Result<std::vector<Attachment>> readAttachments(const QStringList &paths)
{
    if (paths.size() > Attachment::kMostInSession)
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("there are %1 files to attach; a session takes %2")
                           .arg(paths.size())
                           .arg(Attachment::kMostInSession));
    std::vector<Attachment> attachments;
    qint64 together = 0;
    for (const QString &path : paths) {
        auto attachment = readAttachment(path);
        if (!attachment)
            return std::unexpected(attachment.error());
        together += attachment->bytes.size();
        if (together > kMostAttachedBytes)
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("with this file the attachments are larger than %1 together; leave some out")
                               .arg(formatBytes(double(kMostAttachedBytes))),
                           path);
        attachments.push_back(std::move(*attachment));
    }
    return attachments;
}

} // namespace Headroom
