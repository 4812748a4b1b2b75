// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFile>
#include <QSaveFile>

#include <memory>

namespace Headroom {

/// Where a command writes piece by piece: a file that gets its name once it is whole, or standard output.
class OutputFile
{
public:
    /// "-" is standard output. `replaces`: a file that is there already. Errors: Unwritable.
    static Result<std::unique_ptr<OutputFile>> open(const QString &path, bool replaces);

    QIODevice &device();
    QString name() const { return m_file ? m_file->fileName() : QStringLiteral("standard output"); }
    /// The file is complete and has its name after it. Errors: Unwritable. Without it nothing is left.
    Result<void> commit();

private:
    std::unique_ptr<QSaveFile> m_file; // null: standard output
    QFile m_standardOutput;
};

} // namespace Headroom
