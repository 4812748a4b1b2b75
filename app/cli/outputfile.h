// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFile>
#include <QSaveFile>

#include <memory>
#include <optional>

namespace Headroom {

/// Which regular files that are there already a command may replace.
enum class Replacing {
    Nothing,
    OtherFiles, ///< Any but sessions and scenarios: for reports, which are written again and again.
    Anything, ///< But what a living run is writing.
};

/// Where a command writes piece by piece: a file that gets its name once it is whole; standard output; or what is no
/// regular file, such as a pipe or a terminal, which is written into and never replaced. The one place that decides
/// whether there may be written at all.
class OutputFile
{
public:
    /// Whether open() would do it now. Errors: Unwritable.
    static Result<void> check(const QString &path, Replacing replacing);
    /// "-" is standard output. Waits for the reader of a pipe. Errors: Unwritable.
    static Result<std::unique_ptr<OutputFile>> open(const QString &path, Replacing replacing);
    /// All of it at once. Errors: Unwritable.
    static Result<void> write(const QString &path, const QByteArray &bytes, Replacing replacing);
    ~OutputFile();

    QIODevice &device();
    /// Writes what is still held back. Errors: Unwritable.
    Result<void> flush();
    QString name() const { return m_name; }
    /// The file is complete and has its name after it. Errors: Unwritable. Without it nothing is left of a file.
    Result<void> commit();

private:
    Result<void> openNow(const QString &path);

    QString m_name;
    std::unique_ptr<QSaveFile> m_file; // null: what stays when it is closed
    QFile m_stream;
};

/// The descriptor of this program that a path stands for: "-", "/dev/stdout", "/dev/fd/3". Opened by its name, what is
/// behind it would be written from its start again.
std::optional<int> descriptorNamed(const QString &path);

} // namespace Headroom
