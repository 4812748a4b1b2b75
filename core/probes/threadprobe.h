// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/probes/probe.h"

#include <functional>
#include <memory>

namespace Headroom {

/// What a look in another thread has come to.
struct ThreadLook
{
    ProbeValues values{}; ///< Of all series; empty: none of them.
    QString problem{}; ///< Why it failed; empty: it did not.
    Nanoseconds spent{}; ///< Of processor time; filled in by who looks.
};

/// The inside of a ThreadProbe: looks in the thread that it lives in.
class ThreadLooker final : public ThreadDoor
{
    Q_OBJECT
public:
    explicit ThreadLooker(std::function<ThreadLook()> look)
        : m_look(std::move(look))
    {
    }
    void look();

Q_SIGNALS:
    void looked(const Headroom::ThreadLook &look);

private:
    const std::function<ThreadLook()> m_look;
};

/// A probe that looks with what may block: a driver, a database. It has a thread for that, from its first reading on.
///
/// One look at a time; one that takes longer than allowed is a failure, and until it has ended there are no values. The
/// destructor waits for it.
class ThreadProbe : public Probe
{
    Q_OBJECT
public:
    ~ThreadProbe() override;

    void read() override;
    void cancel() override;
    bool isReading() const override { return m_isReading; }

protected:
    /// `look` is called in the thread, and lives and ends there.
    ThreadProbe(const QString &name, const std::vector<Field> &fields, std::function<ThreadLook()> look, Clock &clock,
                Nanoseconds within = 2s);

private:
    void take(const ThreadLook &look);

    std::function<ThreadLook()> m_look; ///< Until the thread has it.
    Clock &m_clock;
    const Nanoseconds m_within;
    std::unique_ptr<Alarm> m_deadline;
    bool m_isReading = false;
    bool m_isBusy = false; ///< The thread is looking, also when nobody waits for that any more.
    ThreadLooker *m_looker = nullptr; ///< Owned by its thread.
    std::unique_ptr<OwnedThread> m_thread;
};

} // namespace Headroom
