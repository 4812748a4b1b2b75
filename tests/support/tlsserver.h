// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// OpenSSL's own server on a free loopback port, with a certificate made on the spot. It answers one request with an
/// empty 200.
class TlsServer
{
public:
    /// What its certificate says. From an authority of the test's own unless it is self-signed.
    struct Certificate
    {
        QString name = QStringLiteral("IP:127.0.0.1"); ///< As in subjectAltName.
        QString notBefore = QStringLiteral("20200101000000Z");
        QString notAfter = QStringLiteral("20991231000000Z");
        bool isSelfSigned = false;
    };

    ~TlsServer(); ///< Ends it.
    /// Starts it and waits until it accepts; `options` are further ones of openssl-s_server.
    /// Errors: NotFound when openssl is not installed, Unreachable with its own words when it does not come up.
    Result<void> start(const Certificate &certificate, const QStringList &options);

    /// The same with one short answer for every GET, each on a connection of its own; `options` as above.
    Result<void> startAnswering(const Certificate &certificate, const QStringList &options = {});

    QUrl url() const;
    QUrl answerUrl() const; ///< Of startAnswering().
    QString folder() const { return m_folder.path(); } ///< Where its files are and its options begin.
    QString authority() const { return m_folder.filePath(QStringLiteral("authority.pem")); } ///< A PEM file.

private:
    Result<void> makeCertificate(const Certificate &certificate);

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

} // namespace Headroom
