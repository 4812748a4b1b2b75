// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/connectionoptions.h"
#include "core/http/direct/origin.h"
#include "core/http/direct/socketaddress.h"

#include <QObject>

#include <expected>
#include <memory>
#include <vector>

namespace Headroom {

using SocketAddresses = std::vector<SocketAddress>;

/// Waits for a name to be looked up.
class AddressSeeker
{
public:
    /// `found`: at least one address, or a sentence on why there is none. `took`: the look-up itself; 0 when it was known.
    virtual void addressesFound(const std::expected<SocketAddresses, QString> &found, Nanoseconds took) = 0;

protected:
    ~AddressSeeker() = default;
};

/// The addresses of hosts: each name is looked up once, or for every connection when the options say so.
///
/// Thread: one, with an event loop; look-ups wait in others, a few at a time. What nobody waits for any more is not begun.
class AddressBook
{
public:
    /// `options` must outlive it.
    explicit AddressBook(const ConnectionOptions &options);
    ~AddressBook();
    Q_DISABLE_COPY_MOVE(AddressBook)

    /// Tells the seeker, at once when the addresses are known, else later.
    void find(const Origin &origin, AddressSeeker &seeker);
    /// Tells it nothing any more.
    void forget(const AddressSeeker &seeker);

private:
    struct Entry
    {
        QString host;
        std::uint16_t port = 0;
        std::optional<std::expected<SocketAddresses, QString>> found;
        std::vector<AddressSeeker *> seekers;
        std::size_t lookups = 0; ///< Under way.
    };
    struct Answer
    {
        std::expected<SocketAddresses, QString> found;
        Nanoseconds took{};
    };
    std::optional<std::expected<SocketAddresses, QString>> withoutLookup(const Origin &origin) const;
    Entry &entryFor(const Origin &origin);
    void lookUp(Entry &entry);
    void begin(Entry &entry);
    void take(Entry &entry, const Answer &answer);

    const ConnectionOptions &m_options;
    std::vector<std::unique_ptr<Entry>> m_entries;
    QObject m_context; // look-ups that end after it are dropped
};

} // namespace Headroom
