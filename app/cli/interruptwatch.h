// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Headroom {

/// SIGINT and SIGTERM as a signal in the event loop. One at a time in a process.
/// Thread: main.
class InterruptWatch : public QObject
{
    Q_OBJECT
public:
    InterruptWatch();
    ~InterruptWatch() override; ///< The signals do again what they did before.
    /// Whether there was one, also one that no event loop has told of yet.
    bool isInterrupted();

Q_SIGNALS:
    void interrupted(int times); ///< 1 for the first, 2 for the second ...

private:
    void listen();

    int m_pipe[2] = {-1, -1};
    int m_times = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Headroom
