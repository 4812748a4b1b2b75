// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace Headroom {

/// SIGINT and SIGTERM as a signal in the event loop. One at a time in a process.
/// Thread: main.
class InterruptWatch : public QObject
{
    Q_OBJECT
public:
    InterruptWatch();
    ~InterruptWatch() override; ///< The signals do again what they did before.

Q_SIGNALS:
    void interrupted(int times); ///< 1 for the first, 2 for the second ...

private:
    int m_pipe[2] = {-1, -1};
    int m_times = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Headroom
