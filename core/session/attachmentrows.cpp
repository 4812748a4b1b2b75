// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attachmentrows.h"

#include "core/session/attachmentname.h"
#include "core/session/compression.h"
#include "core/session/rowkey.h"
#include "core/session/sessionlimits.h"

namespace Headroom {

namespace {

constexpr qsizetype kPartBytes = 1024 * 1024; // one value of SQLite stays small, however large the file is
constexpr qint64 kMostStored = Attachment::kMaxBytes + Attachment::kMaxBytes / 64; // what does not compress, with room
constexpr qsizetype kLongestType = 100;

bool isFileName(const QString &name) { return name.size() <= kLongestAttachmentName && attachmentName(name) == name; }

/// Of how many parts the bytes are.
qint64 partsOf(qint64 storedSize) { return (storedSize + kPartBytes - 1) / kPartBytes; }

QString misfitOfHead(const Attachment &described, qint64 size)
{
    if (!isFileName(described.name) || described.mediaType.size() > kLongestType)
        return QStringLiteral("its name is not that of a file, or its type is too long");
    if (size < 0 || size > Attachment::kMaxBytes)
        return QStringLiteral("it is larger than %1 MiB").arg(Attachment::kMaxBytes / (1024 * 1024));
    if (described.at < -kMaxSessionTime || described.at > kMaxSessionTime)
        return QStringLiteral("its time is out of range");
    return {};
}

QByteArray readParts(Database &database, std::size_t index, const AttachmentHead &head)
{
    QByteArray stored;
    Statement part(database, "SELECT id, bytes FROM attachment_parts WHERE id >= ? AND id < ? ORDER BY id");
    part.start(rowKey(int(index)), rowKey(int(index) + 1));
    for (std::size_t position = 0; part.next(); ++position) {
        const std::int64_t id = part.takeInteger();
        const QByteArray bytes = part.takeBlob();
        if (id != rowKey(int(index), position) || stored.size() + bytes.size() > head.storedSize)
            database.failDamaged(QStringLiteral("a part of an attachment is missing or too long"));
        stored += bytes;
    }
    return stored;
}

} // namespace

QString misfitOf(const Attachment &attachment) { return misfitOfHead(attachment, attachment.bytes.size()); }

void writeAttachment(Database &database, std::size_t index, const Attachment &attachment, SessionChain &chain)
{
    const QByteArray stored = compressed(attachment.bytes);
    const QByteArray digest = digestOf(attachment);
    Statement row(database, "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?)");
    row.run(index, attachment.name, attachment.mediaType, attachment.at.count(), attachment.bytes.size(), stored.size(),
            digest);
    Statement part(database, "INSERT INTO attachment_parts VALUES (?, ?)");
    for (qint64 position = 0; position < partsOf(stored.size()); ++position)
        part.run(rowKey(int(index), std::size_t(position)), stored.mid(position * kPartBytes, kPartBytes));
    chain.addAttachment(attachment, attachment.bytes.size(), digest);
}

std::vector<AttachmentHead> readAttachmentHeads(Database &database, SessionChain &chain)
{
    std::vector<AttachmentHead> heads;
    Statement row(database, "SELECT * FROM attachments ORDER BY attachment");
    while (row.next()) {
        if (row.takeCount() != heads.size() || heads.size() >= std::size_t(Attachment::kMostInSession))
            database.failDamaged(QStringLiteral("its attachments have a gap or are too many"));
        AttachmentHead head;
        head.described.name = row.takeText();
        head.described.mediaType = row.takeText();
        head.described.at = Nanoseconds(row.takeInteger());
        head.size = row.takeInteger();
        head.storedSize = row.takeInteger();
        head.digest = row.takeBlob();
        if (!misfitOfHead(head.described, head.size).isEmpty() || head.storedSize < 0 || head.storedSize > kMostStored)
            database.failDamaged(QStringLiteral("an attachment is out of its limits"));
        if (!database.isOk())
            break;
        chain.addAttachment(head.described, head.size, head.digest);
        heads.push_back(std::move(head));
    }
    return heads;
}

Attachment readAttachment(Database &database, std::size_t index, const AttachmentHead &head)
{
    Attachment attachment = head.described;
    const QByteArray stored = readParts(database, index, head);
    if (!database.isOk())
        return attachment;
    if (auto bytes = decompressed(stored, head.size))
        attachment.bytes = std::move(*bytes);
    else
        database.failDamaged(QStringLiteral("the attachment %1 cannot be unpacked").arg(attachment.name));
    if (digestOf(attachment) != head.digest)
        database.failDamaged(QStringLiteral("the attachment %1 does not fit its digest").arg(attachment.name));
    return attachment;
}

void checkAttachmentParts(Database &database, const std::vector<AttachmentHead> &heads)
{
    Statement row(database, "SELECT id FROM attachment_parts ORDER BY id");
    std::size_t index = 0;
    std::size_t position = 0;
    const auto isOver = [&] { return std::int64_t(position) >= partsOf(heads[index].storedSize); };
    while (row.next()) {
        for (; index < heads.size() && isOver(); ++index)
            position = 0;
        if (index >= heads.size() || row.takeInteger() != rowKey(int(index), position++))
            return database.failDamaged(QStringLiteral("a part of an attachment belongs to none"));
    }
}

} // namespace Headroom
