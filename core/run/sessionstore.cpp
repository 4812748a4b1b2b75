// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionstore.h"

#include "core/base/ownedthread.h"
#include "core/run/sessionname.h"
#include "core/session/sessionfile.h"

#include <QFile>
#include <QMetaObject>

namespace Headroom {

void SessionStore::hand(const FramePtr &frame, const SecondSamplesPtr &samples)
{
    m_waiting.fetch_add(1, std::memory_order_relaxed);
    beforeHandOver();
    QMetaObject::invokeMethod(this, [this, frame, samples] { append(frame, samples); }, Qt::QueuedConnection);
}

void SessionStore::giveUp(const Error &error)
{
    m_isGivenUp.store(true, std::memory_order_relaxed);
    beforeHandOver();
    QMetaObject::invokeMethod(
        this,
        [this, error] {
            if (!m_error)
                take(std::unexpected(error));
        },
        Qt::QueuedConnection);
}

Result<void> SessionStore::create(const SessionHead &head, const std::vector<Attachment> &attachments)
{
    ASSERT_THREAD(this);
    auto writer = begin(head);
    if (!writer)
        return std::unexpected(writer.error());
    m_writer = std::move(*writer);
    for (const Attachment &attachment : attachments) {
        if (const auto attached = m_writer->attach(attachment); !attached) {
            const QString begun = m_writer->partPath();
            m_writer.reset();
            QFile::remove(begun); // the run does not begin: there is nothing in it to keep
            return attached;
        }
    }
    return {};
}

/// Of two runs that want one name at the same moment, one alone can make the file.
Result<std::unique_ptr<SessionWriter>> SessionStore::begin(const SessionHead &head)
{
    constexpr int kMostTries = 100;
    const QString first = m_path;
    for (int i = 0;; ++i) {
        if (m_canBeRenamed)
            m_path = freeSessionPath(first);
        auto writer = SessionWriter::create(m_path, head);
        const bool isTaken = !writer && SessionFile::isNameTaken(m_path);
        if (!m_canBeRenamed || !isTaken || i == kMostTries)
            return writer;
    }
}

void SessionStore::append(const FramePtr &frame, const SecondSamplesPtr &samples)
{
    ASSERT_THREAD(this);
    if (!m_error && !m_isGivenUp.load(std::memory_order_relaxed))
        take(m_writer->append(*frame, samples.get()));
    m_waiting.fetch_sub(1, std::memory_order_relaxed);
}

void SessionStore::setRules(const QStringList &rules)
{
    ASSERT_THREAD(this);
    if (!m_error)
        take(m_writer->setRules(rules));
}

void SessionStore::attach(const Attachment &attachment)
{
    ASSERT_THREAD(this);
    if (m_error || m_isGivenUp.load(std::memory_order_relaxed))
        return;
    const auto attached = m_writer->attach(attachment);
    if (attached || attached.error().code != Error::Code::Internal)
        return take(attached);
    beforeHandOver();
    Q_EMIT refused(attached.error(), attachment.at);
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
