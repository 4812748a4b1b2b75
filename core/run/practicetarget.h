// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/childprocess.h"
#include "core/scenario/scenario.h"

#include <QUrl>

namespace Headroom {

/// headroom-target as a child process on a free loopback port; it never outlives this object.
/// Thread: one with an event loop.
class PracticeTarget : public QObject
{
    Q_OBJECT
public:
    explicit PracticeTarget(QString program);

    /// Starts it and gives its URL. Errors: NotFound, Unreachable with what it said last.
    QCoro::Task<Result<QUrl>> start(Scenario::Practice options);
    /// SIGTERM, and SIGKILL after that, or when it should have drained.
    QCoro::Task<GroupEnd> stop(std::optional<std::chrono::milliseconds> within = {});
    void hurry() { m_process.hurry(); } ///< A stop() waits no longer.
    /// After stop(): with the same options on the same port. Errors: the same.
    QCoro::Task<Result<void>> startAnew();
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void died(const QString &sentence); ///< Ended by itself while it was needed.

private:
    QCoro::Task<Result<QUrl>> launch(int port);

    QString m_program;
    Scenario::Practice m_options;
    int m_port = 0; // after the first start
    ChildProcess m_process;
};

} // namespace Headroom
