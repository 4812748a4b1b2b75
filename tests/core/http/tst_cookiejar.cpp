// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/cookiejar.h"

#include <QTest>

using namespace Headroom;

namespace {

const QUrl kUrl(QStringLiteral("http://127.0.0.1:8080/api/login"));

/// The Cookie header of a request; "-" for none.
QByteArray cookieOf(const CookieJar &jar, const QString &url = kUrl.toString(), const QByteArray &written = {})
{
    HttpRequest request;
    request.url = QUrl(url);
    if (!written.isEmpty())
        request.headers = {{"X", "y"}, {"cookie", written}};
    jar.addTo(request);
    QByteArrayList lines;
    for (const auto &[name, value] : request.headers) {
        if (name.compare("Cookie", Qt::CaseInsensitive) == 0)
            lines.append(value);
    }
    return lines.isEmpty() ? QByteArray("-") : lines.join(" and ");
}

CookieJar jarWith(const QByteArrayList &lines, const QUrl &url = kUrl)
{
    CookieJar jar;
    jar.take(url, lines);
    return jar;
}

} // namespace

class CookieJarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyUntilACookieIsSet();
    void sendsBackWhatWasSet();
    void replacesAndRemoves();
    void keepsCookiesWhereTheyBelong_data();
    void keepsCookiesWhereTheyBelong();
    void addsBehindWhatTheScenarioWrites();
    void refusesCookiesForOthers_data();
    void refusesCookiesForOthers();
    void boundsTheNumber();
    void boundsTheSize();
    void deadCookiesTakeNoRoom();
    void keepsTheFormerValueOfACookieThatBecomesTooLarge();
    void leavesOutLongLines();
    void survivesNonsense();
    void staysApartFromOthers();
};

void CookieJarTest::isEmptyUntilACookieIsSet()
{
    CookieJar jar;
    QVERIFY(jar.isEmpty());
    jar.take(kUrl, {});
    QVERIFY(jar.isEmpty());
    QCOMPARE(cookieOf(jar), QByteArray("-"));
    jar.take(kUrl, {"a=1"});
    QVERIFY(!jar.isEmpty());
}

void CookieJarTest::sendsBackWhatWasSet()
{
    const CookieJar jar = jarWith({"sid=abc; Path=/; HttpOnly", "theme=\"dark\"; Path=/"});
    QCOMPARE(cookieOf(jar), QByteArray("sid=abc; theme=\"dark\""));
}

void CookieJarTest::replacesAndRemoves()
{
    CookieJar jar = jarWith({"a=1; Path=/", "b=2; Path=/"});
    jar.take(kUrl, {"a=3; Path=/"});
    QCOMPARE(cookieOf(jar), QByteArray("b=2; a=3"));
    jar.take(kUrl, {"b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=; Path=/; Max-Age=0"});
    QCOMPARE(cookieOf(jar), QByteArray("-"));
}

void CookieJarTest::keepsCookiesWhereTheyBelong_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *name, const char *line, const char *url, const char *sent) {
        QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(url) << QByteArray(sent);
    };
    // Set by http://127.0.0.1:8080/api/login
    row("beside it", "a=1", "http://127.0.0.1:8080/api/x", "a=1");
    row("above its path", "a=1", "http://127.0.0.1:8080/other", "-");
    row("path of its own", "a=1; Path=/other", "http://127.0.0.1:8080/other/x", "a=1");
    row("path that only begins alike", "a=1; Path=/ot", "http://127.0.0.1:8080/other", "-");
    row("other port", "a=1; Path=/", "http://127.0.0.1:9/", "a=1"); // RFC 6265, 8.5: cookies do not know ports
    row("other host", "a=1; Path=/", "http://127.0.0.2:8080/", "-");
    row("secure, not encrypted", "a=1; Path=/; Secure", "http://127.0.0.1:8080/", "-");
    row("secure, encrypted", "a=1; Path=/; Secure", "https://127.0.0.1:8080/", "a=1");
}

void CookieJarTest::keepsCookiesWhereTheyBelong()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, url);
    QTEST(cookieOf(jarWith({line}), url), "sent");
}

void CookieJarTest::addsBehindWhatTheScenarioWrites()
{
    const CookieJar jar = jarWith({"a=1"});
    QCOMPARE(cookieOf(jar, kUrl.toString(), "own=x; more=y"), QByteArray("own=x; more=y; a=1"));
    QCOMPARE(cookieOf(CookieJar(), kUrl.toString(), "own=x"), QByteArray("own=x"));
}

void CookieJarTest::refusesCookiesForOthers_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("from");
    QTest::newRow("other domain") << QByteArray("a=1; Path=/; Domain=evil.example")
                                  << QStringLiteral("http://h.example/");
    QTest::newRow("public suffix") << QByteArray("a=1; Path=/; Domain=.co.uk") << QStringLiteral("http://shop.co.uk/");
    QTest::newRow("domain that only ends alike")
        << QByteArray("a=1; Path=/; Domain=ample.com") << QStringLiteral("http://example.com/");
}

void CookieJarTest::refusesCookiesForOthers()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, from);
    const CookieJar jar = jarWith({line}, QUrl(from));
    for (const char *url : {"http://evil.example/", "http://other.co.uk/", "http://ample.com/", "http://example.com/"})
        QCOMPARE(cookieOf(jar, QString::fromLatin1(url)), QByteArray("-"));
}

void CookieJarTest::boundsTheNumber()
{
    CookieJar jar;
    for (int i = 0; i < 1000; ++i)
        jar.take(kUrl, {'c' + QByteArray::number(i) + "=1"});
    QByteArrayList cookies = cookieOf(jar).replace("; ", ";").split(';');
    QCOMPARE(cookies.size(), CookieJar::kMostCookies);
    QVERIFY(cookies.contains("c0=1") && cookies.contains("c49=1"));
    jar.take(kUrl, {"c0=2"}); // one that is there already still changes
    cookies = cookieOf(jar).replace("; ", ";").split(';');
    QCOMPARE(cookies.size(), CookieJar::kMostCookies);
    QVERIFY(cookies.contains("c0=2"));
}

void CookieJarTest::boundsTheSize()
{
    // Names of one byte and values of 999: 16 of them are 16,000 bytes, one more would be above 16,384.
    CookieJar jar;
    for (char name = 'a'; name <= 'z'; ++name)
        jar.take(kUrl, {QByteArray(1, name) + '=' + QByteArray(999, 'x')});
    QCOMPARE(cookieOf(jar).count('='), 16);
}

void CookieJarTest::deadCookiesTakeNoRoom()
{
    CookieJar jar;
    for (int i = 0; i < 3 * CookieJar::kMostCookies; ++i)
        jar.take(kUrl, {"nonce" + QByteArray::number(i) + "=x; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"});
    jar.take(kUrl, {"sid=abc; Path=/"});
    QCOMPARE(cookieOf(jar), QByteArray("sid=abc"));
}

void CookieJarTest::keepsTheFormerValueOfACookieThatBecomesTooLarge()
{
    CookieJar jar;
    for (int i = 0; i < 4; ++i) // 4 x 4,000 bytes: nearly all there is room for
        jar.take(kUrl, {"c" + QByteArray::number(i) + '=' + QByteArray(3'998, 'x') + "; Path=/"});
    jar.take(kUrl, {"sid=abc; Path=/"});
    jar.take(kUrl, {"sid=" + QByteArray(3'000, 'y') + "; Path=/"});
    QVERIFY(cookieOf(jar).endsWith("; sid=abc"));
}

void CookieJarTest::leavesOutLongLines()
{
    const QByteArray longest = "a=" + QByteArray(CookieJar::kLongestLine - 2, 'x');
    QCOMPARE(cookieOf(jarWith({longest})), longest);
    QVERIFY(jarWith({longest + 'x'}).isEmpty());
}

void CookieJarTest::survivesNonsense()
{
    CookieJar jar;
    jar.take(kUrl,
             {"", "=", ";;;;", "=x", "a", "; Path=/", QByteArray("a\0b=c", 5), "\xFF\xFE=\x80", "a=b; Expires=never",
              "b=c; Max-Age=-99999999999999999999", "c=d; Domain=..; Path=", "d=e; Domain=; Secure=no"});
    cookieOf(jar);
    jar.take(QUrl(), {"a=1"});
    cookieOf(jar, QString());
    QVERIFY(cookieOf(jar).size() < 1000);
}

void CookieJarTest::staysApartFromOthers()
{
    CookieJar first = jarWith({"sid=1; Path=/"});
    CookieJar second = jarWith({"sid=2; Path=/"});
    QCOMPARE(cookieOf(first), QByteArray("sid=1"));
    QCOMPARE(cookieOf(second), QByteArray("sid=2"));
    second = std::move(first);
    QCOMPARE(cookieOf(second), QByteArray("sid=1"));
}

QTEST_GUILESS_MAIN(CookieJarTest)
#include "tst_cookiejar.moc"
