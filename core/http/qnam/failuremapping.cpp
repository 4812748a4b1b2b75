// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/failuremapping.h"

#include <QNetworkReply>

namespace Headroom {

FailureKind failureKindOf(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::NoError: return FailureKind::None;
    case QNetworkReply::HostNotFoundError: return FailureKind::Dns;
    case QNetworkReply::ConnectionRefusedError: return FailureKind::ConnectRefused;
    case QNetworkReply::RemoteHostClosedError: return FailureKind::Closed;
    case QNetworkReply::TimeoutError: return FailureKind::ConnectTimeout; // Qt's own limit of 30 s to connect
    case QNetworkReply::SslHandshakeFailedError: return FailureKind::Tls;
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError: return FailureKind::Connect;
    case QNetworkReply::OperationCanceledError: return FailureKind::Aborted;
    case QNetworkReply::ProtocolFailure: return FailureKind::Protocol;
    case QNetworkReply::UnknownNetworkError: return FailureKind::Other;
    default: break;
    }
    // From ContentAccessDenied on Qt's errors only repeat an HTTP status; the answer itself is complete.
    const bool hasStatus = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    return hasStatus ? FailureKind::None : FailureKind::Other;
}

QString failureMessage(FailureKind kind, const QNetworkReply &reply)
{
    switch (kind) {
    case FailureKind::Tls:
    case FailureKind::Protocol:
    case FailureKind::Connect:
    case FailureKind::Other: return failureKindText(kind) + QStringLiteral(" (%1)").arg(reply.errorString());
    default: return failureKindText(kind);
    }
}

} // namespace Headroom
