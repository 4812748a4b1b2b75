// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ceilingmeter.h"

namespace Headroom {

void CeilingMeter::add(const MetricsFrame &frame)
{
    m_seconds += std::chrono::duration<double>(frame.length).count();
    m_busySeconds += frame.process.busySeconds;
    m_requests += frame.requests().requests;
}

std::optional<double> CeilingMeter::ratePerSecond() const
{
    const bool isEnough = m_requests > 0 && m_busySeconds > 0.0 && m_busySeconds >= kLeastUse * m_seconds;
    return isEnough ? std::optional(double(m_requests) / m_busySeconds) : std::nullopt;
}

std::optional<double> CeilingMeter::secondsPerRequest() const
{
    return m_requests > 0 ? std::optional(m_busySeconds / double(m_requests)) : std::nullopt;
}

} // namespace Headroom
