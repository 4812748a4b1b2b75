// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonprobe.h"

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
QNetworkRequest requestFor(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setRawHeader("User-Agent", "headroom-aux");
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

int statusOf(const QNetworkReply &reply) { return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }

/// Why an answer has no body worth reading; empty when it has.
QString problemOf(const QNetworkReply &reply)
{
    const int status = statusOf(reply);
    const QUrl elsewhere = reply.attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (!elsewhere.isEmpty())
        return QStringLiteral("answered %1 and pointed to %2, which is not followed; write that URL if it is meant")
            .arg(status)
            .arg(shown(reply.url().resolved(elsewhere)));
    if (status != 0 && (status < 200 || status > 299))
        return QStringLiteral("answered %1; check the probe's url").arg(status);
    if (reply.error() != QNetworkReply::NoError)
        return QStringLiteral("could not be read: %1").arg(reply.errorString().left(300));
    return {};
}

} // namespace

JsonProbe::JsonProbe(const QString &name, Source source, Clock &clock)
    : Probe(name,
            [&source] {
                std::vector<Field> fields;
                for (const QString &field : std::as_const(source.fields))
                    fields.push_back({field, {}});
                return fields;
            }())
    , m_source(std::move(source))
    , m_shownUrl(shown(m_source.url))
    , m_clock(clock)
    , m_deadline(clock.makeAlarm(
          [this] { giveUp(QStringLiteral("did not answer within %1").arg(formatDuration(m_source.timeout))); }))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

JsonProbe::~JsonProbe() { cancel(); }

void JsonProbe::read()
{
    ASSERT_THREAD(this);
    if (m_reply)
        return skip();
    m_deadline->setFor(m_clock.now() + m_source.timeout);
    QNetworkRequest request = requestFor(m_source.url);
    m_source.route.applyTo(request);
    m_reply = m_network.get(request);
    watchReply();
}

void JsonProbe::watchReply()
{
    // Emitted once more when Qt resends on a fresh connection: the server has then seen two.
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { ++m_requestsMade; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &JsonProbe::checkSize);
    connect(m_reply, &QNetworkReply::readyRead, this, &JsonProbe::checkSize);
    connect(m_reply, &QNetworkReply::finished, this, &JsonProbe::finish);
}

void JsonProbe::cancel()
{
    m_deadline->cancel();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this); // abort() emits finished
    reply->abort();
    reply->deleteLater();
}

void JsonProbe::giveUp(const QString &problem)
{
    cancel();
    refuse(problem);
}

void JsonProbe::checkSize()
{
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (announced > kMaxBodyBytes || m_reply->bytesAvailable() > kMaxBodyBytes)
        giveUp(QStringLiteral("answered more than %1; point the probe at something smaller")
                   .arg(formatBytes(kMaxBodyBytes)));
}

void JsonProbe::finish()
{
    m_deadline->cancel();
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    if (const QString problem = problemOf(*reply); !problem.isEmpty())
        refuse(problem);
    else
        evaluate(reply->readAll());
}

void JsonProbe::evaluate(const QByteArray &body)
{
    const auto values = m_source.values.read(body);
    if (!values)
        return refuse(QStringLiteral("answered something that cannot be used: ") + values.error().text());
    QStringList missing;
    for (std::size_t i = 0; i < values->size(); ++i) {
        if (!(*values)[i])
            missing.append(series()[i].name());
    }
    if (missing.isEmpty())
        return succeed(*values);
    fail(QStringLiteral("GET %1 answered without a number for %2; check the JSONPath")
             .arg(m_shownUrl, missing.join(QLatin1String(", "))),
         *values);
}

void JsonProbe::refuse(const QString &problem) { fail(QStringLiteral("GET %1 %2").arg(m_shownUrl, problem)); }

} // namespace Headroom
