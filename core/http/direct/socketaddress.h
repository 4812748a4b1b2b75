// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <sys/socket.h>

#include <optional>

namespace Headroom {

/// An address of the system's: IPv4, IPv6 or a path.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t length = 0;

    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
    int family() const { return storage.ss_family; }
    bool isPath() const { return storage.ss_family == AF_UNIX; }

    static SocketAddress of(const QHostAddress &address, std::uint16_t port);
    /// None: the path is longer than the system takes (107 bytes).
    static std::optional<SocketAddress> ofPath(const QString &path);
};

} // namespace Headroom
