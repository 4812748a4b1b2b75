// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/failuremapping.h"

#include <QNetworkReply>

namespace Headroom {

namespace {

QVariant statusAttribute(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
}

} // namespace

FailureKind failureKindOf(const QNetworkReply &reply)
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
        return FailureKind::Other;
    default:
        break;
    }
    // From ContentAccessDenied on Qt's errors only repeat an HTTP status; the answer itself is complete.
    if (!statusAttribute(reply).isValid())
        return FailureKind::Other;
    return statusOf(reply) == 0 ? FailureKind::Protocol : FailureKind::None;
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
