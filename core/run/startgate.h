// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/qnam/targetroute.h"

#include <QCoroTask>
#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>

namespace Headroom {

/// What must hold before the first request goes out: somebody listens, and says to be ready where that is asked for.
/// Thread: one with an event loop. Requests carry the user agent headroom-aux.
class StartGate : public QObject
{
    Q_OBJECT
public:
    /// `target`, `connections`: how requests to the target are made; those to others are plain.
    explicit StartGate(const QUrl &target = {}, const ConnectionOptions &connections = {});
    /// A connection to the target, made and closed: by TCP, or to the local socket that the options name. Errors: Unreachable, naming host, port and reason.
    QCoro::Task<Result<void>> reach(QUrl target, std::chrono::milliseconds limit);
    /// The same on a local socket of lines.
    QCoro::Task<Result<void>> reachSocket(QString path, std::chrono::milliseconds limit,
                                          QString field = QStringLiteral("target.lines.socket"));
    /// Tries until somebody accepts one: for a target that was just started. Errors: Unreachable; Cancelled.
    QCoro::Task<Result<void>> awaitListening(QUrl target, std::chrono::milliseconds limit);
    QCoro::Task<bool> isListening(QUrl target); ///< At this moment; within a second.
    /// What keeps a connection from being made, as in "nobody listens there"; empty when it was made.
    QCoro::Task<QString> whyUnreachable(QString host, quint16 port, std::chrono::milliseconds limit);
    /// What keeps a GET from being answered 2xx, as in "it answers 503"; empty when it was. Its status is all that
    /// counts: redirections are not followed, and no body is waited for. Within 5 seconds, or `limit` if that is less.
    QCoro::Task<QString> whyNotReady(QUrl url, std::chrono::milliseconds limit);
    /// Polls until the URL answers 2xx. Errors: Unreachable with the last answer; Cancelled.
    QCoro::Task<Result<void>> awaitReady(QUrl url, std::chrono::milliseconds limit);
    void cancel(); ///< What waits ends at once, with Cancelled.
    bool isCancelled() const { return m_isCancelled; }
    quint64 requestsMade() const { return m_requests; }

Q_SIGNALS:
    void cancelled();

private:
    const TargetRoute m_route;
    const QString m_socket;
    QNetworkAccessManager m_network;
    quint64 m_requests = 0;
    bool m_isCancelled = false;
};

} // namespace Headroom
