// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exportsink.h"

namespace Headroom {

bool ExportSink::write(const QByteArray &bytes)
{
    if (m_problem.isEmpty() && m_device.write(bytes) != bytes.size())
        m_problem = m_device.errorString();
    return m_problem.isEmpty();
}

Result<void> ExportSink::result() const
{
    if (m_problem.isEmpty())
        return {};
    return failure(Error::Code::Unwritable,
                   QStringLiteral("cannot be written: %1; choose another place").arg(m_problem), m_name);
}

} // namespace Headroom
