// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QList>
#include <QMap>
#include <QObject>
#include <QVariantList>

#include <chrono>
#include <optional>

namespace Headroom {

/// A value on its way over the bus: (oayays).
struct BusSecret
{
    QDBusObjectPath session;
    QByteArray parameters; ///< Of its encryption; empty in a plain session.
    QByteArray value;
    QString contentType = QStringLiteral("text/plain; charset=utf8");
};

QDBusArgument &operator<<(QDBusArgument &argument, const BusSecret &secret);
const QDBusArgument &operator>>(const QDBusArgument &argument, BusSecret &secret);

using BusPaths = QList<QDBusObjectPath>;
using BusAttributes = QMap<QString, QString>;

/// Calls to the Secret Service, each waited for.
/// Thread: the one that made it.
class SecretBus
{
public:
    SecretBus();

    /// Opens a session. Errors: Unreachable.
    Result<void> open();
    const QDBusObjectPath &session() const { return m_session; }
    /// Errors: Unreachable, with what the service says.
    Result<QVariantList> call(const QString &path, const QString &interface, const QString &method,
                              const QVariantList &arguments);
    /// Lets a person agree to something; "/": nobody has to. Errors: Cancelled.
    Result<void> prompt(const QDBusObjectPath &prompt);
    /// Errors: Cancelled.
    Result<void> unlock(const QDBusObjectPath &locked);

    static const QString kServicePath;
    static const QString kService; ///< Interfaces, as the others.
    static const QString kCollection;
    static const QString kItem;

private:
    QDBusConnection m_bus;
    QDBusObjectPath m_session;
};

/// Waits for the end of a prompt.
class PromptWait : public QObject
{
    Q_OBJECT
public:
    /// Whether it was agreed to; nothing after the limit.
    std::optional<bool> wait(std::chrono::milliseconds limit);

public Q_SLOTS:
    void complete(bool wasDismissed)
    {
        m_isAgreed = !wasDismissed;
        Q_EMIT done();
    }

Q_SIGNALS:
    void done();

private:
    std::optional<bool> m_isAgreed;
};

} // namespace Headroom

Q_DECLARE_METATYPE(Headroom::BusSecret)
