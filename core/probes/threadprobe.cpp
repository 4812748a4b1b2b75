// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/threadprobe.h"

#include "core/base/humanformat.h"
#include "core/probes/spending.h"

#include <utility>

namespace Headroom {

void ThreadLooker::look()
{
    ASSERT_THREAD(this);
    ThreadLook done;
    Nanoseconds spent{};
    {
        const Spending spending(spent);
        done = m_look();
    }
    done.spent = spent;
    beforeHandOver();
    Q_EMIT looked(done);
}

ThreadProbe::ThreadProbe(const QString &name, const std::vector<Field> &fields, std::function<ThreadLook()> look,
                         Clock &clock, Nanoseconds within)
    : Probe(name, fields)
    , m_look(std::move(look))
    , m_clock(clock)
    , m_within(within)
    , m_deadline(clock.makeAlarm([this] {
        m_isReading = false;
        fail(QStringLiteral("has not answered within %1").arg(formatDuration(m_within)));
    }))
{
}

ThreadProbe::~ThreadProbe() = default;

void ThreadProbe::read()
{
    ASSERT_THREAD(this);
    if (m_isBusy)
        return skip();
    if (!m_thread) {
        m_thread = std::make_unique<OwnedThread>(QStringLiteral("probe"));
        m_looker = m_thread->make<ThreadLooker>(std::exchange(m_look, {}));
        connect(m_looker, &ThreadLooker::looked, this, &ThreadProbe::take);
    }
    m_isBusy = true;
    m_isReading = true;
    m_deadline->setFor(m_clock.now() + m_within);
    beforeHandOver();
    QMetaObject::invokeMethod(m_looker, &ThreadLooker::look);
}

void ThreadProbe::take(const ThreadLook &look)
{
    ASSERT_THREAD(this);
    afterHandOver();
    m_isBusy = false;
    addSpent(look.spent);
    if (!std::exchange(m_isReading, false))
        return; // given up
    m_deadline->cancel();
    const ProbeValues values = look.values.empty() ? missingValues() : look.values;
    if (look.problem.isEmpty())
        succeed(values);
    else
        fail(look.problem, values);
}

void ThreadProbe::cancel()
{
    m_isReading = false;
    m_deadline->cancel();
}

} // namespace Headroom
