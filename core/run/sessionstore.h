// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/session/sessionwriter.h"

#include <memory>

namespace Headroom {

/// The session writer as an object of the store thread: a slow disk delays nobody but this.
/// Thread: the store thread; frames come queued, create() and finish() are waited for.
class SessionStore : public ThreadDoor
{
    Q_OBJECT
public:
    explicit SessionStore(QString path) : m_path(std::move(path)) { }

    Result<void> create(const SessionHead &head);
    void append(const FramePtr &frame);
    void setRules(const QStringList &rules); ///< Queued, as append().
    /// The file is complete and has its final name after it. Errors: also the first one of any append().
    Result<void> finish(const std::vector<RunEvent> &lateEvents, const RunEnding &ending, qint64 endedAtMs);

Q_SIGNALS:
    void failed(const Headroom::Error &error); ///< At most once; nothing is written after it.

private:
    void take(const Result<void> &written);

    QString m_path;
    std::unique_ptr<SessionWriter> m_writer;
    std::optional<Error> m_error;
};

} // namespace Headroom
