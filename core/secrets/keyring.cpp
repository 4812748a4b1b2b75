// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keyring.h"

#include "core/base/humanformat.h"
#include "core/secrets/secretbus.h"

#include <QDBusArgument>

namespace Headroom {

namespace {

Result<BusAttributes> attributesOf(const QString &location)
{
    const qsizetype slash = location.indexOf(u'/');
    if (slash < 1 || slash + 1 == location.size())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("%1 is no place in a keyring; write service/entry, as in headroom/API_TOKEN")
                           .arg(formatQuoted(location)));
    return BusAttributes{{QStringLiteral("service"), location.first(slash)},
                         {QStringLiteral("username"), location.sliced(slash + 1)}};
}

/// The entry, unlocked. Errors: NotFound, and those of the bus.
Result<QDBusObjectPath> findEntry(SecretBus &bus, const BusAttributes &attributes)
{
    const auto found = bus.call(SecretBus::kServicePath, SecretBus::kService, QStringLiteral("SearchItems"),
                                {QVariant::fromValue(attributes)});
    if (!found)
        return std::unexpected(found.error());
    const auto open = qdbus_cast<BusPaths>(found->value(0));
    const auto locked = qdbus_cast<BusPaths>(found->value(1));
    if (!open.isEmpty())
        return open.first();
    if (locked.isEmpty())
        return failure(Error::Code::NotFound, QStringLiteral("the keyring has no such entry"));
    if (const auto unlocked = bus.unlock(locked.first()); !unlocked)
        return std::unexpected(unlocked.error());
    return locked.first();
}

/// Where new entries go, unlocked.
Result<QDBusObjectPath> standardCollection(SecretBus &bus)
{
    const auto alias = bus.call(SecretBus::kServicePath, SecretBus::kService, QStringLiteral("ReadAlias"),
                                {QStringLiteral("default")});
    if (!alias)
        return std::unexpected(alias.error());
    const auto collection = alias->value(0).value<QDBusObjectPath>();
    if (collection.path() == QLatin1String("/"))
        return failure(Error::Code::Unwritable,
                       QStringLiteral("the keyring has no collection for new entries; make one in "
                                      "your desktop's password manager"));
    if (const auto unlocked = bus.unlock(collection); !unlocked)
        return std::unexpected(unlocked.error());
    return collection;
}

} // namespace

Result<QString> Keyring::read(const QString &location)
{
    const auto attributes = attributesOf(location);
    if (!attributes)
        return std::unexpected(attributes.error());
    SecretBus bus;
    if (const auto opened = bus.open(); !opened)
        return std::unexpected(opened.error());
    const auto entry = findEntry(bus, *attributes);
    if (!entry)
        return std::unexpected(entry.error());
    const auto answer =
        bus.call(entry->path(), SecretBus::kItem, QStringLiteral("GetSecret"), {QVariant::fromValue(bus.session())});
    if (!answer)
        return std::unexpected(answer.error());
    return QString::fromUtf8(qdbus_cast<BusSecret>(answer->value(0)).value);
}

Result<void> Keyring::write(const QString &location, const QString &value)
{
    const auto attributes = attributesOf(location);
    if (!attributes)
        return std::unexpected(attributes.error());
    SecretBus bus;
    if (const auto opened = bus.open(); !opened)
        return opened;
    const auto collection = standardCollection(bus);
    if (!collection)
        return std::unexpected(collection.error());
    const QVariantMap properties{
        {SecretBus::kItem + QStringLiteral(".Label"), QStringLiteral("Headroom: %1").arg(location)},
        {SecretBus::kItem + QStringLiteral(".Attributes"), QVariant::fromValue(*attributes)}};
    const BusSecret secret{bus.session(), {}, value.toUtf8()};
    constexpr bool kReplaces = true;
    const auto made = bus.call(collection->path(), SecretBus::kCollection, QStringLiteral("CreateItem"),
                               {properties, QVariant::fromValue(secret), kReplaces});
    if (!made)
        return failure(Error::Code::Unwritable, made.error().message);
    return bus.prompt(made->value(1).value<QDBusObjectPath>());
}

} // namespace Headroom
