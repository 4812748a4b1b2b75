// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionfeed.h"

#include <utility>

namespace Headroom {

namespace {

/// The same second with as many candidates, of which none was kept.
SecondSamplesPtr withoutKept(const SecondSamplesPtr &samples)
{
    if (!samples)
        return nullptr;
    return std::make_shared<const SecondSamples>(SecondSamples{samples->second, samples->candidates, {}});
}

} // namespace

SessionFeed::SessionFeed(const QString &path, bool canBeRenamed)
    : m_path(path)
    , m_thread(QStringLiteral("store"))
    , m_store(m_thread.make<SessionStore>(path, canBeRenamed))
{
    connect(m_store, &SessionStore::failed, this, &SessionFeed::fail);
    connect(m_store, &SessionStore::refused, this, [this](const Error &error, Nanoseconds at) {
        Q_EMIT happened({at, QStringLiteral("note"), error.message});
    });
}

Result<void> SessionFeed::open(const SessionHead &head, const std::vector<Attachment> &attachments)
{
    return waitFor([&] { return m_store->create(head, attachments).transform([&] { m_path = m_store->path(); }); });
}

void SessionFeed::append(const FramePtr &frame, const SecondSamplesPtr &samples, Nanoseconds now)
{
    if (m_hasFailed)
        return;
    const int waiting = m_store->waiting();
    for (const RunEvent &event : m_disk.look(waiting, now))
        Q_EMIT happened(event);
    if (m_disk.isTooSlow()) {
        const Error error{
            Error::Code::Unwritable,
            QStringLiteral("the disk is too slow: %1 seconds wait to be written, and nothing more is recorded; "
                           "write the session to a faster one")
                .arg(waiting),
            m_path};
        m_store->giveUp(error);
        return fail(error);
    }
    m_store->hand(frame, m_disk.storesSamples() ? samples : withoutKept(samples));
}

void SessionFeed::setRules(const QStringList &rules)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_store, [store = m_store, rules] { store->setRules(rules); });
}

void SessionFeed::attach(const Attachment &attachment)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_store, [store = m_store, attachment] { store->attach(attachment); });
}

Result<void> SessionFeed::finish(const std::vector<RunEvent> &lateEvents, const RunEnding &ending, qint64 endedAtMs)
{
    return waitFor([&] { return m_store->finish(lateEvents, ending, endedAtMs); });
}

/// Lets the store thread do something and waits for it.
Result<void> SessionFeed::waitFor(const std::function<Result<void>()> &store)
{
    Result<void> result;
    const auto call = [&] {
        result = store();
        beforeHandOver();
    };
    beforeHandOver();
    QMetaObject::invokeMethod(m_store, call, Qt::BlockingQueuedConnection);
    afterHandOver();
    return result;
}

void SessionFeed::fail(const Error &error)
{
    if (!std::exchange(m_hasFailed, true))
        Q_EMIT failed(error);
}

} // namespace Headroom
