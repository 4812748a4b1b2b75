// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/outputfile.h"

#include <QFileInfo>

#include <cstdio>

namespace Headroom {

namespace {

std::unexpected<Error> unwritable(const QString &why, const QString &path)
{
    return failure(Error::Code::Unwritable, QStringLiteral("cannot be written: %1; choose another place").arg(why),
                   path);
}

} // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::open(const QString &path, bool replaces)
{
    auto output = std::make_unique<OutputFile>();
    if (path == QLatin1String("-")) {
        if (!output->m_standardOutput.open(stdout, QIODevice::WriteOnly))
            return unwritable(output->m_standardOutput.errorString(), QStringLiteral("standard output"));
        return output;
    }
    if (!replaces && QFileInfo::exists(path))
        return failure(Error::Code::Unwritable,
                       QStringLiteral("this file exists already; choose another name, or add --force"), path);
    output->m_file = std::make_unique<QSaveFile>(path);
    if (!output->m_file->open(QIODevice::WriteOnly))
        return unwritable(output->m_file->errorString(), path);
    return output;
}

QIODevice &OutputFile::device() { return m_file ? static_cast<QIODevice &>(*m_file) : m_standardOutput; }

Result<void> OutputFile::commit()
{
    if (m_file)
        return m_file->commit() ? Result<void>() : unwritable(m_file->errorString(), m_file->fileName());
    return m_standardOutput.flush() ? Result<void>() : unwritable(m_standardOutput.errorString(), name());
}

} // namespace Headroom
