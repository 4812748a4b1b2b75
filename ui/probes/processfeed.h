// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/probes/processlist.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace Headroom {

using ProcessesPtr = std::shared_ptr<const std::vector<ListedProcess>>;

/// The processes of this machine, each second anew, read on a thread of its own.
/// Thread: main. Destroying it waits for the reading that is on.
class ProcessFeed : public ThreadDoor
{
    Q_OBJECT
public:
    using Read = std::function<std::vector<ListedProcess>()>; ///< Called in the other thread, one at a time.

    explicit ProcessFeed(Read read = {}, QObject *parent = nullptr); ///< Without one: of this machine.
    ~ProcessFeed() override;

    void start(); ///< At once, then each second.
    void stop();
    void readNow(); ///< Unless a reading is on.

Q_SIGNALS:
    void listed(const Headroom::ProcessesPtr &processes);

private:
    void take(const ProcessesPtr &processes);

    Read m_read;
    QTimer m_each;
    bool m_isBusy = false;
    OwnedThread m_thread;
    ThreadDoor *m_worker; // owned by its thread
};

} // namespace Headroom
