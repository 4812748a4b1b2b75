// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QIODevice>

namespace Headroom {

/// Where an export goes, piece by piece; after a failure nothing more is written.
/// Thread: one. Owns: nothing; the device is open and outlives it.
class ExportSink
{
public:
    /// `name`: of the file, for the error.
    ExportSink(QIODevice &device, const QString &name)
        : m_device(device)
        , m_name(name)
    {
    }
    /// False once something could not be written.
    bool write(const QByteArray &bytes);
    /// Errors: Unwritable, with the name as subject.
    Result<void> result() const;

private:
    QIODevice &m_device;
    const QString m_name;
    QString m_problem;
};

} // namespace Headroom
