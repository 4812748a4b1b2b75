// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/transport.h"
#include "tests/support/certificates.h"
#include "tests/support/tlsserver.h"

#include <QFileInfo>
#include <QTest>

using namespace Headroom;

namespace {

QStringList words(const char *text) { return QString::fromLatin1(text).split(u' '); }

/// A transport on the real clock.
class Requests
{
public:
    Requests(const QString &transport, const TlsOptions &tls)
        : m_transport(makeTransport({.name = transport, .connections = {.tls = tls}}, 1, m_clock, m_alarms))
    {
    }
    Exchange get(const QUrl &url)
    {
        return QCoro::waitFor(m_transport->send(
            {.method = "GET", .url = url, .headers = {}, .body = {}, .timeouts = {}, .wantsBody = true}));
    }

private:
    SteadyClock m_clock;
    AlarmQueue m_alarms{m_clock};
    std::unique_ptr<Transport> m_transport;
};

} // namespace

/// Whom a transport trusts, who it is itself, and whether it goes on with sessions, against OpenSSL's own server.
class TlsOptionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void trustsOnlyTheAuthoritiesItIsGiven_data() { addTransports(); }
    void trustsOnlyTheAuthoritiesItIsGiven();
    void takesAnyCertificateWithoutVerifying_data() { addTransports(); }
    void takesAnyCertificateWithoutVerifying();
    void asksForTheServerNameAndVerifiesIt_data() { addTransports(); }
    void asksForTheServerNameAndVerifiesIt();
    void showsItsCertificate_data() { addTransports(); }
    void showsItsCertificate();
    void goesOnWithASessionUnlessToldNotTo_data();
    void goesOnWithASessionUnlessToldNotTo();

private:
    static void addTransports()
    {
        QTest::addColumn<QString>("transport");
        for (const char *name : {"qnam", "direct"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    static QByteArray authorityOf(const TlsServer &server)
    {
        return filesOf(server).content(QStringLiteral("authority.pem"));
    }
    static Certificates filesOf(const TlsServer &server) { return Certificates(QFileInfo(server.authority()).path()); }
};

void TlsOptionsTest::trustsOnlyTheAuthoritiesItIsGiven()
{
    QFETCH(QString, transport);
    TlsServer server;
    QVERIFY(server.startAnswering({}));
    QCOMPARE(Requests(transport, {}).get(server.answerUrl()).failure, FailureKind::Tls);
    const Exchange answered = Requests(transport, {.authorities = authorityOf(server)}).get(server.answerUrl());
    QVERIFY2(answered.failure == FailureKind::None, qPrintable(answered.message));
    QCOMPARE(answered.status, 200);
    TlsServer other;
    QVERIFY(other.startAnswering({}));
    QCOMPARE(Requests(transport, {.authorities = authorityOf(server)}).get(other.answerUrl()).failure,
             FailureKind::Tls);
}

void TlsOptionsTest::takesAnyCertificateWithoutVerifying()
{
    QFETCH(QString, transport);
    TlsServer server;
    QVERIFY(server.startAnswering({.name = QStringLiteral("DNS:elsewhere.example.com"),
                                   .notAfter = QStringLiteral("20210101000000Z"),
                                   .isSelfSigned = true}));
    QCOMPARE(Requests(transport, {}).get(server.answerUrl()).failure, FailureKind::Tls);
    const Exchange answered = Requests(transport, {.isVerified = false}).get(server.answerUrl());
    QVERIFY2(answered.failure == FailureKind::None, qPrintable(answered.message));
    QCOMPARE(answered.status, 200);
}

void TlsOptionsTest::asksForTheServerNameAndVerifiesIt()
{
    QFETCH(QString, transport);
    TlsServer server; // ends the handshake when it is asked for another name
    QVERIFY(server.startAnswering(
        {.name = QStringLiteral("DNS:api.example.com")},
        words("-servername api.example.com -servername_fatal -cert2 server.pem -key2 server.key")));
    TlsOptions tls{.authorities = authorityOf(server)};
    QCOMPARE(Requests(transport, tls).get(server.answerUrl()).failure, FailureKind::Tls); // the URL has an address
    tls.serverName = QStringLiteral("www.example.com");
    QCOMPARE(Requests(transport, tls).get(server.answerUrl()).failure, FailureKind::Tls);
    tls.serverName = QStringLiteral("api.example.com");
    const Exchange answered = Requests(transport, tls).get(server.answerUrl());
    QVERIFY2(answered.failure == FailureKind::None, qPrintable(answered.message));
    QCOMPARE(answered.status, 200);
}

void TlsOptionsTest::showsItsCertificate()
{
    QFETCH(QString, transport);
    TlsServer server; // with TLS 1.3 a client hears of it only when it reads
    QVERIFY(server.startAnswering({}, words("-tls1_2 -Verify 1 -verify_return_error -CAfile authority.pem")));
    const Certificates files = filesOf(server);
    QVERIFY(files.make(QStringLiteral("client"), QStringLiteral("authority")));
    TlsOptions tls{.authorities = authorityOf(server)};
    QVERIFY(Requests(transport, tls).get(server.answerUrl()).failure != FailureKind::None);
    tls.certificate = files.content(QStringLiteral("client.pem"));
    tls.key = files.content(QStringLiteral("client.key"));
    const Exchange answered = Requests(transport, tls).get(server.answerUrl());
    QVERIFY2(answered.failure == FailureKind::None, qPrintable(answered.message));
    QCOMPARE(answered.body, QByteArray("ok"));
}

void TlsOptionsTest::goesOnWithASessionUnlessToldNotTo_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isResumed");
    for (const char *name : {"qnam", "direct"}) {
        for (const bool isResumed : {true, false})
            QTest::addRow("%s, TLS 1.2, %s", name, isResumed ? "resumed" : "anew")
                << QString::fromLatin1(name) << QStringLiteral("-tls1_2") << isResumed;
        QTest::addRow("%s, TLS 1.3, anew", name) << QString::fromLatin1(name) << QStringLiteral("-tls1_3") << false;
    }
    QTest::newRow("direct, TLS 1.3, resumed") << QStringLiteral("direct") << QStringLiteral("-tls1_3") << true;
}

void TlsOptionsTest::goesOnWithASessionUnlessToldNotTo()
{
    QFETCH(QString, transport);
    QFETCH(QString, version);
    QFETCH(bool, isResumed);
    TlsServer server; // closes each connection behind its answer
    QVERIFY(server.startAnswering(
        {}, QStringList{version, QStringLiteral("-msg"), QStringLiteral("-msgfile"), QStringLiteral("handshakes")}));
    Requests requests(transport, {.authorities = authorityOf(server), .isResumed = isResumed});
    for (int i = 0; i < 2; ++i) {
        const Exchange answered = requests.get(server.answerUrl());
        QVERIFY2(answered.failure == FailureKind::None, qPrintable(answered.message));
    }
    // Who goes on with a session is shown no certificate.
    QCOMPARE(filesOf(server).content(QStringLiteral("handshakes")).count(", Certificate\n"), isResumed ? 1 : 2);
}

QTEST_GUILESS_MAIN(TlsOptionsTest)
#include "tst_tlsoptions.moc"
