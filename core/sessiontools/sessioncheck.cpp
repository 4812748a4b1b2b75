// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sessioncheck.h"

#include "core/base/humanformat.h"
#include "core/session/sessionreader.h"
#include "core/sessiontools/sourceseconds.h"

#include <QDateTime>
#include <QFileInfo>
#include <QTimeZone>

namespace Headroom {

namespace {

/// "1 attachment", "3,600 raw samples"
QString counted(std::uint64_t count, const char *word)
{
    return QStringLiteral("%1 %2%3").arg(formatCount(count), QLatin1String(word), QLatin1String(count == 1 ? "" : "s"));
}

/// Its length as people see it anywhere else, and what lies in it.
QString contentText(const CheckedSession &session)
{
    QStringList parts;
    if (session.wasClosed)
        parts << QStringLiteral("%1 long").arg(formatElapsed(session.length));
    if (session.samples > 0)
        parts << counted(session.samples, "raw sample");
    if (session.attachments > 0)
        parts << counted(session.attachments, "attachment");
    return parts.join(QStringLiteral(", "));
}

/// What the run of a part file has left beside it was not taken along.
std::unexpected<Error> withoutItsLog(const QString &path, Nanoseconds until)
{
    return failure(
        Error::Code::InvalidInput,
        QStringLiteral("its run was killed and left a log, %1-wal, which does not lie beside it: what it ran "
                       "after %2 is missing; put the log there, or copy both files")
            .arg(QFileInfo(path).fileName(), formatElapsed(until)),
        path);
}

} // namespace

Result<CheckedSession> checkSession(const QString &path, const std::function<void(double)> &progress)
{
    const auto session = SessionReader::open(path);
    if (!session)
        return std::unexpected(session.error());
    const SessionReader &reader = **session;
    if (const auto verified = reader.verify(progress); !verified)
        return std::unexpected(verified.error());
    CheckedSession checked{.samples = reader.sampleTotals().kept,
                           .attachments = reader.attachments().size(),
                           .wasClosed = reader.wasClosedCleanly(),
                           .endedAtMs = reader.endedAtMs()};
    const auto length = lengthOf(reader);
    if (!length)
        return std::unexpected(length.error());
    checked.length = *length;
    if (reader.isLogMissing())
        return withoutItsLog(path, checked.length);
    return checked;
}

QString checkText(const CheckedSession &session)
{
    const QString content = contentText(session);
    if (!session.wasClosed)
        return QStringLiteral("interrupted at %1, whole until then").arg(formatElapsed(session.length))
            + (content.isEmpty() ? QString() : QStringLiteral("; ") + content);
    const QDateTime end = QDateTime::fromMSecsSinceEpoch(session.endedAtMs, QTimeZone::UTC);
    return QStringLiteral("whole; %1, closed at %2 UTC")
        .arg(content, end.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

} // namespace Headroom
