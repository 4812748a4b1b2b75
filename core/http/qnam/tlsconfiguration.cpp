// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/tlsconfiguration.h"

#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslKey>

namespace Headroom {

QSslKey readTlsKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey); !key.isNull())
            return key;
    }
    return {};
}

TlsConfiguration::TlsConfiguration(const TlsOptions &options)
    : m_serverName(options.serverName)
{
    if (options == TlsOptions())
        return;
    QSslConfiguration &configuration = m_configuration.emplace(QSslConfiguration::defaultConfiguration());
    if (!options.authorities.isEmpty())
        configuration.setCaCertificates(QSslCertificate::fromData(options.authorities, QSsl::Pem));
    if (!options.certificate.isEmpty()) {
        configuration.setLocalCertificateChain(QSslCertificate::fromData(options.certificate, QSsl::Pem));
        configuration.setPrivateKey(readTlsKey(options.key));
    }
    if (!options.isVerified)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!options.isResumed) {
        configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
        configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    }
}

void TlsConfiguration::applyTo(QNetworkRequest &request) const
{
    if (!m_configuration)
        return;
    request.setSslConfiguration(*m_configuration);
    if (!m_serverName.isEmpty())
        request.setPeerVerifyName(m_serverName); // Qt asks for it (SNI) as well
}

} // namespace Headroom
