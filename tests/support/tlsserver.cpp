// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tlsserver.h"

#include "tests/support/certificates.h"

#include <QFile>
#include <QRegularExpression>

namespace Headroom {

namespace {

const QString kOpenssl = QStringLiteral("openssl");
constexpr int kPatience = 10'000; // ms

} // namespace

TlsServer::~TlsServer()
{
    m_process.kill();
    m_process.waitForFinished(kPatience);
}

Result<void> TlsServer::makeCertificate(const Certificate &certificate)
{
    const Certificates files(m_folder.path());
    const QString authority = QStringLiteral("authority");
    if (const Result<void> made = files.make(authority); !made)
        return made;
    return files.make(QStringLiteral("server"), certificate.isSelfSigned ? QString() : authority,
                      {QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + certificate.name,
                       QStringLiteral("-not_before"), certificate.notBefore, //
                       QStringLiteral("-not_after"), certificate.notAfter});
}

Result<void> TlsServer::start(const Certificate &certificate, const QStringList &options)
{
    if (const Result<void> made = makeCertificate(certificate); !made)
        return made;
    m_process.setWorkingDirectory(m_folder.path());
    m_process.start(kOpenssl,
                    QStringList{QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                                QStringLiteral("-cert"), QStringLiteral("server.pem"), QStringLiteral("-key"),
                                QStringLiteral("server.key")}
                        + options);
    static const QRegularExpression accepts(QStringLiteral("ACCEPT 127\\.0\\.0\\.1:(\\d+)\n"));
    QString said;
    while (m_process.waitForReadyRead(kPatience)) {
        said += QString::fromUtf8(m_process.readAllStandardOutput());
        m_port = accepts.match(said).captured(1).toInt();
        if (m_port > 0) {
            m_process.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); // what it hears it says
            return {};
        }
    }
    return failure(Error::Code::Unreachable, QString::fromUtf8(m_process.readAllStandardError()).trimmed());
}

Result<void> TlsServer::startAnswering(const Certificate &certificate, const QStringList &options)
{
    QFile answer(m_folder.filePath(QStringLiteral("answer")));
    if (!answer.open(QIODevice::WriteOnly))
        return failure(Error::Code::Unwritable, answer.errorString());
    answer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"); // -HTTP sends a file as the whole of an answer
    answer.close();
    return start(certificate, QStringList{QStringLiteral("-HTTP")} + options);
}

QUrl TlsServer::answerUrl() const { return url().resolved(QUrl(QStringLiteral("/answer"))); }

QUrl TlsServer::url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(m_port)); }

} // namespace Headroom
