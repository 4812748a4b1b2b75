// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/endpoint.h"
#include "app/target/selfreport.h"
#include "app/target/truthlog.h"

#include <QHttpHeaders>
#include <QPointer>
#include <QTcpSocket>

namespace Headroom {

/// One request on its way through the practice target.
struct TargetExchange
{
    TruthRow row;
    QByteArray requestId; ///< To be echoed; empty: none was sent.
    QPointer<QTcpSocket> socket;
    QByteArray agent{}; ///< Whose the request is, by X-Agent-Id; of a worked answer, whose the answer says it is.
    std::optional<Endpoint> endpoint{}; ///< Nothing: there is no such path.
    std::optional<SelfReport> told{}; ///< By the answer, of itself.
    bool isWorked = false; ///< A worker has answered it.
    bool wantsClose = false;

    bool isConnected() const { return socket && socket->state() == QAbstractSocket::ConnectedState; }
};

struct TargetAnswer
{
    int status = 200;
    QByteArray body;
    std::pair<QByteArray, QByteArray> header{}; ///< One more.
    QByteArray contentType = "application/json";
};

/// {"error":"..."} of plain words.
QByteArray problem(const char *words);
QHttpHeaders headersOf(const TargetAnswer &answer, const TargetExchange &exchange, const TimingParts &parts);

} // namespace Headroom
