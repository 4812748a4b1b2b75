// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/connectionwords.h"

#include <QTest>

using namespace Headroom;

namespace {

RunFacts factsOf(const char *transport, const RunFacts::Connections &connections = {}, bool isOpenModel = false)
{
    RunFacts facts;
    facts.transport = QLatin1String(transport);
    facts.connections = connections;
    facts.isOpenModel = isOpenModel;
    return facts;
}

} // namespace

class ConnectionWordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sayHowRequestsWereMade_data();
    void sayHowRequestsWereMade();
    void warnOfCertificatesThatWereNotVerified();
    void onlyQnamGainsFromDirect();
};

void ConnectionWordsTest::sayHowRequestsWereMade_data()
{
    QTest::addColumn<RunFacts>("facts");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const RunFacts &facts, const char *words) {
        QTest::newRow(name) << facts << QString::fromUtf8(words);
    };
    row("qnam", factsOf("qnam"), "qnam: HTTP/1.1, connections shared by all users");
    row("direct, closed", factsOf("direct"), "direct: HTTP/1.1, one connection for each user");
    row("direct, open", factsOf("direct", {}, true), "direct: HTTP/1.1, connections shared by all users");
    row("lines", factsOf("lines"), "lines: one item a line, answered in order");
    row("new ones", factsOf("direct", {.isReused = false}), "direct: HTTP/1.1, a new connection for each request");
    row("HTTP/2", factsOf("direct", {.isHttp2 = true}), "direct: HTTP/2, one connection for each user");
    row("streams", factsOf("direct", {.isHttp2 = true, .streams = 10}),
        "direct: HTTP/2, up to 10 requests at once on a connection");
    row("TLS", factsOf("qnam", {.isTls = true}), "qnam: HTTP/1.1, connections shared by all users, TLS verified");
    row("TLS of nobody", factsOf("qnam", {.isTls = true, .isVerified = false}),
        "qnam: HTTP/1.1, connections shared by all users, TLS NOT VERIFIED");
    row("TLS with all",
        factsOf("direct",
                {.isTls = true,
                 .isResumed = false,
                 .hasAuthorities = true,
                 .hasCertificate = true,
                 .serverName = QStringLiteral("api.h"),
                 .isReused = false}),
        "direct: HTTP/1.1, a new connection for each request, TLS verified by authorities of its own as api.h with a "
        "client "
        "certificate and never resumed");
    row("ways",
        factsOf("direct",
                {.family = QStringLiteral("ipv6"),
                 .isResolvedEachTime = true,
                 .sources = {QStringLiteral("::1"), QStringLiteral("::2")}}),
        "direct: HTTP/1.1, one connection for each user, IPv6 only, names looked up for each connection, from ::1 and "
        "::2");
    row("many addresses", factsOf("direct", {.sources = QStringList(4, QStringLiteral("127.0.0.2"))}),
        "direct: HTTP/1.1, one connection for each user, from 4 addresses");
    row("socket", factsOf("direct", {.socket = QStringLiteral("a.sock")}),
        "direct: HTTP/1.1, one connection for each user, through the socket a.sock");
}

void ConnectionWordsTest::sayHowRequestsWereMade()
{
    QFETCH(RunFacts, facts);
    QTEST(connectionWords(facts), "words");
}

void ConnectionWordsTest::warnOfCertificatesThatWereNotVerified()
{
    QVERIFY(connectionCautions(factsOf("direct", {.isTls = true})).isEmpty());
    QVERIFY(connectionCautions(factsOf("direct", {.isVerified = false})).isEmpty()); // nothing was encrypted
    const QStringList cautions = connectionCautions(factsOf("direct", {.isTls = true, .isVerified = false}));
    QCOMPARE(cautions.size(), 1);
    QVERIFY(cautions[0].startsWith(QLatin1String("The certificates of the target were not verified")));
}

void ConnectionWordsTest::onlyQnamGainsFromDirect()
{
    QVERIFY(wouldGainFromDirect(factsOf("qnam")));
    QVERIFY(!wouldGainFromDirect(factsOf("direct")));
    QVERIFY(!wouldGainFromDirect(factsOf("lines")));
}

QTEST_GUILESS_MAIN(ConnectionWordsTest)
#include "tst_connectionwords.moc"
