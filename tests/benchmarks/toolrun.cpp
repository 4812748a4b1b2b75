// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/toolrun.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Headroom {

namespace {

double seconds(const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) * 1e-6; }

std::unexpected<Error> systemFailure(const QString &what, int error)
{
    return failure(Error::Code::Internal, QStringLiteral("%1: %2").arg(what, qt_error_string(error)));
}

/// Starts it with nothing to read and all it writes in a pipe; returns its process id.
Result<pid_t> spawn(const QString &program, const QStringList &arguments, int output)
{
    std::vector<QByteArray> words{QFile::encodeName(program)};
    for (const QString &argument : arguments)
        words.push_back(argument.toUtf8());
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    pid_t process = -1;
    const int error = posix_spawnp(&process, pointers[0], &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error == ENOENT)
        return failure(Error::Code::NotFound, QStringLiteral("%1 is not installed").arg(program));
    if (error != 0)
        return systemFailure(QStringLiteral("%1 did not start").arg(program), error);
    return process;
}

/// All that comes until the other end is closed; false when the deadline was first.
bool readToEnd(int source, QByteArray &output, QDeadlineTimer deadline)
{
    for (;;) {
        pollfd wait{source, POLLIN, 0};
        const int ready = poll(&wait, 1, int(deadline.remainingTime()));
        if (ready == 0)
            return false;
        std::array<char, 4096> part;
        const ssize_t length = read(source, part.data(), part.size());
        if (length > 0)
            output.append(part.data(), qsizetype(length));
        else if (length == 0 || (errno != EINTR && errno != EAGAIN))
            return true;
    }
}

} // namespace

Result<ToolRun> runTool(const QString &program, const QStringList &arguments, std::chrono::seconds limit)
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return systemFailure(QStringLiteral("no pipe"), errno);
    const auto process = spawn(program, arguments, ends[1]);
    close(ends[1]);
    ToolRun run;
    const bool isInTime = !process || readToEnd(ends[0], run.output, QDeadlineTimer(limit));
    close(ends[0]);
    if (!process)
        return std::unexpected(process.error());
    if (!isInTime)
        kill(*process, SIGKILL);
    int status = 0;
    rusage usage{};
    while (wait4(*process, &status, 0, &usage) < 0 && errno == EINTR) { }
    if (!isInTime)
        return failure(Error::Code::Cancelled,
                       QStringLiteral("%1 did not end within %2 s").arg(program).arg(limit.count()));
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    return run;
}

Result<void> findTools(const QStringList &programs)
{
    for (const QString &program : programs) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return failure(
                Error::Code::NotFound,
                QStringLiteral("%1 is not installed; packaging/run bench installs what the benchmarks compare "
                               "with (packaging/packages-bench.txt)")
                    .arg(program));
    }
    return {};
}

} // namespace Headroom
