// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exports.h"

#include <QFileInfo>
#include <QSet>

namespace Headroom {

namespace {

constexpr qsizetype kLongestName =
    100; // characters of at most 4 bytes, and a number; a file system takes 255 bytes mostly

/// A name out of a file, which may be hostile: without folders and control characters, and not hidden.
QString safeName(const QString &name)
{
    QString safe;
    for (const QChar c : name.right(kLongestName)) // with its ending
        safe += c.isPrint() && c != u'/' && c != u'\\' ? c : u'_';
    while (safe.startsWith(u'.') || safe.startsWith(u' '))
        safe.remove(0, 1);
    return safe.isEmpty() ? QStringLiteral("attachment") : safe;
}

/// Another one than those before it, also where upper and lower case are the same.
QString toldApart(const QString &name, QSet<QString> &taken)
{
    const QFileInfo parts(name);
    QString free = name;
    for (int number = 2; taken.contains(free.toCaseFolded()); ++number) {
        const QString ending = parts.suffix().isEmpty() ? QString() : u'.' + parts.suffix();
        free = name.chopped(ending.size()) + QStringLiteral(" (%1)").arg(number) + ending;
    }
    taken.insert(free.toCaseFolded());
    return free;
}

} // namespace

Result<QStringList> attachmentFileNames(const SessionReader &session)
{
    if (session.attachments().empty())
        return failure(Error::Code::InvalidInput, QStringLiteral("the session has no attachments"));
    QStringList names;
    QSet<QString> taken;
    for (const SessionReader::AttachmentEntry &attachment : session.attachments())
        names << toldApart(safeName(attachment.name), taken);
    return names;
}

} // namespace Headroom
