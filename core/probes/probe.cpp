// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probe.h"

namespace Headroom {

namespace {

Probe::OfSecond ofSecondBy(const QString &unit)
{
    if (unit == QLatin1String("percent"))
        return Probe::OfSecond::Mean;
    return unit == QLatin1String("up") ? Probe::OfSecond::Smallest : Probe::OfSecond::Largest;
}

} // namespace

Probe::Probe(const QString &name, const std::vector<Field> &fields)
    : m_name(name)
{
    for (const Field &field : fields) {
        m_series.push_back({name, field.name, field.unit});
        m_ofSecond.push_back(field.ofSecond.value_or(ofSecondBy(field.unit)));
    }
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
