// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interruptwatch.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Headroom {

namespace {

int s_writeEnd = -1; // what a signal handler can reach

void tellEventLoop(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = write(s_writeEnd, &byte, 1); // a full pipe has told it already
}

} // namespace

InterruptWatch::InterruptWatch()
{
    if (pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // out of descriptors: the signals end the process as they always do
    s_writeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &InterruptWatch::listen);
    struct sigaction action{};
    action.sa_handler = tellEventLoop;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

void InterruptWatch::listen()
{
    char bytes[16];
    for (auto count = read(m_pipe[0], bytes, sizeof bytes); count > 0; --count)
        Q_EMIT interrupted(++m_times);
}

bool InterruptWatch::isInterrupted()
{
    if (m_notifier)
        listen();
    return m_times > 0;
}

InterruptWatch::~InterruptWatch()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    m_notifier.reset();
    close(m_pipe[0]);
    close(m_pipe[1]);
}

} // namespace Headroom
