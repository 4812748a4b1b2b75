// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <optional>

namespace Headroom {

/// Accepts connections without Nagle's algorithm, and finds the socket behind a request, which QHttpServer hides.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);
    ~Listener() override;
    /// Listens; the port, a free one for 0. Nothing: see problem().
    std::optional<quint16> open(const QHostAddress &address, quint16 port);
    /// Takes a port without listening, so that connections to it are refused; the port. Nothing: see problem().
    std::optional<quint16> reserve(const QHostAddress &address, quint16 port);
    /// Listens on the port that was reserved.
    bool openReserved();
    QString problem() const; ///< Of the last of these.
    /// The socket whose readyRead() was emitted last: within a request's handler, the one it came from.
    /// Address and port would not tell: a connection that was reset before it was accepted has none.
    QTcpSocket *readingSocket() const { return m_readingSocket; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QPointer<QTcpSocket> m_readingSocket;
    int m_reserved = -1; // descriptor of a socket that does not listen yet
    int m_problem = 0; // errno of it
};

} // namespace Headroom
