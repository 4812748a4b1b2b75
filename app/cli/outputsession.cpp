// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outputsession.h"

#include "core/session/sessionfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Headroom {

namespace {

constexpr int kMostNames = 100; // what is in the way of the last one is told

} // namespace

Result<OutputSession> OutputSession::planned(const QString &path, Replacing replacing, CommandFiles &files)
{
    if (const auto allowed = files.writesSession(path, replacing); !allowed)
        return std::unexpected(allowed.error());
    const QFileInfo there(path);
    if (!there.exists())
        return OutputSession(path, path);
    const QString replaced = there.canonicalFilePath(); // a link stays one
    const auto nameOf = [&](int number) {
        return replaced + (number == 1 ? QStringLiteral(".new") : QStringLiteral(".new-%1").arg(number));
    };
    int number = 1;
    while (!SessionFile::check(nameOf(number)) && number < kMostNames)
        ++number;
    return OutputSession(replaced, nameOf(number));
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
