// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/placereader.h"
#include "core/scenario/checkreader.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <format>

using namespace Headroom;

class PlaceReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsAValue_data();
    void findsAValue();
    void saysWhyThereIsNone_data();
    void saysWhyThereIsNone();
    void readsFieldsThatAreNoUtf8AsLatin1();
    void readsTheSecondsOfRetryAfter_data();
    void readsTheSecondsOfRetryAfter();
    void readsRetryAfterByTheWallClockWithoutADate();
    void looksIntoEncodedBodies();
    void looksAtNoBodyThatWasTooLong();
    void looksForPatternsInTheHeadOnly();
    void givesUpAPatternThatGoesBackAndForth();
};

namespace {

Exchange someAnswer()
{
    Exchange exchange;
    exchange.sent = SteadyTime(1s);
    exchange.firstByte = SteadyTime(1250ms);
    exchange.finished = SteadyTime(1500ms);
    exchange.status = 201;
    exchange.headers = {{"content-type", "application/json"},
                        {"X-Kind", "json"},
                        {"Set-Cookie", "sid=a=b; Path=/; HttpOnly"},
                        {"Set-Cookie", "lang=en"},
                        {"Server-Timing", "db;dur=53.25, cache;desc=\"a, b;dur=1\";dur=0.5, app"},
                        {"Server-Timing", "total;DUR=\"120\""}};
    exchange.body = R"({"id": 7, "user": "agent-7", "code=42": null, "list": [1, 2, 3]})";
    exchange.bytesIn = std::uint64_t(exchange.body.size());
    return exchange;
}

std::expected<PlaceValue, NoValue> valueAt(const QString &place, const Exchange &exchange)
{
    Answer answer(exchange);
    return PlaceReader(*parsePlace(place)).read(answer);
}

} // namespace

void PlaceReaderTest::findsAValue_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("number"); // -1: none
    QTest::newRow("number in JSON") << "$.id" << QByteArray("7") << 7.0;
    QTest::newRow("text in JSON") << "$.user" << QByteArray("agent-7") << -1.0;
    QTest::newRow("list in JSON") << "$.list" << QByteArray("[1,2,3]") << -1.0;
    QTest::newRow("count in JSON") << "length($.list)" << QByteArray("3") << 3.0;
    QTest::newRow("header, in any case") << "header x-kind" << QByteArray("json") << -1.0;
    QTest::newRow("cookie, up to its attributes") << "cookie sid" << QByteArray("a=b") << -1.0;
    QTest::newRow("second cookie") << "cookie lang" << QByteArray("en") << -1.0;
    QTest::newRow("first group") << "/code=(\\d+)/" << QByteArray("42") << 42.0;
    QTest::newRow("whole match without groups") << "/agent-\\d/" << QByteArray("agent-7") << -1.0;
    QTest::newRow("server timing") << "server-timing db" << QByteArray("53.25") << 53.25;
    QTest::newRow("server timing behind a description") << "server-timing cache" << QByteArray("0.5") << 0.5;
    QTest::newRow("server timing in a second line") << "server-timing total" << QByteArray("120") << 120.0;
    QTest::newRow("status") << "status" << QByteArray("201") << 201.0;
    QTest::newRow("size") << "size" << QByteArray("64") << 64.0;
    QTest::newRow("time in ms") << "time" << QByteArray("500") << 500.0; // 1500 - 1000
    QTest::newRow("first byte in ms") << "first_byte" << QByteArray("250") << 250.0; // 1250 - 1000
}

void PlaceReaderTest::findsAValue()
{
    QFETCH(QString, place);
    const auto value = valueAt(place, someAnswer());
    QVERIFY2(value, qPrintable(value ? QString() : value.error().why));
    QTEST(value->text, "text");
    QTEST(value->number.value_or(-1.0), "number");
}

void PlaceReaderTest::saysWhyThereIsNone_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("why");
    QTest::addColumn<bool>("isUnreadable");
    const QByteArray json = R"({"a": null})";
    QTest::newRow("no member") << "$.b" << json << "the body has nothing at $.b" << false;
    QTest::newRow("null") << "$.a" << json << "the body has nothing at $.a" << false;
    QTest::newRow("empty") << "$.a" << QByteArray() << "the body is empty" << false;
    QTest::newRow("no JSON") << "$.a" << QByteArray("<html>") << "the body is not JSON" << true;
    QTest::newRow("JSON nested too deep") << "$.a" << QByteArray(200, '[') << "the body is not JSON" << true;
    QTest::newRow("no header") << "header X-None" << json << "the answer has no header X-None" << false;
    QTest::newRow("no cookie") << "cookie none" << json << "the answer sets no cookie none" << false;
    QTest::newRow("no match") << "/x(y)/" << json << "the body has no match of /x(y)/" << false;
    QTest::newRow("server timing without a time")
        << "server-timing app" << json << "the answer has no time of app in Server-Timing" << false;
}

void PlaceReaderTest::saysWhyThereIsNone()
{
    QFETCH(QString, place);
    QFETCH(QByteArray, body);
    Exchange exchange = someAnswer();
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    const auto value = valueAt(place, exchange);
    QVERIFY(!value);
    QTEST(value.error().why, "why");
    QTEST(value.error().isUnreadable, "isUnreadable");
}

void PlaceReaderTest::readsFieldsThatAreNoUtf8AsLatin1()
{
    Exchange exchange = someAnswer();
    exchange.headers = {{"X-City", "K\xF6ln"}, {"X-Land", "\xC3\x96"}, {"Set-Cookie", "city=K\xF6ln"}};
    QCOMPARE(valueAt(QStringLiteral("header X-City"), exchange)->text, QByteArray("K\xC3\xB6ln"));
    QCOMPARE(valueAt(QStringLiteral("header X-Land"), exchange)->text, QByteArray("\xC3\x96")); // is UTF-8
    QCOMPARE(valueAt(QStringLiteral("cookie city"), exchange)->text, QByteArray("K\xC3\xB6ln"));
}

void PlaceReaderTest::readsTheSecondsOfRetryAfter_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("date"); // of the answer
    QTest::addColumn<double>("seconds");  // -1: none
    const QByteArray date = "Fri, 31 Dec 1999 23:59:59 GMT";
    QTest::newRow("seconds") << QByteArray("120") << date << 120.0;
    QTest::newRow("date") << QByteArray("Sat, 01 Jan 2000 00:01:00 GMT") << date << 61.0; // one of the old year
    QTest::newRow("date of RFC 850") << QByteArray("Friday, 31-Dec-99 23:59:59 GMT")
                                     << QByteArray("Friday, 31-Dec-99 23:58:59 GMT") << 60.0;
    QTest::newRow("date of asctime") << QByteArray("Sat Jan  1 00:00:09 2000") << date << 10.0;
    QTest::newRow("past date") << QByteArray("Fri, 31 Dec 1999 23:59:58 GMT") << date << 0.0;
    QTest::newRow("another zone") << QByteArray("Sat, 01 Jan 2000 00:01:00 CET") << date << -1.0;
    QTest::newRow("day that there is not") << QByteArray("Wed, 31 Feb 2001 00:00:00 GMT") << date << -1.0;
    QTest::newRow("more behind it") << QByteArray("Sat, 01 Jan 2000 00:01:00 GMT+1") << date << -1.0;
    QTest::newRow("word") << QByteArray("later") << date << -1.0;
    QTest::newRow("date, and the answer has none") << QByteArray("Sat, 01 Jan 2000 00:01:00 GMT") << QByteArray() << -1.0;
}

void PlaceReaderTest::readsTheSecondsOfRetryAfter()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, date);
    QFETCH(double, seconds);
    Exchange exchange = someAnswer();
    exchange.headers = {{"retry-after", written}};
    if (!date.isEmpty())
        exchange.headers.emplace_back("date", date);
    const auto value = valueAt(QStringLiteral("header Retry-After"), exchange);
    QCOMPARE(value->text, written);
    QCOMPARE(value->number.value_or(-1.0), seconds);
    QVERIFY(date.isEmpty() || !valueAt(QStringLiteral("header Date"), exchange)->number);
}

void PlaceReaderTest::readsRetryAfterByTheWallClockWithoutADate()
{
    ManualClock clock;
    const WallClock wallClock(clock);
    Exchange exchange = someAnswer();
    exchange.finished = clock.now() + 2s;
    const std::chrono::sys_time<std::chrono::microseconds> came(
        std::chrono::microseconds(wallClock.unixMicrosecondsAt(exchange.finished)));
    const QByteArray later = QByteArray::fromStdString(
        std::format("{:%a, %d %b %Y %H:%M:%S} GMT", std::chrono::floor<std::chrono::seconds>(came) + 30s));
    exchange.headers = {{"Retry-After", later}, {"Date", "now"}};
    Answer answer(exchange, wallClock);
    QCOMPARE(PlaceReader(*parsePlace(QStringLiteral("header Retry-After"))).read(answer)->number, 30.0);
}

void PlaceReaderTest::looksIntoEncodedBodies()
{
    Exchange exchange = someAnswer();
    const QByteArray plain = exchange.body;
    exchange.body = QByteArray::fromHex("1f8b0800000000000203ab56ca4c51b232af0500435f071208000000"); // {"id":7}
    exchange.bytesIn = std::uint64_t(exchange.body.size());
    exchange.headers.emplace_back("Content-Encoding", "gzip");
    QCOMPARE(valueAt(QStringLiteral("$.id"), exchange)->text, QByteArray("7"));
    QCOMPARE(valueAt(QStringLiteral("size"), exchange)->number, 28.0); // as it was transferred
    exchange.headers.back().second = "identity";
    QVERIFY(!valueAt(QStringLiteral("$.id"), exchange));
    exchange.headers.back().second = "gzip";
    exchange.body = plain; // says so, and is not
    const auto value = valueAt(QStringLiteral("$.id"), exchange);
    QVERIFY(!value && value.error().isUnreadable);
    QVERIFY2(value.error().why.startsWith(QLatin1String("the body is damaged")), qPrintable(value.error().why));
}

void PlaceReaderTest::looksAtNoBodyThatWasTooLong()
{
    Exchange exchange = someAnswer();
    exchange.bytesIn = std::uint64_t(Exchange::kMaxBody) + 1;
    const auto value = valueAt(QStringLiteral("$.id"), exchange);
    QVERIFY(!value && value.error().isUnreadable);
    QCOMPARE(value.error().why, QStringLiteral("the body is longer than 16.0 MiB and is not looked into"));
}

void PlaceReaderTest::looksForPatternsInTheHeadOnly()
{
    Exchange exchange = someAnswer();
    exchange.body = QByteArray(Answer::kMostPatternBytes - 1, 'a') + "xyz";
    exchange.bytesIn = std::uint64_t(exchange.body.size());
    QVERIFY(valueAt(QStringLiteral("/ax/"), exchange)); // x is the last byte that is looked at
    const auto value = valueAt(QStringLiteral("/y/"), exchange);
    QVERIFY(!value);
    QVERIFY2(value.error().why.startsWith(QLatin1String("the first 32.0 KiB of the body")),
             qPrintable(value.error().why));
}

void PlaceReaderTest::givesUpAPatternThatGoesBackAndForth()
{
    // Without a limit, 2^40 steps.
    Exchange exchange = someAnswer();
    exchange.body = QByteArray(40, 'a') + "b";
    exchange.bytesIn = std::uint64_t(exchange.body.size());
    const auto value = valueAt(QStringLiteral("/(a|a)+$/"), exchange);
    QVERIFY(!value);
    QVERIFY2(value.error().isUnreadable, qPrintable(value.error().why));
}

QTEST_GUILESS_MAIN(PlaceReaderTest)
#include "tst_placereader.moc"
