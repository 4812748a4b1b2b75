// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/capturedfile.h"

#include "core/base/humanformat.h"
#include "core/session/attachmentname.h"
#include "core/stacks/stacktree.h"

#include <QMimeDatabase>

namespace Headroom {

namespace {

const QString kFolded = QStringLiteral("text/x-folded-stacks");

struct Kind
{
    QString ending;
    QString mediaType;
};

Kind kindOf(const QByteArray &bytes, const QByteArray &contentType)
{
    if (StackTree::samplesIn(bytes))
        return {QStringLiteral("folded"), kFolded};
    const QMimeDatabase types;
    const QMimeType named = types.mimeTypeForName(QString::fromLatin1(contentType).section(u';', 0, 0).trimmed());
    const QMimeType type = named.isValid() && !named.isDefault() ? named : types.mimeTypeForData(bytes);
    if (type.name() == QLatin1String("application/gzip")) // pprof's protobuf, as Go serves it
        return {QStringLiteral("pb.gz"), type.name()};
    const QString ending = type.preferredSuffix();
    return {ending.isEmpty() ? QStringLiteral("bin") : ending, type.name()};
}

} // namespace

Attachment capturedFile(const QString &name, int number, const QByteArray &bytes, const QByteArray &contentType)
{
    const Kind kind = kindOf(bytes, contentType);
    return {.name = attachmentName(QStringLiteral("%1-%2.%3").arg(name).arg(number).arg(kind.ending)),
            .mediaType = kind.mediaType,
            .bytes = bytes};
}

std::optional<std::uint64_t> samplesOf(const Attachment &captured)
{
    return captured.mediaType == kFolded ? StackTree::samplesIn(captured.bytes) : std::nullopt;
}

QString capturedText(const Attachment &captured, Nanoseconds length)
{
    const auto samples = samplesOf(captured);
    QString what = samples
        ? formatCount(*samples) + (*samples == 1 ? QStringLiteral(" sample") : QStringLiteral(" samples"))
        : formatBytes(double(captured.bytes.size()));
    if (samples && length > 0ns)
        what += QStringLiteral(" in ") + formatDuration(length);
    return QStringLiteral("%1, attached as %2").arg(what, captured.name);
}

} // namespace Headroom
