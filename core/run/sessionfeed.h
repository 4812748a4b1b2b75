// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/run/diskwatch.h"
#include "core/run/sessionstore.h"

#include <functional>

namespace Headroom {

/// A run's end of the way to its session: hands seconds to the store thread and minds how far the disk is behind.
///
/// What waits is bounded: behind kMostWithSamples seconds raw samples are left out, behind kMost nothing more is
/// recorded. Thread: the run's. Owns: the store thread, which its destructor waits for.
class SessionFeed : public ThreadDoor
{
    Q_OBJECT
public:
    /// `canBeRenamed`: as of RunRequest.
    explicit SessionFeed(const QString &path, bool canBeRenamed = false);

    /// Waits for it. Errors: those of SessionWriter::create() and attach().
    /// `attachments`: what lies in the session from the start.
    Result<void> open(const SessionHead &head, const std::vector<Attachment> &attachments = {});
    /// Queues a second and what is kept whole of it, or null. `now`: since the start of the run.
    void append(const FramePtr &frame, const SecondSamplesPtr &samples, Nanoseconds now);
    void setRules(const QStringList &rules); ///< Queued as well.
    /// Queued as well: a file that came up while the run was on. One that a session cannot take is told of by happened().
    void attach(const Attachment &attachment);
    /// Waits until everything is written. Errors: the first one of any second, too.
    Result<void> finish(const std::vector<RunEvent> &lateEvents, const RunEnding &ending, qint64 endedAtMs);
    QString path() const { return m_path; } ///< Of the session; where it can be renamed, known once it is open.
    int waiting() const { return m_store->waiting(); } ///< Seconds.
    QThread *storeThread() { return m_thread.thread(); }

Q_SIGNALS:
    void happened(const Headroom::RunEvent &event); ///< The disk is slow, or has caught up; a file could not be attached.
    void failed(const Headroom::Error &error); ///< At most once; nothing is recorded after it.

private:
    Result<void> waitFor(const std::function<Result<void>()> &store);
    void fail(const Error &error);

    QString m_path;
    DiskWatch m_disk;
    bool m_hasFailed = false;
    OwnedThread m_thread;
    SessionStore *m_store; // owned by its thread
};

} // namespace Headroom
