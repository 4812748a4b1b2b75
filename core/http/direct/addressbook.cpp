// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/addressbook.h"

#include "core/base/handover.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <netdb.h>

#include <algorithm>
#include <cstring>

namespace Headroom {

namespace {

using Found = std::expected<SocketAddresses, QString>;

int systemFamily(ConnectionOptions::Family family)
{
    switch (family) {
    case ConnectionOptions::Family::IPv4:
        return AF_INET;
    case ConnectionOptions::Family::IPv6:
        return AF_INET6;
    case ConnectionOptions::Family::Any:
        break;
    }
    return AF_UNSPEC;
}

Found addressesOf(const QString &host, std::uint16_t port, int family)
{
    addrinfo wanted{};
    wanted.ai_family = family;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo *list = nullptr;
    const int error = getaddrinfo(host.toLatin1().constData(), QByteArray::number(port).constData(), &wanted, &list);
    if (error != 0)
        return std::unexpected(QStringLiteral("The name %1 could not be looked up (%2)")
                                   .arg(host, QString::fromLocal8Bit(gai_strerror(error))));
    SocketAddresses addresses;
    for (const addrinfo *info = list; info; info = info->ai_next) {
        SocketAddress &address = addresses.emplace_back();
        address.length = std::min<socklen_t>(info->ai_addrlen, sizeof address.storage);
        std::memcpy(&address.storage, info->ai_addr, address.length);
    }
    freeaddrinfo(list);
    return addresses;
}

bool isOfFamily(const QHostAddress &address, ConnectionOptions::Family family)
{
    if (family == ConnectionOptions::Family::Any)
        return true;
    return (address.protocol() == QAbstractSocket::IPv6Protocol) == (family == ConnectionOptions::Family::IPv6);
}

constexpr int kMostAtOnce = 16; // look-ups of one name

/// Of their own, and never waited for: a name server that is silent must hold up neither other work nor the program's end.
QThreadPool &lookupThreads()
{
    static QThreadPool &threads = *[] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(kMostAtOnce);
        return made;
    }();
    return threads;
}

} // namespace

AddressBook::AddressBook(const ConnectionOptions &options)
    : m_options(options)
{
}

AddressBook::~AddressBook() = default;

std::optional<Found> AddressBook::withoutLookup(const Origin &origin) const
{
    if (!m_options.socket.isEmpty()) {
        if (const auto address = SocketAddress::ofPath(m_options.socket))
            return SocketAddresses{*address};
        return std::unexpected(QStringLiteral("The path of the socket is longer than the system takes"));
    }
    const QHostAddress literal(origin.host);
    if (literal.isNull())
        return std::nullopt;
    if (!isOfFamily(literal, m_options.family))
        return std::unexpected(QStringLiteral("The address %1 is not of the family that connections are to have").arg(origin.host));
    return SocketAddresses{SocketAddress::of(literal, origin.port)};
}

AddressBook::Entry &AddressBook::entryFor(const Origin &origin)
{
    const auto known = std::ranges::find_if(
        m_entries, [&](const auto &entry) { return entry->host == origin.host && entry->port == origin.port; });
    if (known != m_entries.end())
        return **known;
    Entry &entry = *m_entries.emplace_back(std::make_unique<Entry>());
    entry.host = origin.host;
    entry.port = origin.port;
    entry.found = withoutLookup(origin);
    return entry;
}

void AddressBook::find(const Origin &origin, AddressSeeker &seeker)
{
    Entry &entry = entryFor(origin);
    if (entry.found) {
        const Found found = *entry.found; // the seeker may come back from within
        return seeker.addressesFound(found, 0ns);
    }
    entry.seekers.push_back(&seeker);
    lookUp(entry);
}

void AddressBook::lookUp(Entry &entry)
{
    const std::size_t wanted = m_options.isResolvedEachTime ? entry.seekers.size() : entry.seekers.empty() ? 0 : 1;
    while (entry.lookups < std::min<std::size_t>(wanted, kMostAtOnce))
        begin(entry);
}

void AddressBook::begin(Entry &entry)
{
    ++entry.lookups;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->future().then(&m_context, [this, &entry](const Answer &answer) {
        afterHandOver();
        take(entry, answer);
    });
    const int family = systemFamily(m_options.family);
    QRunnable *lookup = QRunnable::create([promise, host = entry.host, port = entry.port, family] {
        afterHandOver();
        promise->start();
        const auto began = std::chrono::steady_clock::now();
        Found found = addressesOf(host, port, family);
        promise->addResult(Answer{std::move(found), std::chrono::steady_clock::now() - began});
        beforeHandOver();
        promise->finish();
    });
    beforeHandOver();
    lookupThreads().start(lookup); // which deletes it
}

/// Looked up each time, an answer is for the one who has waited longest. A name that was not found is looked up again.
void AddressBook::take(Entry &entry, const Answer &answer)
{
    --entry.lookups;
    std::vector<AddressSeeker *> told;
    if (!m_options.isResolvedEachTime) {
        if (answer.found)
            entry.found = answer.found;
        told = std::exchange(entry.seekers, {});
    } else if (!entry.seekers.empty()) {
        told.push_back(entry.seekers.front());
        entry.seekers.erase(entry.seekers.begin());
        lookUp(entry);
    }
    for (AddressSeeker *seeker : told)
        seeker->addressesFound(answer.found, answer.took);
}

void AddressBook::forget(const AddressSeeker &seeker)
{
    for (const auto &entry : m_entries)
        std::erase(entry->seekers, &seeker);
}

} // namespace Headroom
