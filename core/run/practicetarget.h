// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <QCoroTask>
#include <QProcess>
#include <QUrl>

namespace Headroom {

/// headroom-target as a child process on a free loopback port; it never outlives this object.
/// Thread: one with an event loop.
class PracticeTarget : public QObject
{
    Q_OBJECT
public:
    explicit PracticeTarget(QString program);
    ~PracticeTarget() override; ///< Stops it, in at most five seconds.

    /// Starts it and gives its URL. Errors: NotFound, Unreachable with what it said last.
    QCoro::Task<Result<QUrl>> start(Scenario::Practice options);
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void died(const QString &sentence); ///< Ended by itself while it was needed.

private:
    QString m_program;
    QProcess m_process;
};

} // namespace Headroom
