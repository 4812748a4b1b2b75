// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/probe.h"

#include <QStringList>

namespace Headroom {

/// Writes down what a probe says, in order.
class ProbeListener
{
public:
    explicit ProbeListener(Probe &probe)
    {
        QObject::connect(&probe, &Probe::valuesRead, &m_context, [this](const ProbeValues &read) {
            values = read;
            ++readings;
        });
        const auto keep = [this](const char *what) {
            return [this, what](const QString &sentence) { said.append(QLatin1String(what) + sentence); };
        };
        QObject::connect(&probe, &Probe::failed, &m_context, keep("failed: "));
        QObject::connect(&probe, &Probe::recovered, &m_context, keep("recovered: "));
        QObject::connect(&probe, &Probe::noted, &m_context, keep("noted: "));
    }

    ProbeValues values; ///< The last ones.
    int readings = 0;
    QStringList said;

private:
    QObject m_context;
};

} // namespace Headroom
