// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtClassHelperMacros>

#include <array>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Headroom {

/// A port on which connection attempts get no answer at all: its queue of one is full.
class DeafPort
{
public:
    DeafPort()
        : m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const sockaddr_in loopback{
            .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
        bind(m_listener, reinterpret_cast<const sockaddr *>(&loopback), sizeof loopback);
        listen(m_listener, 0);
        sockaddr_in address{};
        socklen_t size = sizeof address;
        getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        for (int &filler : m_fillers) {
            filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            ::connect(filler, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        }
    }
    ~DeafPort()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(DeafPort)
    int port() const { return m_port; }

private:
    int m_listener;
    std::array<int, 4> m_fillers{};
    int m_port = 0;
};

} // namespace Headroom
