// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/fedprocess.h"

#include "core/base/humanformat.h"

#include <QCoroTimer>
#include <QDeadlineTimer>

#include <sys/socket.h>
#include <unistd.h>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kEndsByItself{2'000}; // with its input; only then it is told to
constexpr std::chrono::milliseconds kStopWithin{10'000};
constexpr std::chrono::milliseconds kLookEvery{10};

} // namespace

FedProcess::FedProcess()
{
    connect(&m_process, &ChildProcess::died, this,
            [this](const QString &how) { Q_EMIT died(QStringLiteral("%1 %2").arg(m_name, how)); });
}

FedProcess::~FedProcess() { closeStream(); }

Result<int> FedProcess::start(const Scenario::Lines &lines, const QString &folder)
{
    const QString &command = lines.command;
    m_name = QStringLiteral("the target %1").arg(formatQuoted(command));
    Result<CommandLine> words = findCommand(command, folder);
    if (!words)
        return std::unexpected(words.error());
    words->environment = environmentOf(lines.environment);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return failure(Error::Code::Unreachable, QStringLiteral("no stream could be made: %1").arg(qt_error_string()),
                       command);
    m_stream = ends[0];
    const Result<void> started = m_process.start(*words, folder, kStopWithin, ChildProcess::Talk::Stream, ends[1]);
    ::close(ends[1]);
    if (!started)
        return std::unexpected(started.error());
    Q_EMIT happened(QStringLiteral("%1 runs as process %2").arg(m_name, QString::number(m_process.processId())));
    return m_stream;
}

QCoro::Task<> FedProcess::stop()
{
    if (!m_process.isRunning())
        co_return;
    disconnect(&m_process, &ChildProcess::died, this, nullptr);
    const SteadyTime begun = std::chrono::steady_clock::now();
    shutdown(m_stream, SHUT_WR);
    const QDeadlineTimer byItself(kEndsByItself);
    while (m_process.isRunning() && !byItself.hasExpired())
        co_await QCoro::sleepFor(kLookEvery);
    const GroupEnd end = co_await m_process.stop();
    const QString took = formatDuration(std::chrono::steady_clock::now() - begun);
    Q_EMIT happened(end.wasKilled
                        ? QStringLiteral("%1 was killed: it had not ended %2 after its input").arg(m_name, took)
                        : QStringLiteral("%1 was stopped and ended in %2").arg(m_name, took));
    closeStream();
}

void FedProcess::closeStream()
{
    if (m_stream >= 0)
        ::close(std::exchange(m_stream, -1));
}

} // namespace Headroom
