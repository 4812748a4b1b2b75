// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace Headroom {

/// An HTTP server on loopback that gives every request the same bytes, and keeps the request heads.
class CannedServer
{
public:
    CannedServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { serve(*socket); });
        });
    }

    QUrl url(const QString &path) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
    }
    void close() { m_server.close(); }

    static QByteArray ok(const QByteArray &body)
    {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

    QByteArray answer; ///< The whole of it; empty: none, ever.
    bool isClosingAfterwards = false;
    QList<QByteArray> requests; ///< Head of each.

private:
    void serve(QTcpSocket &socket)
    {
        if (!socket.peek(64 * 1024).endsWith("\r\n\r\n"))
            return;
        requests.append(socket.readAll());
        socket.write(answer);
        if (isClosingAfterwards)
            socket.disconnectFromHost();
    }
    QTcpServer m_server;
};

} // namespace Headroom
