// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exports.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
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

Result<void> write(const QString &path, const QByteArray &bytes, bool replaces)
{
    const QFileInfo there(path);
    if (!replaces && (there.exists() || there.isSymLink()))
        return failure(Error::Code::Unwritable,
                       QStringLiteral("this file exists already; choose another folder, or add --force"), path);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(Error::Code::Unwritable,
                   QStringLiteral("cannot be written: %1; choose another place").arg(file.errorString()), path);
}

} // namespace

Result<QStringList> exportAttachments(const SessionReader &session, const QString &folder, bool replaces)
{
    if (session.attachments().empty())
        return failure(Error::Code::InvalidInput, QStringLiteral("the session has no attachments"));
    if (!QDir().mkpath(folder))
        return failure(Error::Code::Unwritable, QStringLiteral("this folder cannot be made; choose another place"),
                       folder);
    QStringList paths;
    QSet<QString> taken;
    for (std::size_t i = 0; i < session.attachments().size(); ++i) {
        const auto attachment = session.attachment(i);
        if (!attachment)
            return std::unexpected(attachment.error());
        const QString path = QDir(folder).filePath(toldApart(safeName(attachment->name), taken));
        if (const auto written = write(path, attachment->bytes, replaces); !written)
            return std::unexpected(written.error());
        paths << path;
    }
    return paths;
}

} // namespace Headroom
