// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probe.h"

namespace Headroom {

Probe::Probe(const QString &name, const std::vector<Field> &fields)
    : m_name(name)
{
    for (const Field &field : fields)
        m_series.push_back({name, field.name, field.unit});
}

void Probe::succeed(const ProbeValues &values, const QString &recovery)
{
    Q_ASSERT(values.size() == m_series.size());
    if (std::exchange(m_isFailing, false))
        Q_EMIT recovered(recovery.isEmpty() ? QStringLiteral("delivers values now") : recovery);
    Q_EMIT valuesRead(values);
}

void Probe::fail(const QString &sentence, const ProbeValues &values)
{
    Q_ASSERT(values.size() == m_series.size());
    if (!std::exchange(m_isFailing, true))
        Q_EMIT failed(sentence);
    Q_EMIT valuesRead(values);
}

} // namespace Headroom
