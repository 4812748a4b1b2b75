// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"

#include <QSocketNotifier>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace Headroom {

namespace {

class TimerFdAlarm final : public Alarm
{
public:
    explicit TimerFdAlarm(std::function<void()> ring)
        : m_descriptor(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
        , m_notifier(m_descriptor, QSocketNotifier::Read)
        , m_ring(std::move(ring))
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] {
            std::uint64_t expirations = 0;
            if (read(m_descriptor, &expirations, sizeof expirations) == sizeof expirations)
                m_ring();
        });
    }

    ~TimerFdAlarm() override
    {
        m_notifier.setEnabled(false);
        close(m_descriptor);
    }

    void setFor(SteadyTime time) override
    {
        // 0 would disarm; 1 ns after boot has always passed.
        const auto nanoseconds = std::max<Nanoseconds::rep>(1, Nanoseconds(time.time_since_epoch()).count());
        itimerspec setting{};
        setting.it_value.tv_sec = nanoseconds / 1'000'000'000;
        setting.it_value.tv_nsec = nanoseconds % 1'000'000'000;
        timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &setting, nullptr);
    }

    void cancel() override
    {
        const itimerspec never{};
        timerfd_settime(m_descriptor, 0, &never, nullptr);
    }

private:
    const int m_descriptor;
    QSocketNotifier m_notifier;
    std::function<void()> m_ring;
};

} // namespace

std::unique_ptr<Alarm> SteadyClock::makeAlarm(std::function<void()> ring)
{
    return std::make_unique<TimerFdAlarm>(std::move(ring));
}

void askForShortSlices()
{
    constexpr std::uint64_t kShortest = 100'000; // ns, what the kernel allows
    sched_attr attributes{};
    attributes.size = sizeof attributes;
    if (sched_getattr(0, &attributes, sizeof attributes, 0) != 0)
        return;
    attributes.sched_runtime = kShortest;
    sched_setattr(0, &attributes, 0); // Linux before 6.12 takes no notice
}

void removeTimerSlack()
{
    prctl(PR_SET_TIMERSLACK, 1);
}

} // namespace Headroom
