// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ownedthread.h"

namespace Headroom {

OwnedThread::OwnedThread(const QString &name)
{
    m_thread.setObjectName(name);
    m_thread.start();
}

OwnedThread::~OwnedThread()
{
    m_thread.quit();
    m_thread.wait();
}

void OwnedThread::adopt(QObject *object)
{
    object->moveToThread(&m_thread);
    // finished is emitted in the thread itself, and its deferred deletions still run.
    QObject::connect(&m_thread, &QThread::finished, object, &QObject::deleteLater);
}

} // namespace Headroom
