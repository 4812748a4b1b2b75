// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QString>

#include <cstdint>

namespace Headroom {

/// How connections are encrypted and whom they trust.
struct TlsOptions
{
    QByteArray authorities{}; ///< Certificates (PEM) that are trusted instead of the system's; empty: the system's.
    QByteArray certificate{}; ///< Of this client, with its chain (PEM); empty: none.
    QByteArray key{}; ///< Its private key (PEM), without a passphrase.
    QString serverName{}; ///< Asked for (SNI) and verified instead of the URL's host; empty: the URL's.
    bool isVerified = true; ///< Whether the server's certificate must be valid for its name.
    bool isResumed = true; ///< Whether a new connection may go on with a session of an earlier one.
    bool operator==(const TlsOptions &) const = default;
};

/// How connections to the target are made. What only the direct transport can do says so.
struct ConnectionOptions
{
    enum class Family : std::uint8_t { Any, IPv4, IPv6 };

    TlsOptions tls{};
    bool isReused = true; ///< Else each exchange has a new connection. Direct only.
    bool isHttp2 = false; ///< By ALPN; without TLS by prior knowledge. Direct only.
    int streams = 1; ///< HTTP/2: exchanges at once on one connection. Direct only.
    Family family = Family::Any; ///< Direct only.
    bool isResolvedEachTime = false; ///< Names are looked up for every connection, else once a run. Direct only.
    QString socket{}; ///< Path of a Unix socket that the requests go to, whatever the URL's host. Direct only.
    QList<QHostAddress> sources{}; ///< Addresses that connections are made from, in turn; empty: the system's choice. Direct only.
    bool operator==(const ConnectionOptions &) const = default;
};

} // namespace Headroom
