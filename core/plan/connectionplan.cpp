// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/connectionplan.h"

#include "core/base/humanformat.h"
#include "core/http/direct/tlsmaterial.h"
#include "core/http/qnam/tlsconfiguration.h"

#include <QDir>
#include <QSslKey>

#include <algorithm>

namespace Headroom {

namespace {

using Family = ConnectionOptions::Family;
using File = Scenario::Tls::File;

Diagnostic errorAt(const TextRange &range, const QString &message)
{
    return {Diagnostic::Severity::Error, range, message};
}

Family familyOf(const QString &word)
{
    if (word == QLatin1String("ipv4"))
        return Family::IPv4;
    return word == QLatin1String("ipv6") ? Family::IPv6 : Family::Any;
}

void takeSources(ConnectionOptions &options, const Scenario::Connection &connection, Diagnostics &problems)
{
    for (const auto &[text, range] : connection.from) {
        const QHostAddress address(text);
        const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
        if (address.isNull())
            problems.push_back(
                errorAt(range,
                        QStringLiteral("%1 is no IP address; write one of this machine, such as 127.0.0.2")
                            .arg(formatQuoted(text))));
        else if (options.family != Family::Any && isV6 != (options.family == Family::IPv6))
            problems.push_back(errorAt(range,
                                       QStringLiteral("%1 is not of the family %2; remove one of them")
                                           .arg(formatQuoted(text), connection.family)));
        options.sources.append(address);
    }
}

bool isFine(const File &file, const QString &problem, Diagnostics &problems)
{
    if (!file.isRead)
        return false;
    if (!problem.isEmpty())
        problems.push_back(errorAt(file.range, QStringLiteral("the file %1 %2").arg(formatQuoted(file.path), problem)));
    return problem.isEmpty();
}

void checkPair(const Scenario::Tls &tls, bool isQnam, Diagnostics &problems)
{
    const bool isCertificate = isFine(tls.certificate, certificatesProblem(tls.certificate.content), problems);
    const bool isKey = isFine(tls.key, privateKeyProblem(tls.key.content), problems);
    if (!isKey || !isCertificate)
        return;
    if (!belongTogether(tls.certificate.content, tls.key.content))
        problems.push_back(errorAt(tls.key.range,
                                   QStringLiteral("the key %1 does not belong to the certificate %2; name two that "
                                                  "were made together, the own certificate first in its file")
                                       .arg(formatQuoted(tls.key.path), formatQuoted(tls.certificate.path))));
    else if (isQnam && readTlsKey(tls.key.content).isNull())
        problems.push_back(errorAt(tls.key.range,
                                   QStringLiteral("the transport qnam cannot use a key of the kind in %1, only RSA, "
                                                  "elliptic curves of NIST and DSA; transport: direct can")
                                       .arg(formatQuoted(tls.key.path))));
}

} // namespace

void compileConnections(Plan &plan, const Scenario::Target &target, Diagnostics &problems)
{
    const Scenario::Connection &connection = target.connection;
    ConnectionOptions &options = plan.connections;
    options = {.tls = {.authorities = target.tls.authorities.content,
                       .certificate = target.tls.certificate.content,
                       .key = target.tls.key.content,
                       .serverName = target.tls.serverName,
                       .isVerified = target.tls.isVerified,
                       .isResumed = target.tls.isResumed},
               .isReused = connection.isReused,
               .isHttp2 = connection.isHttp2,
               .streams = connection.streams,
               .family = familyOf(connection.family),
               .isResolvedEachTime = connection.isResolvedEachTime};
    if (!connection.socket.isEmpty())
        options.socket = QDir::cleanPath(QDir(target.folder).absoluteFilePath(connection.socket));
    takeSources(options, connection, problems);
    isFine(target.tls.authorities, certificatesProblem(target.tls.authorities.content), problems);
    checkPair(target.tls, plan.transport == QLatin1String("qnam"), problems);
}

TransportSetup auxiliaryTransport(const Plan &plan)
{
    const bool isDirect = plan.transport == QLatin1String("direct");
    return {.name = isDirect ? plan.transport : QStringLiteral("qnam"), .connections = plan.connections};
}

bool hasTls(const Plan &plan)
{
    const auto isTls = [](const QUrl &url) { return url.scheme() == QLatin1String("https"); };
    return isTls(plan.target)
        || std::ranges::any_of(plan.steps, [&](const Plan::Step &step) { return isTls(step.request.url); });
}

Diagnostics connectionWarnings(const Plan &plan, const Scenario::Target &target)
{
    if (plan.connections.tls.isVerified || !hasTls(plan))
        return {};
    return {{Diagnostic::Severity::Warning, target.tls.range,
             QStringLiteral(
                 "the certificates of the target are not verified (verify: false), so anybody between can answer in "
                 "its place and read what is sent; the session and every report will say so")}};
}

} // namespace Headroom
