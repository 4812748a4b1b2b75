// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"
#include "core/probes/prommeasure.h"

namespace Headroom {

/// Reads what a program shows to Prometheus, and takes numbers out of it.
///
/// A text with a line that cannot be read is no reading: none of its numbers is believed.
class PrometheusProbe final : public HttpProbe
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxBodyBytes = 4 * 1024 * 1024;
    struct Source
    {
        QUrl url; ///< Absolute, http or https.
        QStringList fields; ///< Names of the series ...
        std::vector<PromMeasure> measures; ///< ... and what they are.
        Nanoseconds timeout{2s};
        TargetRoute route{}; ///< To the target, if the URL is one of it.
    };
    PrometheusProbe(const QString &name, Source source, Clock &clock);

protected:
    void evaluate(const QByteArray &body) override;

private:
    std::vector<PromMeasure> m_measures;
};

} // namespace Headroom
