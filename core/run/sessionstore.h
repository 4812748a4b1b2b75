// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/session/sessionwriter.h"

#include <atomic>
#include <memory>

namespace Headroom {

using SecondSamplesPtr = std::shared_ptr<const SecondSamples>;

/// The session writer as an object of the store thread: a slow disk delays nobody but this.
/// Thread: the store thread; create() and finish() are waited for. hand(), waiting() and giveUp() are for the run's.
class SessionStore : public ThreadDoor
{
    Q_OBJECT
public:
    /// `canBeRenamed`: as of RunRequest.
    explicit SessionStore(QString path, bool canBeRenamed = false)
        : m_path(std::move(path))
        , m_canBeRenamed(canBeRenamed)
    {
    }

    /// Queues a second; its raw samples may be null.
    void hand(const FramePtr &frame, const SecondSamplesPtr &samples);
    /// Seconds that were handed over and are not written yet. Takes no lock.
    int waiting() const { return m_waiting.load(std::memory_order_relaxed); }
    /// Writes nothing more, also not of what waits; fails with this error when it comes to it.
    void giveUp(const Error &error);

    /// `attachments`: what lies in it from the start. Errors: those of the writer; then no file is left.
    Result<void> create(const SessionHead &head, const std::vector<Attachment> &attachments = {});
    QString path() const { return m_path; } ///< As it was created.
    void setRules(const QStringList &rules); ///< Queued, as the seconds.
    void attach(const Attachment &attachment); ///< Queued as well; what does not fit is refused, and nothing else suffers.
    /// The file is complete and has its final name after it. Errors: also the first one of any second.
    Result<void> finish(const std::vector<RunEvent> &lateEvents, const RunEnding &ending, qint64 endedAtMs);

Q_SIGNALS:
    void failed(const Headroom::Error &error); ///< At most once; nothing is written after it.
    void refused(const Headroom::Error &error, Headroom::Nanoseconds at); ///< An attachment that does not fit, and its time.

private:
    Result<std::unique_ptr<SessionWriter>> begin(const SessionHead &head);
    void append(const FramePtr &frame, const SecondSamplesPtr &samples);
    void take(const Result<void> &written);

    QString m_path;
    const bool m_canBeRenamed;
    std::atomic<int> m_waiting{0};
    std::atomic<bool> m_isGivenUp{false};
    std::unique_ptr<SessionWriter> m_writer;
    std::optional<Error> m_error;
};

} // namespace Headroom
