// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/socketaddress.h"

#include <QFile>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

namespace Headroom {

SocketAddress SocketAddress::of(const QHostAddress &address, std::uint16_t port)
{
    SocketAddress made;
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        auto &in = reinterpret_cast<sockaddr_in6 &>(made.storage);
        in.sin6_family = AF_INET6;
        in.sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&in.sin6_addr, &bytes, sizeof bytes);
        const QString zone = address.scopeId();
        bool isNumber = false;
        in.sin6_scope_id = zone.toUInt(&isNumber);
        if (!isNumber && !zone.isEmpty())
            in.sin6_scope_id = if_nametoindex(zone.toLatin1().constData());
        made.length = sizeof in;
        return made;
    }
    auto &in = reinterpret_cast<sockaddr_in &>(made.storage);
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    in.sin_addr.s_addr = htonl(address.toIPv4Address());
    made.length = sizeof in;
    return made;
}

std::optional<SocketAddress> SocketAddress::ofPath(const QString &path)
{
    SocketAddress made;
    auto &un = reinterpret_cast<sockaddr_un &>(made.storage);
    const QByteArray bytes = QFile::encodeName(path);
    if (bytes.size() >= qsizetype(sizeof un.sun_path))
        return std::nullopt;
    un.sun_family = AF_UNIX;
    std::memcpy(un.sun_path, bytes.constData(), std::size_t(bytes.size()) + 1);
    made.length = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(bytes.size()) + 1);
    return made;
}

} // namespace Headroom
