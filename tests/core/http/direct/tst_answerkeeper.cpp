// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/answerkeeper.h"

#include <QTest>

using namespace Headroom;

namespace {

/// An answer of 6,000 bytes.
Exchange kept(const HttpRequest &request, int status)
{
    Exchange exchange;
    AnswerKeeper keeper;
    keeper.begin(request, exchange);
    keeper.takeStatus(status);
    if (keeper.wantsHeaders()) {
        keeper.takeHeader("CONTENT-TYPE", "text/plain");
        keeper.takeHeader("set-cookie", "a=1");
        keeper.takeHeader("Content-Encoding", "gzip");
        keeper.takeHeader("X", "y");
    }
    keeper.takeBody(QByteArray(4000, 'a'));
    keeper.takeBody(QByteArray(2000, 'b'));
    keeper.end();
    return exchange;
}

HttpRequest request() { return {.method = "GET", .url = {}, .headers = {}, .body = {}, .timeouts = {}}; }

} // namespace

class AnswerKeeperTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatNobodyWants();
    void keepsTheHeadOfABody();
    void keepsAWholeBodyWithItsEncoding();
    void keepsHeadersAndCookies();
    void keepsABodyOfAnyStatusOnce();
    void begins();
};

void AnswerKeeperTest::countsWhatNobodyWants()
{
    Exchange exchange;
    AnswerKeeper keeper;
    const HttpRequest plain = request();
    keeper.begin(plain, exchange);
    keeper.takeStatus(200);
    QVERIFY(!keeper.wantsHeaders());
    const Exchange made = kept(plain, 200);
    QCOMPARE(made.bytesIn, 6000u);
    QCOMPARE(made.status, 200);
    QVERIFY(made.body.isNull() && made.bodyHead.isNull() && made.contentType.isNull() && made.headers.empty());
}

void AnswerKeeperTest::keepsTheHeadOfABody()
{
    HttpRequest asked = request();
    asked.keepBodyOf.insert(500);
    const Exchange made = kept(asked, 500);
    QCOMPARE(made.bodyHead, QByteArray(4000, 'a') + QByteArray(96, 'b')); // 4,096 bytes
    QCOMPARE(made.contentType, "text/plain");
    QVERIFY(made.body.isEmpty() && made.headers.empty() && made.setCookies.isEmpty());
    QCOMPARE(made.bytesIn, 6000u);
    QVERIFY(kept(asked, 200).bodyHead.isEmpty());
}

void AnswerKeeperTest::keepsAWholeBodyWithItsEncoding()
{
    HttpRequest asked = request();
    asked.wantsBody = true;
    const Exchange made = kept(asked, 200);
    QCOMPARE(made.body.size(), 6000);
    QCOMPARE(made.headers.size(), 1u);
    QCOMPARE(made.headers[0].second, "gzip");
    QVERIFY(made.bodyHead.isEmpty());
}

void AnswerKeeperTest::keepsHeadersAndCookies()
{
    HttpRequest asked = request();
    asked.wantsCookies = true;
    QCOMPARE(kept(asked, 200).setCookies, QList<QByteArray>{"a=1"});
    QVERIFY(kept(asked, 200).headers.empty());
    asked.wantsHeaders = true;
    QCOMPARE(kept(asked, 200).headers.size(), 4u);
    QVERIFY(kept(asked, 200).contentType.isEmpty());
}

void AnswerKeeperTest::keepsABodyOfAnyStatusOnce()
{
    HttpRequest asked = request();
    asked.wantsBody = true;
    asked.keepBodyOf.insert(500);
    const Exchange made = kept(asked, 500);
    QCOMPARE(made.body.size(), 6000);
    QCOMPARE(made.bodyHead, made.body.first(4096));
}

void AnswerKeeperTest::begins()
{
    HttpRequest curious = request();
    curious.wantsHeaders = true;
    Exchange first;
    AnswerKeeper keeper;
    keeper.begin(curious, first);
    keeper.takeStatus(200);
    QVERIFY(keeper.wantsHeaders());
    Exchange second;
    const HttpRequest plain = request();
    keeper.begin(plain, second);
    QVERIFY(!keeper.wantsHeaders());
    keeper.takeStatus(200);
    QVERIFY(!keeper.wantsHeaders());
}

QTEST_GUILESS_MAIN(AnswerKeeperTest)
#include "tst_answerkeeper.moc"
