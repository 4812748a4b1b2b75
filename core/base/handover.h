// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#if defined(__SANITIZE_THREAD__)
#    define HEADROOM_THREAD_SANITIZER
#elif defined(__has_feature)
#    if __has_feature(thread_sanitizer)
#        define HEADROOM_THREAD_SANITIZER
#    endif
#endif

#ifdef HEADROOM_THREAD_SANITIZER
extern "C" void __tsan_acquire(void *address);
extern "C" void __tsan_release(void *address);
#endif

namespace Headroom {

/// Tells the thread sanitizer what it cannot see: packaged Qt is not instrumented, so the order that its event queues
/// make between threads is unknown to it. Nothing at all in other builds.
/// beforeHandOver() stands in front of whatever is queued to another thread; afterHandOver() is called by ThreadDoor
/// before a queued call is taken, and by hand behind a call that was waited for.
inline char g_handOver = 0;

inline void beforeHandOver()
{
#ifdef HEADROOM_THREAD_SANITIZER
    __tsan_release(&g_handOver);
#endif
}

inline void afterHandOver()
{
#ifdef HEADROOM_THREAD_SANITIZER
    __tsan_acquire(&g_handOver);
#endif
}

/// The one object of a thread that other threads talk to, by queued signals and calls.
class ThreadDoor : public QObject
{
public:
    using QObject::QObject;
    bool event(QEvent *event) override
    {
        afterHandOver();
        return QObject::event(event);
    }
};

} // namespace Headroom
