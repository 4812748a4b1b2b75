// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/childprocess.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// The process of a lines target that is fed over its standard input: both its input and its output are one stream,
/// whose other end the transport gets. Thread: one with an event loop. Lifetime: longer than every coroutine of it.
class FedProcess : public QObject
{
    Q_OBJECT
public:
    FedProcess();
    ~FedProcess() override;

    /// Starts it. Gives our end of the stream, which stays ours. Errors: NotFound, InvalidInput, Unreachable.
    Result<int> start(const Scenario::Lines &lines, const QString &folder);
    /// Ends its input; SIGTERM when it has not ended two seconds later, SIGKILL after ten more.
    QCoro::Task<> stop();
    void hurry() { m_process.hurry(); }
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void died(const QString &sentence); ///< By itself, while it was needed.
    void happened(const QString &sentence); ///< Worth an event.

private:
    void closeStream();

    QString m_name;
    ChildProcess m_process;
    int m_stream = -1;
};

} // namespace Headroom
