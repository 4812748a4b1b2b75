// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/connectionoptions.h"

#include <QSslConfiguration>

#include <optional>

class QNetworkRequest;
class QSslKey;

namespace Headroom {

/// TLS options as Qt takes them: made once, put onto many requests.
class TlsConfiguration
{
public:
    explicit TlsConfiguration(const TlsOptions &options = {});
    /// Of standard options nothing is put on.
    void applyTo(QNetworkRequest &request) const;

private:
    std::optional<QSslConfiguration> m_configuration;
    QString m_serverName;
};

/// A private key (PEM) as Qt can use it: RSA, elliptic curves, DSA; null for any other.
QSslKey readTlsKey(const QByteArray &pem);

} // namespace Headroom
