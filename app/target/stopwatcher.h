// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Headroom {

/// Tells when this process shall end: SIGINT or SIGTERM, and on request the end of standard input.
class StopWatcher final : public QObject
{
    Q_OBJECT

public:
    /// Blocks the signals; make it before any thread is started.
    explicit StopWatcher(QObject *parent = nullptr);
    ~StopWatcher() override;
    /// Needs a running event dispatcher, like the watching of signals.
    void watchSignals();
    void watchStandardInput();

Q_SIGNALS:
    void stopRequested();

private:
    void readSignal();
    void readStandardInput();

    int m_signals = -1;
};

} // namespace Headroom
