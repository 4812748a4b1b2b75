// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/processfeed.h"

namespace Headroom {

namespace {

ProcessFeed::Read ofThisMachine()
{
    return [list = std::make_shared<ProcessList>()] { return list->read(std::chrono::steady_clock::now()); };
}

} // namespace

ProcessFeed::ProcessFeed(Read read, QObject *parent)
    : ThreadDoor(parent)
    , m_read(read ? std::move(read) : ofThisMachine())
    , m_thread(QStringLiteral("processes"))
    , m_worker(m_thread.make<ThreadDoor>())
{
    m_each.setInterval(std::chrono::seconds(1));
    connect(&m_each, &QTimer::timeout, this, &ProcessFeed::readNow);
}

ProcessFeed::~ProcessFeed() = default;

void ProcessFeed::start()
{
    m_each.start();
    readNow();
}

void ProcessFeed::stop() { m_each.stop(); }

void ProcessFeed::readNow()
{
    ASSERT_THREAD(this);
    if (std::exchange(m_isBusy, true))
        return;
    beforeHandOver();
    // The worker's thread ends before this object does, so what it posts here is taken or dropped with it.
    QMetaObject::invokeMethod(m_worker, [this, read = m_read] {
        const auto processes = std::make_shared<const std::vector<ListedProcess>>(read());
        beforeHandOver();
        QMetaObject::invokeMethod(this, [this, processes] { take(processes); }, Qt::QueuedConnection);
    });
}

void ProcessFeed::take(const ProcessesPtr &processes)
{
    m_isBusy = false;
    Q_EMIT listed(processes);
}

} // namespace Headroom
