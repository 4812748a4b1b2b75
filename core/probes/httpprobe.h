// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/qnam/targetroute.h"
#include "core/probes/probe.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <memory>

class QNetworkReply;

namespace Headroom {

/// A probe that asks a URL at every reading; what the answer means is up to who derives from it.
///
/// One request at a time: while one is under way, a reading has no value. Redirects are not followed, bodies above a
/// limit are cut off. The requests carry the user agent "headroom-aux".
class HttpProbe : public Probe
{
    Q_OBJECT
public:
    struct Question
    {
        QUrl url; ///< Absolute, http or https.
        QByteArray accept; ///< The kinds of content that are understood.
        qint64 maxBodyBytes = 1024 * 1024;
        Nanoseconds timeout{2s};
        TargetRoute route{}; ///< To the target, if the URL is one of it.
    };
    ~HttpProbe() override;

    void read() override;
    void cancel() override;
    bool isReading() const override { return m_reply != nullptr; }
    std::uint64_t requestsMade() const override { return m_requestsMade; }

protected:
    HttpProbe(const QString &name, const std::vector<Field> &fields, Question question, Clock &clock);

    /// The body of a good answer; ends in succeed(), fail() or refuse().
    virtual void evaluate(const QByteArray &body) = 0;
    /// What an answer with another status says of it; empty: the status is all there is.
    virtual QString refusalIn(const QByteArray & /*body*/) const { return {}; }
    /// The whole answer, or that there was none. As it is: evaluate() or refuse().
    virtual void take(QNetworkReply &reply);
    /// There is no answer: fails with "GET URL " and the problem.
    virtual void refuse(const QString &problem);

    const QString &shownUrl() const { return m_shownUrl; } ///< Without user info and query, which may hold secrets.
    SteadyTime now() const { return m_clock.now(); }

private:
    void watchReply();
    void giveUp(const QString &problem);
    void finish();
    void checkSize();
    QString problemOf(QNetworkReply &reply) const;

    const Question m_question;
    const QString m_shownUrl;
    Clock &m_clock;
    QNetworkAccessManager m_network;
    std::unique_ptr<Alarm> m_deadline;
    QNetworkReply *m_reply = nullptr; ///< Owned by m_network until deleteLater(); null when nothing is under way.
    std::uint64_t m_requestsMade = 0;
};

} // namespace Headroom
