// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/profilebyhand.h"

#include "core/base/humanformat.h"
#include "core/run/profiledprocess.h"

#include <utility>

namespace Headroom {

namespace {

constexpr int kMostProfiles = 500; // of what a session can hold, a half

} // namespace

ProfileByHand::ProfileByHand(const Scenario &scenario, Clock &clock)
    : m_scenario(scenario)
    , m_clock(clock)
    , m_capture(clock)
{
}

void ProfileByHand::begin(Nanoseconds length, qint64 targetPid, const QUrl &target, SteadyTime startedAt)
{
    if (m_isBusy || m_count >= kMostProfiles)
        return;
    auto capture = captureByHand(m_scenario, target);
    if (!capture)
        return tell(startedAt, QStringLiteral("no profile: %1").arg(capture.error().message));
    capture->length = length;
    auto pids = profiledProcesses(*capture, int(targetPid));
    if (!pids)
        return tell(startedAt, QStringLiteral("no profile: %1").arg(pids.error().message));
    record(*capture, std::move(*pids), startedAt);
}

QCoro::Task<> ProfileByHand::record(Scenario::Capture capture, std::vector<int> pids, SteadyTime startedAt)
{
    m_isBusy = true;
    const Nanoseconds begun = m_clock.now() - startedAt;
    tell(startedAt,
         QStringLiteral("a profile of process %1 by perf begins, for %2")
             .arg(pids.front())
             .arg(formatDuration(capture.length)));
    ProfileCapture::Order order;
    order.capture = capture;
    order.pids = std::move(pids);
    order.name = QStringLiteral("profile");
    order.number = m_count + 1;
    const ProfileCapture::Outcome outcome = co_await m_capture.record(std::move(order));
    if (outcome.file) {
        ++m_count;
        Attachment file = *outcome.file;
        file.at = begun;
        Q_EMIT captured(file);
    }
    tell(startedAt,
         outcome.file ? QStringLiteral("profile: ") + outcome.text : QStringLiteral("no profile: ") + outcome.text);
    m_isBusy = false;
    Q_EMIT idle();
}

void ProfileByHand::tell(SteadyTime startedAt, const QString &text)
{
    Q_EMIT happened({m_clock.now() - startedAt, QStringLiteral("profile"), text});
}

} // namespace Headroom
