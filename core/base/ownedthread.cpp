// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ownedthread.h"

#include "core/base/handover.h"

namespace Headroom {

OwnedThread::OwnedThread(const QString &name)
{
    m_thread.setObjectName(name);
    // Before anything that is connected later: a thread may end without having taken a single event.
    QObject::connect(&m_thread, &QThread::finished, &m_thread, [] { afterHandOver(); }, Qt::DirectConnection);
    m_thread.start();
}

OwnedThread::~OwnedThread()
{
    beforeHandOver();
    m_thread.quit();
    m_thread.wait();
    afterHandOver();
}

void OwnedThread::adopt(QObject *object)
{
    beforeHandOver();
    object->moveToThread(&m_thread);
    // finished is emitted in the thread itself, and its deferred deletions still run.
    QObject::connect(&m_thread, &QThread::finished, object, &QObject::deleteLater);
    QObject::connect(object, &QObject::destroyed, object, [] { beforeHandOver(); });
}

} // namespace Headroom
