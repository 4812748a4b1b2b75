// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/listener.h"

#include <QTcpSocket>

namespace Headroom {

Listener::Listener(QObject *parent)
    : QTcpServer(parent)
{
    setListenBacklogSize(4096); // Qt's 50 refuse a burst of users; the kernel cuts to net.core.somaxconn
}

void Listener::incomingConnection(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    socket->setSocketDescriptor(descriptor);
    // Nagle's algorithm against delayed acknowledgements would add 40 ms to some answers.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const std::pair key(socket->peerAddress(), socket->peerPort());
    m_sockets.insert(key, socket);
    const auto forget = [this, key, socket] {
        // The same client may have come back from the same port before this signal.
        if (m_sockets.value(key) == socket)
            m_sockets.remove(key);
    };
    connect(socket, &QTcpSocket::disconnected, this, forget);
    connect(socket, &QObject::destroyed, this, forget);
    addPendingConnection(socket);
}

} // namespace Headroom
