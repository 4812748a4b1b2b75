// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/startgate.h"

#include "core/base/humanformat.h"
#include "core/base/laterptr.h"

#include <QCoroNetworkReply>
#include <QCoroSignal>
#include <QCoroTimer>
#include <QDeadlineTimer>
#include <QNetworkReply>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kPollEvery{200};
constexpr std::chrono::milliseconds kPollLimit{5000};

QString reasonOf(const QAbstractSocket &socket)
{
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError: return QStringLiteral("nobody listens there");
    case QAbstractSocket::HostNotFoundError: return QStringLiteral("the host name is not known");
    case QAbstractSocket::UnknownSocketError: return QStringLiteral("no answer");
    default: return socket.errorString();
    }
}

} // namespace

StartGate::StartGate()
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

void StartGate::cancel()
{
    m_isCancelled = true;
    Q_EMIT cancelled();
}

QCoro::Task<Result<void>> StartGate::reach(QUrl target, std::chrono::milliseconds limit)
{
    const int port = target.port(target.scheme() == QLatin1String("https") ? 443 : 80);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    const QDeadlineTimer deadline(limit);
    socket.connectToHost(target.host(), quint16(port));
    while (socket.state() != QAbstractSocket::ConnectedState && socket.state() != QAbstractSocket::UnconnectedState
           && !deadline.hasExpired())
        co_await qCoro(&socket, &QAbstractSocket::stateChanged, std::chrono::milliseconds(deadline.remainingTime()));
    if (socket.state() == QAbstractSocket::ConnectedState)
        co_return Result<void>();
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("cannot be reached: %1; start it, or correct target.url").arg(reasonOf(socket)),
                      QStringLiteral("%1:%2").arg(target.host()).arg(port));
}

QCoro::Task<Result<void>> StartGate::awaitReady(QUrl url, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    QString last = QStringLiteral("no answer");
    while (!deadline.hasExpired() && !m_isCancelled) {
        QNetworkRequest request(url);
        request.setRawHeader("User-Agent", "headroom-aux");
        request.setTransferTimeout(kPollLimit);
        ++m_requests;
        const LaterPtr<QNetworkReply> reply(m_network.get(request));
        connect(this, &StartGate::cancelled, reply.get(), &QNetworkReply::abort);
        co_await reply.get();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 200 && status <= 299)
            co_return Result<void>();
        last = status > 0 ? QStringLiteral("it answers %1").arg(status) : reply->errorString();
        co_await QCoro::sleepFor(kPollEvery);
    }
    if (m_isCancelled)
        co_return failure(Error::Code::Cancelled, QStringLiteral("interrupted before the load began"));
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("not ready within %1 (%2); raise target.ready.within or look at the service")
                          .arg(formatDuration(limit), last),
                      url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
}

} // namespace Headroom
