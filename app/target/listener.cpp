// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/listener.h"

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
    // Connected before QHttpServer connects its own slot, so it runs before that one calls a handler.
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { m_readingSocket = socket; });
    addPendingConnection(socket);
}

} // namespace Headroom
