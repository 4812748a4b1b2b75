// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <concepts>

namespace Headroom {

/// A thread with an event loop, stopped and joined by its owner's destructor.
/// Thread: created and destroyed in the owner's thread.
class OwnedThread
{
public:
    explicit OwnedThread(const QString &name); ///< Starts at once; the name shows in ps and gdb (15 characters).
    ~OwnedThread();
    Q_DISABLE_COPY_MOVE(OwnedThread)

    /// Makes a QObject that lives in the thread. Owns: the thread, which deletes it before it ends.
    template <std::derived_from<QObject> T, typename... Args>
    T *make(Args &&...args)
    {
        auto *object = new T(std::forward<Args>(args)...);
        adopt(object);
        return object;
    }

    QThread *thread() { return &m_thread; }

private:
    void adopt(QObject *object);
    QThread m_thread;
};

/// The caller must be in the object's own thread.
#define ASSERT_THREAD(object) Q_ASSERT((object)->thread() == QThread::currentThread())

} // namespace Headroom
