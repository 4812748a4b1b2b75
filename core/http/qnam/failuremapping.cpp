// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/failuremapping.h"

#include <QNetworkReply>

namespace Headroom {

namespace {

QVariant statusAttribute(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
}

/// Qt has one name for the rest of what a socket may say: out of descriptors or ports before the request was sent;
/// after it, with https, an alert such as "certificate required", which TLS 1.3 gives only then.
FailureKind kindOfUnknownError(const QNetworkReply &reply, bool wasSent)
{
    if (!wasSent)
        return FailureKind::Connect;
    return reply.url().scheme() == QLatin1String("https") ? FailureKind::Tls : FailureKind::Other;
}

} // namespace

FailureKind failureKindOf(const QNetworkReply &reply, bool wasSent)
{
    switch (reply.error()) {
    case QNetworkReply::NoError:
        break;
    case QNetworkReply::HostNotFoundError:
        return FailureKind::Dns;
    case QNetworkReply::ConnectionRefusedError:
        return FailureKind::ConnectRefused;
    case QNetworkReply::RemoteHostClosedError:
        return FailureKind::Closed;
    case QNetworkReply::TimeoutError:
        return FailureKind::ConnectTimeout; // Qt's own limit of 30 s to connect
    case QNetworkReply::SslHandshakeFailedError:
        return FailureKind::Tls;
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
        return FailureKind::Connect;
    case QNetworkReply::OperationCanceledError:
        return FailureKind::Aborted;
    case QNetworkReply::ProtocolFailure:
        return FailureKind::Protocol;
    case QNetworkReply::UnknownNetworkError:
        return kindOfUnknownError(reply, wasSent);
    default:
        break;
    }
    // From ContentAccessDenied on Qt's errors only repeat an HTTP status; the answer itself is complete.
    if (!statusAttribute(reply).isValid())
        return FailureKind::Other;
    // Qt skips interim answers, except 101, which it takes for the last: nobody asked to switch.
    return statusOf(reply) < 200 ? FailureKind::Protocol : FailureKind::None;
}

int statusOf(const QNetworkReply &reply)
{
    const int status = statusAttribute(reply).toInt();
    return status >= 100 && status <= 999 ? status : 0; // Qt takes any number; RFC 9110 has three digits
}

QString failureMessage(FailureKind kind, const QNetworkReply &reply)
{
    if (kind == FailureKind::Protocol && reply.error() != QNetworkReply::ProtocolFailure)
        return failureKindText(kind) + QStringLiteral(" (status %1)").arg(statusAttribute(reply).toInt());
    switch (kind) {
    case FailureKind::Tls:
    case FailureKind::Protocol:
    case FailureKind::Connect:
    case FailureKind::Other:
        return failureKindText(kind) + QStringLiteral(" (%1)").arg(reply.errorString());
    default:
        return failureKindText(kind);
    }
}

} // namespace Headroom
