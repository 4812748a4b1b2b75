// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretbus.h"

#include "core/secrets/keyring.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QEventLoop>
#include <QTimer>

namespace Headroom {

namespace {

const QString kName = QStringLiteral("org.freedesktop.secrets");
const QString kPrompt = QStringLiteral("org.freedesktop.Secret.Prompt");

std::unexpected<Error> staysLocked()
{
    return failure(Error::Code::Cancelled, QStringLiteral("the keyring was not unlocked"));
}

} // namespace

const QString SecretBus::kServicePath = QStringLiteral("/org/freedesktop/secrets");
const QString SecretBus::kService = QStringLiteral("org.freedesktop.Secret.Service");
const QString SecretBus::kCollection = QStringLiteral("org.freedesktop.Secret.Collection");
const QString SecretBus::kItem = QStringLiteral("org.freedesktop.Secret.Item");

QDBusArgument &operator<<(QDBusArgument &argument, const BusSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, BusSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

SecretBus::SecretBus()
    : m_bus(QDBusConnection::sessionBus())
{
    qDBusRegisterMetaType<BusSecret>();
    qDBusRegisterMetaType<BusAttributes>();
}

Result<void> SecretBus::open()
{
    if (!m_bus.isConnected())
        return failure(Error::Code::Unreachable,
                       QStringLiteral("there is no keyring here, for there is no session bus"));
    const auto opened = call(kServicePath, kService, QStringLiteral("OpenSession"),
                             {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    if (!opened)
        return std::unexpected(opened.error());
    m_session = opened->value(1).value<QDBusObjectPath>();
    return {};
}

Result<QVariantList> SecretBus::call(const QString &path, const QString &interface, const QString &method,
                                     const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(kName, path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_bus.call(message, QDBus::Block, int(Keyring::kAnswerLimit.count()));
    if (answer.type() == QDBusMessage::ReplyMessage)
        return answer.arguments();
    if (answer.errorName() == QLatin1String("org.freedesktop.DBus.Error.ServiceUnknown"))
        return failure(Error::Code::Unreachable, QStringLiteral("there is no keyring here, for no program offers one"));
    return failure(Error::Code::Unreachable, QStringLiteral("the keyring refuses: %1").arg(answer.errorMessage()));
}

Result<void> SecretBus::prompt(const QDBusObjectPath &prompt)
{
    if (prompt.path() == QLatin1String("/"))
        return {};
    PromptWait wait;
    m_bus.connect(kName, prompt.path(), kPrompt, QStringLiteral("Completed"), &wait, SLOT(complete(bool)));
    if (const auto shown = call(prompt.path(), kPrompt, QStringLiteral("Prompt"), {QString()}); !shown)
        return std::unexpected(shown.error());
    const std::optional<bool> isAgreed = wait.wait(Keyring::kPromptLimit);
    if (!isAgreed)
        call(prompt.path(), kPrompt, QStringLiteral("Dismiss"), {});
    return isAgreed.value_or(false) ? Result<void>() : Result<void>(staysLocked());
}

Result<void> SecretBus::unlock(const QDBusObjectPath &locked)
{
    const auto asked = call(kServicePath, kService, QStringLiteral("Unlock"), {QVariant::fromValue(BusPaths{locked})});
    if (!asked)
        return std::unexpected(asked.error());
    return prompt(asked->value(1).value<QDBusObjectPath>());
}

std::optional<bool> PromptWait::wait(std::chrono::milliseconds limit)
{
    if (m_isAgreed)
        return m_isAgreed;
    QEventLoop loop;
    connect(this, &PromptWait::done, &loop, &QEventLoop::quit);
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    loop.exec();
    return m_isAgreed;
}

} // namespace Headroom
