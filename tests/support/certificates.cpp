// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.h"

#include <QFile>
#include <QProcess>

namespace Headroom {

Result<void> Certificates::openssl(const QStringList &arguments) const
{
    constexpr int kPatience = 10'000; // ms
    QProcess process;
    process.setWorkingDirectory(m_folder);
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForStarted(kPatience))
        return failure(Error::Code::NotFound, QStringLiteral("openssl is not installed; packaging/test installs it"));
    if (!process.waitForFinished(kPatience) || process.exitCode() != 0)
        return failure(Error::Code::Unreachable, QString::fromUtf8(process.readAllStandardError()).trimmed());
    return {};
}

Result<void> Certificates::make(const QString &name, const QString &authority, const QStringList &more) const
{
    QStringList arguments{QStringLiteral("req"),
                          QStringLiteral("-x509"),
                          QStringLiteral("-nodes"),
                          QStringLiteral("-newkey"),
                          QStringLiteral("ec"),
                          QStringLiteral("-pkeyopt"),
                          QStringLiteral("ec_paramgen_curve:P-256"), // quick to make
                          QStringLiteral("-keyout"),
                          name + QStringLiteral(".key"),
                          QStringLiteral("-out"),
                          name + QStringLiteral(".pem"),
                          QStringLiteral("-days"),
                          QStringLiteral("30"),
                          QStringLiteral("-subj"),
                          QStringLiteral("/CN=Headroom test ") + name};
    if (!authority.isEmpty())
        arguments << QStringLiteral("-CA") << authority + QStringLiteral(".pem") << QStringLiteral("-CAkey")
                  << authority + QStringLiteral(".key");
    return openssl(arguments + more);
}

QByteArray Certificates::content(const QString &file) const
{
    QFile device(path(file));
    return device.open(QIODevice::ReadOnly) ? device.readAll() : QByteArray();
}

} // namespace Headroom
