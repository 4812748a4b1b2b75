// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace Headroom {

/// Accepts connections without Nagle's algorithm, and finds the socket behind a request, which QHttpServer hides.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);
    /// The socket whose readyRead() was emitted last: within a request's handler, the one it came from.
    /// Address and port would not tell: a connection that was reset before it was accepted has none.
    QTcpSocket *readingSocket() const { return m_readingSocket; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QPointer<QTcpSocket> m_readingSocket;
};

} // namespace Headroom
