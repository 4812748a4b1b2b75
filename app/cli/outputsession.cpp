// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outputsession.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Headroom {

Result<OutputSession> OutputSession::planned(const QString &path, bool replaces)
{
    const QFileInfo there(path);
    if (!there.exists() && !there.isSymLink())
        return OutputSession(path, path);
    if (!replaces)
        return failure(Error::Code::Unwritable,
                       QStringLiteral("this file exists already; choose another name, or add --force"), path);
    if (!there.isFile())
        return failure(Error::Code::Unwritable, QStringLiteral("this is not a file; choose another name"), path);
    QString written = path + QStringLiteral(".new");
    for (int number = 2; QFileInfo::exists(written); ++number)
        written = path + QStringLiteral(".new-%1").arg(number);
    return OutputSession(path, written);
}

Result<void> OutputSession::publish() const
{
    if (m_written == m_path
        || std::rename(QFile::encodeName(m_written).constData(), QFile::encodeName(m_path).constData()) == 0)
        return {};
    const int number = errno;
    QFile::remove(m_written);
    return failure(Error::Code::Unwritable,
                   QStringLiteral("cannot be replaced: %1; choose another name")
                       .arg(QString::fromLocal8Bit(std::strerror(number))),
                   m_path);
}

} // namespace Headroom
