// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/addressbook.h"

#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

using namespace Headroom;

namespace {

struct Seeker final : AddressSeeker
{
    std::vector<std::expected<SocketAddresses, QString>> told;
    void addressesFound(const std::expected<SocketAddresses, QString> &found, Nanoseconds) override
    {
        told.push_back(found);
    }
};

Origin origin(const char *host, std::uint16_t port = 81) { return {false, QString::fromLatin1(host), port}; }

/// "127.0.0.1:81"
QByteArray textOf(const SocketAddress &address)
{
    char text[INET6_ADDRSTRLEN]{};
    if (address.family() == AF_INET) {
        const auto &in = reinterpret_cast<const sockaddr_in &>(address.storage);
        inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
        return QByteArray(text) + ':' + QByteArray::number(ntohs(in.sin_port));
    }
    const auto &in = reinterpret_cast<const sockaddr_in6 &>(address.storage);
    inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
    return '[' + QByteArray(text) + "]:" + QByteArray::number(ntohs(in.sin6_port));
}

using Family = ConnectionOptions::Family;

} // namespace

class AddressBookTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsAddressesAtOnce_data();
    void knowsAddressesAtOnce();
    void refusesAnAddressOfAnotherFamily();
    void goesToASocketWhateverTheHost();
    void refusesAPathThatIsTooLong();
    void looksANameUpOnce();
    void looksANameUpForEach();
    void looksUpAddressesOfOneFamily();
    void saysWhenANameIsUnknown();
    void tellsWhoLeftNothing();
    void dropsWhatComesAfterItsEnd();
    void writesAddressesAsTheSystemWantsThem();
};

void AddressBookTest::knowsAddressesAtOnce_data()
{
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("127.0.0.2") << QByteArray("127.0.0.2:81");
    QTest::newRow("::1") << QByteArray("[::1]:81");
}

void AddressBookTest::knowsAddressesAtOnce()
{
    QFETCH(QByteArray, expected);
    const ConnectionOptions options{.isResolvedEachTime = true};
    AddressBook book(options);
    Seeker seeker;
    book.find(origin(QTest::currentDataTag()), seeker);
    QCOMPARE(seeker.told.size(), 1u);
    QVERIFY(seeker.told[0].has_value());
    QCOMPARE(textOf(seeker.told[0]->at(0)), expected);
}

void AddressBookTest::refusesAnAddressOfAnotherFamily()
{
    const ConnectionOptions options{.family = Family::IPv6};
    AddressBook book(options);
    Seeker seeker;
    book.find(origin("127.0.0.1"), seeker);
    QCOMPARE(seeker.told.size(), 1u);
    QCOMPARE(seeker.told[0].error(),
             QStringLiteral("The address 127.0.0.1 is not of the family that connections are to have"));
    book.find(origin("::1"), seeker);
    QVERIFY(seeker.told[1].has_value());
}

void AddressBookTest::goesToASocketWhateverTheHost()
{
    const ConnectionOptions options{.socket = QStringLiteral("/run/a.sock")};
    AddressBook book(options);
    Seeker seeker;
    book.find(origin("nothing.invalid"), seeker);
    QCOMPARE(seeker.told.size(), 1u);
    const SocketAddress &address = seeker.told[0]->at(0);
    QVERIFY(address.isPath());
    QCOMPARE(QByteArray(reinterpret_cast<const sockaddr_un &>(address.storage).sun_path), "/run/a.sock");
}

void AddressBookTest::refusesAPathThatIsTooLong()
{
    const ConnectionOptions options{.socket = QString(108, u'x')};
    AddressBook book(options);
    Seeker seeker;
    book.find(origin("a"), seeker);
    QCOMPARE(seeker.told.at(0).error(), QStringLiteral("The path of the socket is longer than the system takes"));
}

void AddressBookTest::looksANameUpOnce()
{
    const ConnectionOptions options{.family = Family::IPv4};
    AddressBook book(options);
    Seeker first;
    Seeker second;
    book.find(origin("localhost"), first);
    book.find(origin("localhost"), second);
    QVERIFY(first.told.empty()); // another thread asks the system
    QTRY_COMPARE(first.told.size(), 1u);
    QCOMPARE(second.told.size(), 1u); // by the same answer
    Seeker third;
    book.find(origin("localhost"), third);
    QCOMPARE(third.told.size(), 1u); // from memory
    Seeker otherPort;
    book.find(origin("localhost", 82), otherPort);
    QVERIFY(otherPort.told.empty());
    QTRY_COMPARE(otherPort.told.size(), 1u);
    QCOMPARE(textOf(third.told[0]->at(0)), "127.0.0.1:81");
    QCOMPARE(textOf(otherPort.told[0]->at(0)), "127.0.0.1:82");
}

void AddressBookTest::looksANameUpForEach()
{
    const ConnectionOptions options{.family = Family::IPv4, .isResolvedEachTime = true};
    AddressBook book(options);
    Seeker first;
    book.find(origin("localhost"), first);
    QTRY_COMPARE(first.told.size(), 1u);
    Seeker second;
    Seeker third;
    book.find(origin("localhost"), second);
    book.find(origin("localhost"), third);
    QVERIFY(second.told.empty() && third.told.empty());
    QTRY_COMPARE(third.told.size(), 1u);
    QCOMPARE(second.told.size(), 1u);
}

void AddressBookTest::looksUpAddressesOfOneFamily()
{
    const ConnectionOptions options{.family = Family::IPv4};
    AddressBook book(options);
    Seeker seeker;
    book.find(origin("localhost"), seeker);
    QTRY_COMPARE(seeker.told.size(), 1u);
    for (const SocketAddress &address : *seeker.told[0])
        QCOMPARE(address.family(), AF_INET);
}

void AddressBookTest::saysWhenANameIsUnknown()
{
    const ConnectionOptions options;
    AddressBook book(options);
    Seeker seeker;
    book.find(origin("a..b"), seeker); // no name at all: nobody outside is asked
    QTRY_COMPARE(seeker.told.size(), 1u);
    QVERIFY2(seeker.told[0].error().startsWith(QStringLiteral("The name a..b could not be looked up (")),
             qPrintable(seeker.told[0].error()));
    book.find(origin("a..b"), seeker); // it may be there by now
    QCOMPARE(seeker.told.size(), 1u);
    QTRY_COMPARE(seeker.told.size(), 2u);
}

void AddressBookTest::tellsWhoLeftNothing()
{
    const ConnectionOptions options{.family = Family::IPv4, .isResolvedEachTime = true};
    AddressBook book(options);
    Seeker gone;
    Seeker stays;
    book.find(origin("localhost"), gone);
    book.find(origin("localhost"), stays);
    book.forget(gone);
    QTRY_COMPARE(stays.told.size(), 1u);
    QCOMPARE(gone.told.size(), 0u);
}

void AddressBookTest::dropsWhatComesAfterItsEnd()
{
    const ConnectionOptions options;
    Seeker seeker;
    {
        AddressBook book(options);
        book.find(origin("localhost"), seeker);
    }
    Seeker other; // whose answer comes behind that of the first
    AddressBook book(options);
    book.find(origin("localhost"), other);
    QTRY_COMPARE(other.told.size(), 1u);
    QCOMPARE(seeker.told.size(), 0u);
}

void AddressBookTest::writesAddressesAsTheSystemWantsThem()
{
    const SocketAddress four = SocketAddress::of(QHostAddress(QStringLiteral("10.1.2.3")), 65535);
    QCOMPARE(four.length, socklen_t(sizeof(sockaddr_in)));
    QCOMPARE(textOf(four), "10.1.2.3:65535");
    const SocketAddress six = SocketAddress::of(QHostAddress(QStringLiteral("fe80::1%7")), 0);
    QCOMPARE(six.length, socklen_t(sizeof(sockaddr_in6)));
    QCOMPARE(textOf(six), "[fe80::1]:0");
    QCOMPARE(reinterpret_cast<const sockaddr_in6 &>(six.storage).sin6_scope_id, 7u);
    QVERIFY(!six.isPath());
    const auto path = SocketAddress::ofPath(QString(107, u'x'));
    QVERIFY(path.has_value());
    QCOMPARE(path->length, socklen_t(sizeof(sockaddr_un)));
    QVERIFY(!SocketAddress::ofPath(QString(54, u'\u00e4')).has_value()); // 108 bytes
}

QTEST_GUILESS_MAIN(AddressBookTest)
#include "tst_addressbook.moc"
