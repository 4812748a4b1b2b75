// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// Asks a health endpoint and tells when it turns.
///
/// Series: up (1: an expected status; 0: any other answer, and none) and time (until the answer was complete; missing
/// without one). Being down is what is measured, no failure of the probe, so it is no gap; while an answer is waited
/// for, the last one stands.
class HealthProbe final : public HttpProbe
{
    Q_OBJECT
public:
    struct Source
    {
        QUrl url; ///< Absolute, http or https.
        std::vector<Scenario::StatusRange> expect;
        Nanoseconds within{2s};
        TargetRoute route{}; ///< To the target, if the URL is one of it.
    };
    HealthProbe(const QString &name, Source source, Clock &clock);

    void read() override;

protected:
    void take(QNetworkReply &reply) override;
    void refuse(const QString &problem) override;
    void evaluate(const QByteArray & /*body*/) override { } // its status says all

private:
    void settle(bool isUp, const QString &reason, std::optional<double> seconds);

    const std::vector<Scenario::StatusRange> m_expect;
    SteadyTime m_askedAt;
    SteadyTime m_turnedAt;
    std::optional<bool> m_isUp; // from the first look on
    ProbeValues m_last;
};

} // namespace Headroom
