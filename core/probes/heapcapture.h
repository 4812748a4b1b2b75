// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"

#include <utility>

namespace Headroom {

/// Asks a URL for a profile of a process's heap and keeps the answer as it is, whatever its form.
class HeapCapture final : public HttpProbe
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxBodyBytes = 16 * 1024 * 1024;
    static constexpr Nanoseconds kTimeout{10s};

    /// `name`: of the probe that it belongs to. `url`: absolute, http or https; `route`: to the target, if it is one of
    /// it.
    HeapCapture(const QString &name, const QUrl &url, const TargetRoute &route, Clock &clock)
        : HttpProbe(name, {}, {url, "*/*", kMaxBodyBytes, kTimeout, route}, clock)
    {
    }
    /// The last answer, which is not empty; nothing when there was none, or it was taken.
    std::optional<QByteArray> takeBody() { return std::exchange(m_body, std::nullopt); }

protected:
    void evaluate(const QByteArray &body) override
    {
        if (body.isEmpty())
            return refuse(QStringLiteral("answered with nothing to attach"));
        m_body = body;
        succeed({});
    }

private:
    std::optional<QByteArray> m_body;
};

} // namespace Headroom
