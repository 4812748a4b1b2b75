// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/run/childprocess.h"
#include "core/run/commandline.h"
#include "core/scenario/scenario.h"
#include "core/session/attachment.h"

#include <QCoroTask>

#include <memory>
#include <optional>

namespace Headroom {

/// Records where a process spends its time, by perf or py-spy, or by a command that writes a file; one at a time.
///
/// What perf has found is folded here. Nothing of it outlives this object. Source: perf-record(1), perf-script(1), the
/// help of py-spy 0.4.
/// Thread: the run thread. Lifetime: until it is not busy any more; the clock outlives it.
class ProfileCapture : public QObject
{
    Q_OBJECT
public:
    struct Order
    {
        Scenario::Capture capture;
        std::vector<int> pids{}; ///< Perf, PySpy: of whom; the first one is that which was named.
        QString command{}; ///< Command: with ${file} where it is told to write.
        QString folder{}; ///< Where a command starts.
        QString name{}; ///< Of the action.
        int number = 1; ///< Which profile of the same name this is.
        Nanoseconds within{60s}; ///< How long may pass beside the recording itself; then it is given up.
    };
    struct Outcome
    {
        QString text{}; ///< One sentence: what came of it.
        std::optional<Attachment> file{}; ///< Nothing when it went wrong. Its time is the caller's to set.
    };

    explicit ProfileCapture(Clock &clock);
    ~ProfileCapture() override;

    QCoro::Task<Outcome> record(Order order);
    /// Ends what is under way; record() then says that it was cut.
    void cut();

Q_SIGNALS:
    void programEnded(bool isDone, const QString &how); ///< For record() itself.

private:
    QCoro::Task<Outcome> recordByPerf(Order order, QString folder);
    QCoro::Task<Outcome> recordByPySpy(Order order, QString folder);
    QCoro::Task<Outcome> recordByCommand(Order order, QString folder);
    /// Runs a program to its end. An empty text: all is well; else what was wrong with it.
    QCoro::Task<QString> run(CommandLine command, QString folder, Nanoseconds limit);
    QCoro::Task<> stopProgram(QString why);
    void dropProgram();

    Clock &m_clock;
    std::unique_ptr<Alarm> m_limit;
    std::unique_ptr<ChildProcess> m_program; // that is under way
    std::function<void(const QByteArray &)> m_take; // its output
    bool m_isStopping = false;
    bool m_isCut = false;
};

} // namespace Headroom
