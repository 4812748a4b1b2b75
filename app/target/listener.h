// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QTcpServer>

#include <utility>

namespace Headroom {

/// Accepts connections without Nagle's algorithm, and finds the socket behind a request, which QHttpServer hides.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);
    /// The open connection from there, or nullptr. Owns: QHttpServer.
    QTcpSocket *socketFrom(const QHostAddress &address, quint16 port) const { return m_sockets.value({address, port}); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QHash<std::pair<QHostAddress, quint16>, QTcpSocket *> m_sockets;
};

} // namespace Headroom
