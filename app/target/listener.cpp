// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/listener.h"

#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace Headroom {

namespace {

constexpr int kBacklog = 4096; // Qt's 50 refuse a burst of users; the kernel cuts to net.core.somaxconn

template <typename Address> bool isBound(int descriptor, const Address &address)
{
    const int reuse = 1; // as QTcpServer does: connections of the last run may still be in TIME_WAIT
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    return bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

bool isBoundTo(int descriptor, const QHostAddress &address, quint16 port)
{
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        sockaddr_in6 six{};
        six.sin6_family = AF_INET6;
        six.sin6_port = qToBigEndian(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&six.sin6_addr, &bytes, sizeof six.sin6_addr);
        return isBound(descriptor, six);
    }
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = qToBigEndian(port);
    four.sin_addr.s_addr = qToBigEndian(address.toIPv4Address());
    return isBound(descriptor, four);
}

/// sin_port and sin6_port stand at the same place (RFC 3493, 3.3).
quint16 portOf(int descriptor)
{
    sockaddr_in6 address{};
    socklen_t size = sizeof address;
    return getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0
        ? qFromBigEndian(address.sin6_port)
        : quint16(0);
}

} // namespace

Listener::Listener(QObject *parent)
    : QTcpServer(parent)
{
    setListenBacklogSize(kBacklog);
}

Listener::~Listener()
{
    if (m_reserved >= 0)
        ::close(m_reserved);
}

std::optional<quint16> Listener::open(const QHostAddress &address, quint16 port)
{
    return listen(address, port) ? std::optional(serverPort()) : std::nullopt;
}

std::optional<quint16> Listener::reserve(const QHostAddress &address, quint16 port)
{
    const int family = address.protocol() == QAbstractSocket::IPv6Protocol ? AF_INET6 : AF_INET;
    m_reserved = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_reserved < 0 || !isBoundTo(m_reserved, address, port)) {
        m_problem = errno;
        return std::nullopt;
    }
    return portOf(m_reserved);
}

bool Listener::openReserved()
{
    if (::listen(m_reserved, kBacklog) != 0) {
        m_problem = errno;
        return false;
    }
    return setSocketDescriptor(std::exchange(m_reserved, -1));
}

QString Listener::problem() const { return m_problem ? qt_error_string(m_problem) : errorString(); }

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
