// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/httpprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace Headroom {

namespace {

QString shown(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment).left(200);
}

/// A plain GET: nothing is remembered, followed, unpacked or resent on its own.
QNetworkRequest requestFor(const QUrl &url, const QByteArray &accept)
{
    QNetworkRequest request(url);
    request.setRawHeader("User-Agent", "headroom-aux");
    request.setRawHeader("Accept", accept);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

int statusOf(const QNetworkReply &reply) { return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }

} // namespace

HttpProbe::HttpProbe(const QString &name, const std::vector<Field> &fields, Question question, Clock &clock)
    : Probe(name, fields)
    , m_question(std::move(question))
    , m_shownUrl(shown(m_question.url))
    , m_clock(clock)
    , m_deadline(clock.makeAlarm(
          [this] { giveUp(QStringLiteral("did not answer within %1").arg(formatDuration(m_question.timeout))); }))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

HttpProbe::~HttpProbe() { HttpProbe::cancel(); }

void HttpProbe::read()
{
    ASSERT_THREAD(this);
    if (m_reply)
        return skip();
    m_deadline->setFor(m_clock.now() + m_question.timeout);
    QNetworkRequest request = requestFor(m_question.url, m_question.accept);
    m_question.route.applyTo(request);
    m_reply = m_network.get(request);
    watchReply();
}

void HttpProbe::watchReply()
{
    // Emitted once more when Qt resends on a fresh connection: the server has then seen two.
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { ++m_requestsMade; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpProbe::checkSize);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpProbe::checkSize);
    connect(m_reply, &QNetworkReply::finished, this, &HttpProbe::finish);
}

void HttpProbe::cancel()
{
    m_deadline->cancel();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this); // abort() emits finished
    reply->abort();
    reply->deleteLater();
}

void HttpProbe::giveUp(const QString &problem)
{
    cancel();
    refuse(problem);
}

void HttpProbe::checkSize()
{
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (announced > m_question.maxBodyBytes || m_reply->bytesAvailable() > m_question.maxBodyBytes)
        giveUp(QStringLiteral("answered more than %1; point the probe at something smaller")
                   .arg(formatBytes(double(m_question.maxBodyBytes))));
}

void HttpProbe::finish()
{
    m_deadline->cancel();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    const Spending spending = spend();
    take(*reply);
}

void HttpProbe::take(QNetworkReply &reply)
{
    if (const QString problem = problemOf(reply); !problem.isEmpty())
        refuse(problem);
    else
        evaluate(reply.readAll());
}

/// Why an answer has no body worth reading; empty when it has.
QString HttpProbe::problemOf(QNetworkReply &reply) const
{
    const int status = statusOf(reply);
    const QUrl elsewhere = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (!elsewhere.isEmpty())
        return QStringLiteral("answered %1 and pointed to %2, which is not followed; write that URL if it is meant")
            .arg(status)
            .arg(shown(reply.url().resolved(elsewhere)));
    if (status != 0 && (status < 200 || status > 299)) {
        const QString refusal = refusalIn(reply.readAll());
        return refusal.isEmpty() ? QStringLiteral("answered %1; check the probe's url").arg(status)
                                 : QStringLiteral("answered %1: %2").arg(status).arg(refusal);
    }
    if (reply.error() != QNetworkReply::NoError)
        return QStringLiteral("could not be read: %1").arg(reply.errorString().left(300));
    return {};
}

void HttpProbe::refuse(const QString &problem) { fail(QStringLiteral("GET %1 %2").arg(m_shownUrl, problem)); }

} // namespace Headroom
