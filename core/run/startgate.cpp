// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/startgate.h"

#include "core/base/humanformat.h"
#include "core/base/laterptr.h"

#include <QCoroNetworkReply>
#include <QCoroSignal>
#include <QCoroTimer>
#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QNetworkReply>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kPollEvery{200};
constexpr std::chrono::milliseconds kPollLimit{5000};
constexpr std::chrono::milliseconds kTryEvery{50};
constexpr std::chrono::milliseconds kTryLimit{1000};

int portOf(const QUrl &target) { return target.port(target.scheme() == QLatin1String("https") ? 443 : 80); }

Error cancelledError() { return {Error::Code::Cancelled, QStringLiteral("interrupted before the load began"), {}}; }

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

StartGate::StartGate(const QUrl &target, const ConnectionOptions &connections)
    : m_route(target, connections)
    , m_socket(connections.socket)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

void StartGate::cancel()
{
    m_isCancelled = true;
    Q_EMIT cancelled();
}

QCoro::Task<QString> StartGate::whyUnreachable(QString host, quint16 port, std::chrono::milliseconds limit)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    const QDeadlineTimer deadline(limit);
    socket.connectToHost(host, port);
    while (socket.state() != QAbstractSocket::ConnectedState && socket.state() != QAbstractSocket::UnconnectedState
           && !deadline.hasExpired())
        co_await qCoro(&socket, &QAbstractSocket::stateChanged, std::chrono::milliseconds(deadline.remainingTime()));
    co_return socket.state() == QAbstractSocket::ConnectedState ? QString() : reasonOf(socket);
}

QCoro::Task<Result<void>> StartGate::reach(QUrl target, std::chrono::milliseconds limit)
{
    if (!m_socket.isEmpty())
        co_return co_await reachSocket(m_socket, limit, QStringLiteral("target.connection.socket"));
    const int port = portOf(target);
    const QString reason = co_await whyUnreachable(target.host(), quint16(port), limit);
    if (reason.isEmpty())
        co_return Result<void>();
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("cannot be reached: %1; start it, or correct target.url").arg(reason),
                      QStringLiteral("%1:%2").arg(target.host()).arg(port));
}

QCoro::Task<Result<void>> StartGate::reachSocket(QString path, std::chrono::milliseconds limit, QString field)
{
    QLocalSocket socket;
    const QDeadlineTimer deadline(limit);
    socket.connectToServer(path);
    while (socket.state() == QLocalSocket::ConnectingState && !deadline.hasExpired())
        co_await qCoro(&socket, &QLocalSocket::stateChanged, std::chrono::milliseconds(deadline.remainingTime()));
    if (socket.state() == QLocalSocket::ConnectedState)
        co_return Result<void>();
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("nobody listens on this socket; start the target, or correct %1").arg(field), path);
}

QCoro::Task<bool> StartGate::isListening(QUrl target)
{
    const Result<void> reached = co_await reach(target, kTryLimit);
    co_return reached.has_value();
}

QCoro::Task<Result<void>> StartGate::awaitListening(QUrl target, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    while (!deadline.hasExpired() && !m_isCancelled) {
        if (co_await isListening(target))
            co_return Result<void>();
        co_await QCoro::sleepFor(kTryEvery);
    }
    if (m_isCancelled)
        co_return std::unexpected(cancelledError());
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("nobody listens there within %1; raise target.ready.within, or correct target.url or target.start")
                          .arg(formatDuration(limit)),
                      QStringLiteral("%1:%2").arg(target.host()).arg(portOf(target)));
}

QCoro::Task<QString> StartGate::whyNotReady(QUrl url, std::chrono::milliseconds limit)
{
    QNetworkRequest request(url);
    request.setRawHeader("User-Agent", "headroom-aux");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    m_route.applyTo(request);
    ++m_requests;
    const LaterPtr<QNetworkReply> reply(m_network.get(request));
    connect(this, &StartGate::cancelled, reply.get(), &QNetworkReply::abort);
    QTimer::singleShot(std::min(limit, kPollLimit), reply.get(), &QNetworkReply::abort); // also of what never ends
    // Queued: a reply is not ended from within its own signal.
    connect(reply.get(), &QNetworkReply::metaDataChanged, reply.get(), &QNetworkReply::abort, Qt::QueuedConnection);
    co_await reply.get();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status <= 299)
        co_return QString();
    if (status > 0)
        co_return QStringLiteral("it answers %1").arg(status);
    const bool isGivenUp = reply->error() == QNetworkReply::OperationCanceledError;
    co_return isGivenUp ? QStringLiteral("no answer") : reply->errorString();
}

QCoro::Task<Result<void>> StartGate::awaitReady(QUrl url, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    QString last = QStringLiteral("no answer");
    while (!deadline.hasExpired() && !m_isCancelled) {
        const std::chrono::milliseconds left(deadline.remainingTime());
        last = co_await whyNotReady(url, std::max(left, std::chrono::milliseconds(1)));
        if (last.isEmpty())
            co_return Result<void>();
        co_await QCoro::sleepFor(kPollEvery);
    }
    if (m_isCancelled)
        co_return std::unexpected(cancelledError());
    co_return failure(Error::Code::Unreachable,
                      QStringLiteral("not ready within %1 (%2); raise target.ready.within or look at the service")
                          .arg(formatDuration(limit), last),
                      url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
}

} // namespace Headroom
