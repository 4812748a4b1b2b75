// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/httpprobe.h"
#include "core/probes/jsonvalues.h"

namespace Headroom {

/// Asks a URL for JSON and takes numbers out of it.
class JsonProbe final : public HttpProbe
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxBodyBytes = 1024 * 1024;
    struct Source
    {
        QUrl url; ///< Absolute, http or https.
        QStringList fields; ///< Names of the series ...
        JsonValues values; ///< ... and where their values stand.
        Nanoseconds timeout{2s};
        TargetRoute route{}; ///< To the target, if the URL is one of it.
    };
    JsonProbe(const QString &name, Source source, Clock &clock);

protected:
    void evaluate(const QByteArray &body) override;

private:
    const JsonValues m_values;
};

} // namespace Headroom
