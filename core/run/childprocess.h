// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/commandline.h"
#include "core/run/lastwords.h"
#include "core/run/processgroup.h"

#include <QProcess>

namespace Headroom {

/// A program that runs no longer than we do: in a session of its own, because Ctrl-C in the terminal is for us; what it
/// says is kept to the last lines; and when we are killed, a guard ends it with all that it has started.
///
/// Thread: one with an event loop, which lasts longer than the process. May be started again after stop().
class ChildProcess : public QObject
{
    Q_OBJECT
public:
    ChildProcess();
    ~ChildProcess() override; ///< Kills what is still there.

    /// What it reads and writes beside its standard error, which is always heard.
    enum class Talk {
        Heard, ///< Its output is heard too; its input is empty.
        Told, ///< Its output is passed on by wrote(); its input is empty.
        Stream, ///< Both are a stream of ours.
    };
    /// `stream`: with Talk::Stream a connected socket, which the process gets a copy of.
    /// Errors: Unreachable, when the system cannot start it.
    Result<void> start(const CommandLine &command, const QString &folder, std::chrono::milliseconds stopWithin,
                       Talk talk = Talk::Heard, int stream = -1);
    /// SIGTERM, and SIGKILL for whatever is left after that, or after stopWithin.
    QCoro::Task<GroupEnd> stop(std::optional<std::chrono::milliseconds> within = {});
    void hurry() { *m_isHurried = true; } ///< A stop() waits no longer.

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 processId() const { return m_process.processId(); }
    const LastWords &words() const { return m_words; }
    /// Of the process and of all that it has started; none once all of them had ended.
    ProcessGroup group() const { return m_group; }
    /// Whether it has ended by itself, with exit code 0.
    bool hasSucceeded() const;

Q_SIGNALS:
    void spoke(); ///< There is more in words().
    void wrote(const QByteArray &output); ///< Talk::Told: what came next.
    void died(const QString &howAndLastWords); ///< By itself, as in "ended with exit code 3; it said: no such port".

private:
    void listen();
    void watchOver();

    QProcess m_process;
    QProcess m_guard;
    ProcessGroup m_group;
    LastWords m_words;
    std::chrono::milliseconds m_stopWithin{};
    std::shared_ptr<bool> m_isHurried = std::make_shared<bool>(false);
    bool m_isStopping = false;
    Talk m_talk = Talk::Heard;
};

} // namespace Headroom
