// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/qnam/targetroute.h"
#include "core/probes/jsonvalues.h"
#include "core/probes/probe.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <memory>

class QNetworkReply;

namespace Headroom {

/// Asks a URL for JSON and takes numbers out of it.
///
/// One request at a time: while one is under way, a reading has no value. Redirects are not followed, bodies above
/// kMaxBodyBytes are cut off. The requests carry the user agent "headroom-aux".
class JsonProbe final : public Probe
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
    ~JsonProbe() override;

    void read() override;
    void cancel() override;
    bool isReading() const override { return m_reply != nullptr; }
    std::uint64_t requestsMade() const override { return m_requestsMade; }

private:
    void watchReply();
    void giveUp(const QString &problem);
    void finish();
    void evaluate(const QByteArray &body);
    void refuse(const QString &problem);
    void checkSize();

    const Source m_source;
    const QString m_shownUrl; ///< Without user info and query, which may hold secrets.
    Clock &m_clock;
    QNetworkAccessManager m_network;
    std::unique_ptr<Alarm> m_deadline;
    QNetworkReply *m_reply = nullptr; ///< Owned by m_network until deleteLater(); null when nothing is under way.
    std::uint64_t m_requestsMade = 0;
};

} // namespace Headroom
