// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/runfiles.h"

namespace Headroom {

void RunFiles::clear()
{
    m_entries.clear();
    m_files.clear();
    m_bytes = 0;
    m_firstHere = 0;
}

void RunFiles::add(const Attachment &file)
{
    m_entries.push_back({file.name, file.mediaType, file.at, file.bytes.size()});
    m_files.push_back(file);
    m_bytes += file.bytes.size();
    while (m_bytes > m_mostBytes && m_firstHere + 1 < m_files.size()) {
        QByteArray &oldest = m_files[m_firstHere++].bytes;
        m_bytes -= oldest.size();
        oldest = {};
    }
}

Result<Attachment> RunFiles::file(std::size_t index) const
{
    if (index < m_firstHere || index >= m_files.size())
        return failure(
            Error::Code::NotFound,
            QStringLiteral("it was put away for newer ones; look at it in the session when the run has ended"),
            index < m_entries.size() ? m_entries[index].name : QString());
    return m_files[index];
}

} // namespace Headroom
