// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/httpprobe.h"
#include "core/probes/prommetric.h"

namespace Headroom {

/// The metrics of a text, sorted by name; the first 2,000 of them.
/// Errors: as readPromText().
Result<std::vector<PromMetric>> promMetrics(QByteArrayView text);

/// Asks a program what it has. One value: the number of metrics.
class PromCatalog final : public HttpProbe
{
    Q_OBJECT
public:
    PromCatalog(const QUrl &url, const TargetRoute &route, Clock &clock);

    const std::vector<PromMetric> &metrics() const { return m_metrics; } ///< Of the last good answer.

protected:
    void evaluate(const QByteArray &body) override;

private:
    std::vector<PromMetric> m_metrics;
};

} // namespace Headroom
