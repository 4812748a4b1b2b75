// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sessioncheck.h"

#include "core/base/humanformat.h"
#include "core/session/sessionreader.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

/// "1 second", "3,600 seconds"
QString counted(std::uint64_t count, const char *word)
{
    return QStringLiteral("%1 %2%3").arg(formatCount(count), QLatin1String(word), QLatin1String(count == 1 ? "" : "s"));
}

QString contentText(const CheckedSession &session)
{
    QStringList parts{counted(std::uint64_t(session.seconds), "second")};
    if (session.samples > 0)
        parts << counted(session.samples, "raw sample");
    if (session.attachments > 0)
        parts << counted(session.attachments, "attachment");
    return parts.join(QStringLiteral(", "));
}

Result<Nanoseconds> lengthOf(const SessionReader &session)
{
    Nanoseconds end{};
    const int last = std::max(0, session.frameCount() - 1);
    const auto read = session.forEachFrame(last, std::numeric_limits<int>::max(), [&](const FramePtr &frame) {
        end = frame->second * Nanoseconds(1s) + frame->length;
        return true;
    });
    return read.transform([&] { return end; });
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
    CheckedSession checked{.seconds = reader.frameCount(),
                           .samples = reader.sampleTotals().kept,
                           .attachments = reader.attachments().size(),
                           .wasClosed = reader.wasClosedCleanly(),
                           .endedAtMs = reader.endedAtMs()};
    const auto length = lengthOf(reader);
    if (!length)
        return std::unexpected(length.error());
    checked.length = *length;
    return checked;
}

QString checkText(const CheckedSession &session)
{
    if (!session.wasClosed)
        return QStringLiteral("interrupted at %1, whole until then; %2")
            .arg(formatElapsed(session.length), contentText(session));
    const QDateTime end = QDateTime::fromMSecsSinceEpoch(session.endedAtMs, QTimeZone::UTC);
    return QStringLiteral("whole; %1, closed at %2 UTC")
        .arg(contentText(session), end.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

} // namespace Headroom
