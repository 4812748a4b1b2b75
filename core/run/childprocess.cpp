// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/childprocess.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Headroom {

namespace {

constexpr int kEndLimitMs = 2000;

/// In the child, before the program: only calls that are safe after a fork.
void prepareChild(pid_t parent, int stream)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM); // until the guard is there
    if (getppid() != parent)
        _exit(1); // we died before
    if (stream >= 0) {
        dup2(stream, STDIN_FILENO);
        dup2(stream, STDOUT_FILENO);
    }
}

/// Waits for the end of its input, which nobody but us holds open: then we are dead, however that came. It is told
/// numbers only: the group, and how many seconds it has to end.
const QString kGuard = QStringLiteral("read -r nothing; kill -TERM -\"$1\" || exit; left=$2; "
                                      "while [ \"$left\" -gt 0 ]; do "
                                      "sleep 1; kill -0 -\"$1\" || exit; left=$((left - 1)); done; "
                                      "kill -KILL -\"$1\"");

QString howItEnded(const QProcess &process)
{
    return process.exitStatus() == QProcess::NormalExit
        ? QStringLiteral("ended with exit code %1").arg(process.exitCode())
        : QStringLiteral("was ended by signal %1").arg(process.exitCode()); // on Unix Qt keeps the signal there
}

} // namespace

ChildProcess::ChildProcess()
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ChildProcess::listen);
    connect(&m_process, &QProcess::readyReadStandardError, this, &ChildProcess::listen);
    connect(&m_process, &QProcess::finished, this, [this] {
        listen();
        if (m_isStopping)
            return;
        if (!m_group.isThere())
            m_group = {}; // its number may soon be somebody else's
        const QString said = m_words.text();
        Q_EMIT died(howItEnded(m_process) + (said.isEmpty() ? QString() : QStringLiteral("; it said: ") + said));
    });
}

ChildProcess::~ChildProcess()
{
    m_process.disconnect(this);
    m_group.signal(SIGKILL);
    m_process.waitForFinished(kEndLimitMs);
    m_guard.kill();
    m_guard.waitForFinished(kEndLimitMs);
}

Result<void> ChildProcess::start(const CommandLine &command, const QString &folder,
                                 std::chrono::milliseconds stopWithin, Talk talk, int stream)
{
    m_stopWithin = stopWithin;
    m_isStopping = false;
    m_talk = talk;
    m_words = {};
    m_process.setProgram(command.program);
    m_process.setArguments(command.arguments);
    m_process.setWorkingDirectory(folder);
    m_process.setProcessEnvironment(command.wholeEnvironment());
    m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    m_process.setChildProcessModifier([parent = getpid(), stream] { prepareChild(parent, stream); });
    m_process.setStandardInputFile(QProcess::nullDevice());
    if (talk == Talk::Stream)
        m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start();
    if (!m_process.waitForStarted())
        return failure(Error::Code::Unreachable, QStringLiteral("cannot be started: %1").arg(m_process.errorString()),
                       command.program);
    m_group = ProcessGroup(pid_t(m_process.processId()));
    watchOver();
    return {};
}

/// Starts the guard.
void ChildProcess::watchOver()
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(m_stopWithin).count();
    m_guard.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    m_guard.setStandardOutputFile(QProcess::nullDevice());
    m_guard.setStandardErrorFile(QProcess::nullDevice());
    m_guard.start(QStringLiteral("/bin/sh"),
                  {QStringLiteral("-c"), kGuard, QStringLiteral("guard"), QString::number(m_group.leader()),
                   QString::number(seconds)});
}

QCoro::Task<GroupEnd> ChildProcess::stop(std::optional<std::chrono::milliseconds> within)
{
    m_isStopping = true;
    GroupEnd end = co_await endGroup(m_group, within.value_or(m_stopWithin), m_isHurried);
    m_process.waitForFinished(kEndLimitMs); // all have ended; this only takes note of it
    if (!isRunning() && m_process.exitStatus() == QProcess::NormalExit)
        end.exitCode = m_process.exitCode();
    m_guard.kill();
    m_guard.waitForFinished(kEndLimitMs);
    m_group = {};
    co_return end;
}

bool ChildProcess::hasSucceeded() const
{
    return !isRunning() && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

void ChildProcess::listen()
{
    const QByteArray output = m_process.readAllStandardOutput();
    if (m_talk != Talk::Told)
        m_words.hear(output);
    else if (!output.isEmpty())
        Q_EMIT wrote(output);
    m_words.hear(m_process.readAllStandardError());
    Q_EMIT spoke();
}

} // namespace Headroom
