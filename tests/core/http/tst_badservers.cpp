// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/transportbench.h"
#include "tests/support/misbehavior.h"
#include "tests/support/tlsserver.h"

#include <QFile>
#include <QTest>

#include <algorithm>

#include <sys/resource.h>
#include <unistd.h>

using namespace Headroom;

namespace {

constexpr Nanoseconds kPatience = 10s; // where no deadline is expected to ring
constexpr Nanoseconds kDeadline = 200ms; // where one is
constexpr Nanoseconds kSlack = 3s; // a busy machine, or a sanitizer
constexpr qint64 kMostMemory = 64 * 1024 * 1024;
const QStringList kTransports{QStringLiteral("qnam"), QStringLiteral("direct")};

/// Only the deadline that a row expects is short.
ExchangeTimeouts deadlinesFor(FailureKind failure)
{
    return {.connect = failure == FailureKind::ConnectTimeout ? kDeadline : kPatience,
            .firstByte = failure == FailureKind::FirstByteTimeout ? kDeadline : kPatience,
            .total = failure == FailureKind::Timeout ? kDeadline : kPatience};
}

bool isDeadline(FailureKind failure)
{
    using enum FailureKind;
    return failure == ConnectTimeout || failure == FirstByteTimeout || failure == Timeout;
}

StatusSet allStatuses()
{
    StatusSet all;
    for (int status = 0; status < StatusSet::kEnd; ++status)
        all.insert(status);
    return all;
}

/// The most memory this process has had so far, in bytes.
qint64 peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll(); // "VmHWM:\t   12345 kB"
    return text.sliced(text.indexOf("VmHWM:") + 6).trimmed().split(' ').first().toLongLong() * 1024;
}

/// What came of it, in words that can be compared at once.
QString summary(FailureKind failure, int status, std::uint64_t bytes, int resends)
{
    return QStringLiteral("%1, status %2, %3 bytes, %4 resends")
        .arg(failureKindName(failure))
        .arg(status)
        .arg(bytes)
        .arg(resends);
}

/// Takes every descriptor that is left.
class DescriptorHog
{
public:
    DescriptorHog()
    {
        getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit few = m_before;
        few.rlim_cur = 256;
        setrlimit(RLIMIT_NOFILE, &few);
        for (int taken = dup(0); taken >= 0; taken = dup(0))
            m_taken.push_back(taken);
    }
    ~DescriptorHog()
    {
        for (const int taken : m_taken)
            close(taken);
        setrlimit(RLIMIT_NOFILE, &m_before);
    }
    Q_DISABLE_COPY_MOVE(DescriptorHog)

private:
    rlimit m_before{};
    std::vector<int> m_taken;
};

} // namespace

class BadServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void endInOneNamedResult_data();
    void endInOneNamedResult();
    void failTheirHandshake_data();
    void failTheirHandshake();
    void needDescriptorsThatAreThere_data() { addTransports(); }
    void needDescriptorsThatAreThere();
    void takeNoMoreMemoryThanBounded();

private:
    void makesAGoodRequest(TransportBench &bench, const Misbehavior &row);

    std::vector<Misbehavior> m_rows = misbehaviors();
    qint64 m_memoryBefore = 0;
};

void BadServersTest::initTestCase()
{
    for (const QString &transport : kTransports) {
        TransportBench bench(transport);
        bench.server.answerWith(ServerScript::ok());
        QCOMPARE(bench.make("GET").status, 200); // what Qt loads once is not counted
    }
    m_memoryBefore = peakMemory();
    QVERIFY(m_memoryBefore > 0);
}

void BadServersTest::endInOneNamedResult_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<int>("index");
    for (const QString &transport : kTransports) {
        for (int i = 0; i < int(m_rows.size()); ++i)
            newTransportRow(transport, m_rows[std::size_t(i)].name) << i;
    }
    QVERIFY(m_rows.size() >= 50);
}

void BadServersTest::endInOneNamedResult()
{
    QFETCH(QString, transport);
    QFETCH(int, index);
    const Misbehavior row = m_rows[std::size_t(index)].seenBy(transport);
    TransportBench bench(transport);
    bench.server.answerBeforeTheRequest(row.greeting);
    bench.server.answerWith(row.answer);
    HttpRequest request = bench.request("GET");
    request.timeouts = deadlinesFor(row.failure);
    request.keepBodyOf = allStatuses();
    if (row.where == Misbehavior::Where::Https)
        request.url.setScheme(QStringLiteral("https"));
    if (row.where == Misbehavior::Where::Nobody)
        request.url = ScriptedServer().url(); // gone again

    const Exchange exchange = bench.make(request);

    QCOMPARE(summary(exchange.failure, exchange.status, exchange.bytesIn, exchange.resends),
             summary(row.failure, row.status, std::clamp(exchange.bytesIn, row.bodyBytes.least, row.bodyBytes.most),
                     std::clamp(exchange.resends, int(row.resends.least), int(row.resends.most))));
    QCOMPARE(exchange.message.isEmpty(), row.failure == FailureKind::None);
    QVERIFY2(exchange.message.contains(QLatin1String(row.words)), qPrintable(exchange.message));
    QCOMPARE_LE(exchange.sent, exchange.firstByte);
    QCOMPARE_LE(exchange.firstByte, exchange.finished);
    QCOMPARE_GE(exchange.finished - exchange.sent, isDeadline(row.failure) ? kDeadline : Nanoseconds(0));
    QCOMPARE_LE(exchange.finished - exchange.sent, kDeadline + kSlack);
    QCOMPARE(std::uint64_t(exchange.bodyHead.size()),
             std::min<std::uint64_t>(exchange.bytesIn, Exchange::kMaxBodyHead));
    const int most = row.greeting.isEmpty() && row.where == Misbehavior::Where::Http ? 1 + exchange.resends : 0;
    QTRY_COMPARE_GE(bench.server.requests().size(), most); // exact, unless the server ends it before it reads
    QCOMPARE_LE(bench.server.requests().size(), 1 + exchange.resends);
    makesAGoodRequest(bench, row);
}

/// The transport holds nothing of what was, counts exactly, and answers.
void BadServersTest::makesAGoodRequest(TransportBench &bench, const Misbehavior &row)
{
    QCOMPARE(bench.transport->inFlight(), 0);
    QVERIFY(!bench.hasForgottenAlarms());
    QTRY_VERIFY(bench.server.isIdle());
    const bool isReused = row.next == Misbehavior::Next::Reuses;
    if (!isReused && row.where == Misbehavior::Where::Http)
        QTRY_COMPARE(bench.server.open(), 0);
    if (isReused)
        QTRY_COMPARE_GE(bench.server.requests().size(), 1); // answered before it was read, perhaps
    const qsizetype requests = bench.server.requests().size();
    const int connections = bench.server.accepted();
    bench.server.answerBeforeTheRequest({});
    bench.server.answerWith(ServerScript::ok("good"));
    const Exchange good = bench.make("GET");
    QCOMPARE(summary(good.failure, good.status, good.bytesIn, 0), summary(FailureKind::None, row.nextStatus, 4, 0));
    QTRY_COMPARE(bench.server.requests().size(), requests + 1 + good.resends);
    QCOMPARE(bench.server.accepted() - connections, isReused ? 0 : 1);
}

void BadServersTest::failTheirHandshake_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<TlsServer::Certificate>("certificate");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<FailureKind>("failure");
    QTest::addColumn<QString>("words"); // the library's own
    using Certificate = TlsServer::Certificate;
    const QStringList none;
    const QStringList tls11{QStringLiteral("-tls1_1"), QStringLiteral("-cipher"), QStringLiteral("ALL:@SECLEVEL=0")};
    const QStringList tls12{QStringLiteral("-tls1_2"), QStringLiteral("-cipher"), QStringLiteral("NULL:@SECLEVEL=0")};
    const QStringList twoWay{QStringLiteral("-Verify"), QStringLiteral("1"), QStringLiteral("-verify_return_error")};
    const auto row = [](const char *name, const Certificate &certificate, const QStringList &options, bool isTrusted,
                        FailureKind failure, const QString &words, const QString &directWords = {}) {
        newTransportRow(kTransports[0], name) << certificate << options << isTrusted << failure << words;
        newTransportRow(kTransports[1], name)
            << certificate << options << isTrusted << failure << (directWords.isEmpty() ? words : directWords);
    };
    row("nothing wrong", {}, none, true, FailureKind::None, {});
    row("expired", {.notAfter = QStringLiteral("20200201000000Z")}, none, true, FailureKind::Tls,
        QStringLiteral("expired"));
    row("not yet valid", {.notBefore = QStringLiteral("20980101000000Z")}, none, true, FailureKind::Tls,
        QStringLiteral("not yet valid"));
    row("another host's", {.name = QStringLiteral("DNS:elsewhere.invalid")}, none, true, FailureKind::Tls,
        QStringLiteral("host name did not match"), QStringLiteral("IP address mismatch"));
    row("self-signed", {.isSelfSigned = true}, none, true, FailureKind::Tls, QStringLiteral("self-signed"));
    row("unknown authority", {}, none, false, FailureKind::Tls, QStringLiteral("issuer"));
    row("only TLS 1.1", {}, tls11, true, FailureKind::Tls, QStringLiteral("protocol"));
    row("no cipher in common", {}, tls12, true, FailureKind::Tls, QStringLiteral("handshake"));
    row("wants a certificate of ours", {}, twoWay, true, FailureKind::Tls, QStringLiteral("certificate required"));
}

void BadServersTest::failTheirHandshake()
{
    QFETCH(QString, transport);
    QFETCH(TlsServer::Certificate, certificate);
    QFETCH(QStringList, options);
    QFETCH(bool, isTrusted);
    QFETCH(QString, words);
    TlsServer server;
    const Result<void> started = server.start(certificate, options);
    QVERIFY2(started.has_value(), started ? "" : qPrintable(started.error().message));
    QFile authority(server.authority());
    QVERIFY(!isTrusted || authority.open(QIODevice::ReadOnly));
    TransportBench bench(transport, {.tls = {.authorities = isTrusted ? authority.readAll() : QByteArray()}});
    HttpRequest request = bench.request("GET");
    request.url = server.url();
    request.timeouts.total = kSlack;
    const Exchange exchange = bench.make(request);

    QTEST(exchange.failure, "failure");
    QVERIFY2(exchange.message.contains(words), qPrintable(exchange.message));
    QCOMPARE(exchange.status, exchange.failure == FailureKind::None ? 200 : 0);
    QCOMPARE(exchange.resends, 0);
    QCOMPARE_LE(exchange.finished - exchange.sent, kSlack);
    makesAGoodRequest(bench, {.name = "", .where = Misbehavior::Where::Https});
}

void BadServersTest::needDescriptorsThatAreThere()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    const QString why = bench.isDirect ? QStringLiteral("no descriptor is left; raise ulimit -n") : QStringLiteral("Out of resources");
    bench.server.answerWith(ServerScript::answer("200 OK", "ok", "Connection: close\r\n"));
    QCOMPARE(bench.make("GET").failure, FailureKind::None); // Qt's thread has what it needs for itself
    QTRY_COMPARE(bench.server.open(), 0);
    {
        const DescriptorHog hog;
        for (int i = 0; i < 2 * TransportBench::kCapacity; ++i) {
            const Exchange exchange = bench.make("GET");
            QCOMPARE(exchange.failure, FailureKind::Connect);
            QVERIFY2(exchange.message.contains(why), qPrintable(exchange.message));
            QCOMPARE_LE(exchange.finished - exchange.sent, kSlack);
        }
    }
    QCOMPARE(bench.server.requests().size(), 1);
    makesAGoodRequest(bench, {.name = ""});
}

void BadServersTest::takeNoMoreMemoryThanBounded()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers keep what was freed");
#endif
    QCOMPARE_LT(peakMemory() - m_memoryBefore, kMostMemory);
}

QTEST_GUILESS_MAIN(BadServersTest)
#include "tst_badservers.moc"
