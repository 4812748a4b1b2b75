// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionstore.h"

#include "core/base/ownedthread.h"

namespace Headroom {

Result<void> SessionStore::create(const SessionHead &head)
{
    ASSERT_THREAD(this);
    auto writer = SessionWriter::create(m_path, head);
    if (!writer)
        return std::unexpected(writer.error());
    m_writer = std::move(*writer);
    return {};
}

void SessionStore::append(const FramePtr &frame)
{
    ASSERT_THREAD(this);
    if (!m_error)
        take(m_writer->append(*frame));
}

void SessionStore::setRules(const QStringList &rules)
{
    ASSERT_THREAD(this);
    if (!m_error)
        take(m_writer->setRules(rules));
}

void SessionStore::take(const Result<void> &written)
{
    if (written)
        return;
    m_error = written.error();
    m_writer.reset(); // what was committed stays in the .part file
    beforeHandOver();
    Q_EMIT failed(*m_error);
}

Result<void> SessionStore::finish(const std::vector<RunEvent> &lateEvents, const RunEnding &ending, qint64 endedAtMs)
{
    ASSERT_THREAD(this);
    if (m_error)
        return std::unexpected(*m_error);
    for (const RunEvent &event : lateEvents) {
        if (const auto written = m_writer->append(event); !written)
            return written;
    }
    return m_writer->finish(ending, endedAtMs);
}

} // namespace Headroom
