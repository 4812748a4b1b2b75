// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/stopwatcher.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Headroom {

StopWatcher::StopWatcher(QObject *parent)
    : QObject(parent)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    m_signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

StopWatcher::~StopWatcher() { close(m_signals); }

void StopWatcher::watchSignals()
{
    auto *notifier = new QSocketNotifier(m_signals, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &StopWatcher::readSignal);
}

void StopWatcher::watchStandardInput()
{
    auto *notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &StopWatcher::readStandardInput);
}

void StopWatcher::readSignal()
{
    signalfd_siginfo info{};
    if (read(m_signals, &info, sizeof info) == sizeof info)
        Q_EMIT stopRequested();
}

void StopWatcher::readStandardInput()
{
    std::array<char, 4096> ignored;
    const ssize_t bytes = read(STDIN_FILENO, ignored.data(), ignored.size());
    if (bytes > 0 || (bytes < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    qobject_cast<QSocketNotifier *>(sender())->setEnabled(false); // the end stays readable
    Q_EMIT stopRequested();
}

} // namespace Headroom
