// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretfinder.h"

#include "core/base/humanformat.h"
#include "core/scenario/scenariopath.h"
#include "core/secrets/keyring.h"

#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>

namespace Headroom {

namespace {

using Secret = Scenario::Secret;

constexpr qint64 kMostBytes = 64 * 1024;
const QString kMountedFolder = QStringLiteral("/run/secrets"); // where containers find theirs

std::unexpected<Error> notFound(const QString &where) { return failure(Error::Code::NotFound, where); }

QString storeAdvice(const QString &location)
{
    const qsizetype slash = location.indexOf(u'/');
    return QStringLiteral("secret-tool store --label=Headroom service %1 username %2")
        .arg(location.first(slash), location.sliced(slash + 1));
}

Result<QString> fromEnvironment(const QString &variable, const SecretPlaces &places)
{
    if (const auto value = places.environment(variable))
        return *value;
    return notFound(QStringLiteral("the environment has no variable %1; set it before the start").arg(variable));
}

Result<QString> fromFile(const Secret &secret, const SecretPlaces &places, Diagnostics &warnings)
{
    const bool isMounted = secret.location.startsWith(kMountedFolder + u'/');
    const QString folder = isMounted ? kMountedFolder : places.folder;
    const QString file = isMounted ? secret.location.sliced(kMountedFolder.size() + 1) : secret.location;
    const Result<QByteArray> bytes = readFileInside(folder, file, kMostBytes);
    if (!bytes)
        return std::unexpected(bytes.error());
    const Result<QString> path = pathInside(folder, file);
    if (path && QFileInfo(*path).permission(QFile::ReadOther))
        warnings.push_back(
            {Diagnostic::Severity::Warning, secret.range,
             QStringLiteral("everybody on this machine can read the file %1 of secret %2; make it your own "
                            "with chmod 600")
                 .arg(formatQuoted(secret.location), formatQuoted(secret.name))});
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(*bytes);
    if (decoder.hasError())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("the file %1 holds no text in UTF-8").arg(formatQuoted(secret.location)));
    if (text.endsWith(u'\n'))
        text.chop(text.endsWith(QLatin1String("\r\n")) ? 2 : 1);
    return text;
}

Result<QString> fromKeyring(const QString &location, const SecretPlaces &places)
{
    const Result<QString> value = places.keyring(location);
    if (value)
        return value;
    const bool isMissing = value.error().code == Error::Code::NotFound;
    return failure(value.error().code,
                   isMissing ? QStringLiteral("the keyring has no entry %1; store it with: %2")
                                   .arg(formatQuoted(location), storeAdvice(location))
                             : value.error().message);
}

/// Of a secret that names no place: the environment goes first, so that a single run can have another value.
Result<QString> fromAnywhere(const Secret &secret, const SecretPlaces &places)
{
    if (const auto value = places.environment(secret.name))
        return *value;
    const QString location = keyringLocationOf(secret);
    const Result<QString> value = places.keyring(location);
    if (value)
        return value;
    const bool isMissing = value.error().code == Error::Code::NotFound;
    const QString keyring =
        isMissing ? QStringLiteral("the keyring no entry %1").arg(formatQuoted(location)) : value.error().message;
    return notFound(
        QStringLiteral("the environment has no variable %1, and %2; set the variable, or store the entry with: %3")
            .arg(secret.name, keyring, storeAdvice(location)));
}

Result<QString> valueOf(const Secret &secret, const SecretPlaces &places, Diagnostics &warnings)
{
    if (secret.location.isEmpty())
        return fromAnywhere(secret, places);
    switch (secret.source) {
    case Secret::Source::Environment:
        return fromEnvironment(secret.location, places);
    case Secret::Source::File:
        return fromFile(secret, places, warnings);
    case Secret::Source::Keyring:
        return fromKeyring(secret.location, places);
    }
    Q_UNREACHABLE_RETURN(notFound({}));
}

} // namespace

SecretPlaces standardSecretPlaces(const QString &folder)
{
    return {folder,
            [](const QString &name) {
                const QByteArray key = name.toUtf8();
                return qEnvironmentVariableIsSet(key.constData()) ? std::optional(qEnvironmentVariable(key.constData()))
                                                                  : std::nullopt;
            },
            [](const QString &location) { return Keyring::read(location); }};
}

QString keyringLocationOf(const Secret &secret)
{
    return secret.source == Secret::Source::Keyring && !secret.location.isEmpty()
        ? secret.location
        : QStringLiteral("headroom/") + secret.name;
}

bool isSoughtInKeyring(const Secret &secret)
{
    return secret.location.isEmpty() || secret.source == Secret::Source::Keyring;
}

QString secretProblem(const QString &value)
{
    if (value.isEmpty())
        return QStringLiteral("its value is empty");
    if (value.size() < Redactor::kShortest)
        return QStringLiteral(
                   "its value is shorter than %1 characters, and could not be told from other text when it has "
                   "to be hidden; take a longer one")
            .arg(Redactor::kShortest);
    return {};
}

SecretFinding findSecrets(const std::vector<Secret> &secrets, const SecretPlaces &places, const SecretValues &given)
{
    SecretFinding finding;
    for (const Secret &secret : secrets) {
        Result<QString> value = valueOf(secret, places, finding.warnings);
        const auto known = std::ranges::find(given, secret.name, &Redactor::Secret::name);
        if (known != given.end() && (!value || !secretProblem(*value).isEmpty()))
            value = known->value;
        const QString problem = value ? secretProblem(*value) : value.error().message;
        if (problem.isEmpty())
            finding.values.push_back({secret.name, *value});
        else
            finding.missing.push_back(
                {secret, QStringLiteral("secret %1: %2").arg(formatQuoted(secret.name), problem)});
    }
    return finding;
}

Result<SecretFinding> findAllSecrets(const std::vector<Secret> &secrets, const SecretPlaces &places)
{
    SecretFinding finding = findSecrets(secrets, places);
    if (finding.missing.empty())
        return finding;
    QStringList sentences;
    for (const MissingSecret &missing : finding.missing)
        sentences.append(missing.sentence);
    return failure(Error::Code::InvalidInput, sentences.join(u'\n'));
}

} // namespace Headroom
