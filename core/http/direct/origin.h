// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <cstdint>

namespace Headroom {

/// Where a connection goes to.
struct Origin
{
    bool isSecure = false;
    QString host; ///< In ASCII; an IPv6 address without brackets.
    std::uint16_t port = 80;
    bool operator==(const Origin &) const = default;

    static Origin of(const QUrl &url)
    {
        const bool isSecure = url.scheme() == QLatin1String("https");
        return {isSecure, url.host(QUrl::FullyEncoded), std::uint16_t(url.port(isSecure ? 443 : 80))};
    }
    /// As the Host header and HTTP/2's :authority have it; the scheme's own port is left out.
    QByteArray authority() const
    {
        QByteArray text = host.contains(u':') ? '[' + host.toLatin1() + ']' : host.toLatin1();
        if (port != (isSecure ? 443 : 80))
            text += ':' + QByteArray::number(port);
        return text;
    }
};

} // namespace Headroom
