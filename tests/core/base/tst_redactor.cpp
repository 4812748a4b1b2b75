// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/base/redactor.h"

#include <QTest>

using namespace Headroom;

namespace {

const QString kValue = QStringLiteral("p/ss \"wörd\"+<&>%41\\u0042");

Redactor one(const QString &value) { return Redactor({{QStringLiteral("KEY"), value}}); }

/// Every byte percent-encoded, also those that need not be.
QByteArray allPercent(const QByteArray &bytes, bool isUpper)
{
    QByteArray text;
    for (const char c : bytes)
        text += '%' + (isUpper ? QByteArray(1, c).toHex().toUpper() : QByteArray(1, c).toHex());
    return text;
}

/// As a careful JSON writer does it: only ASCII goes out.
QByteArray asciiJson(const QString &text)
{
    QByteArray json;
    for (const QChar c : text)
        json += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    return json;
}

QByteArray numericHtml(const QString &text)
{
    QByteArray html;
    for (const QChar c : text)
        html += "&#" + QByteArray::number(c.unicode()) + ';';
    return html;
}

} // namespace

class RedactorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsEveryForm_data();
    void findsEveryForm();
    void findsBase64AtEveryPlace();
    void leavesTheRestAsItIs();
    void takesTheLongerOfTwoSecrets();
    void findsWhatACutHasLeft();
    void takesAnEllipsisForACut();
    void findsPartsOfLongValuesAndTheirLines();
    void findsWhatMessagesMakeOfUnprintableCharacters();
    void tooShortValuesAreNotLookedFor();
    void isLinear();
};

void RedactorTest::findsEveryForm_data()
{
    QTest::addColumn<QByteArray>("form");
    const QByteArray value = kValue.toUtf8();
    const QByteArray percent = value.toPercentEncoding();
    QTest::newRow("plain") << value;
    QTest::newRow("Latin-1") << kValue.toLatin1();
    QTest::newRow("percent") << percent;
    QTest::newRow("percent, lower case") << percent.toLower();
    QTest::newRow("percent, few characters") << value.toPercentEncoding("/ \"<>&+ö");
    QTest::newRow("percent, all characters") << allPercent(value, true);
    QTest::newRow("percent, all characters in lower case") << allPercent(value, false);
    QTest::newRow("percent of percent") << percent.toPercentEncoding();
    QTest::newRow("form") << QByteArray(percent).replace("%20", "+");
    QTest::newRow("JSON") << QByteArray(value).replace('\\', "\\\\").replace('"', "\\\"");
    QTest::newRow("JSON with solidus")
        << QByteArray(value).replace('\\', "\\\\").replace('"', "\\\"").replace('/', "\\/");
    QTest::newRow("JSON in ASCII") << asciiJson(kValue);
    QTest::newRow("JSON of percent") << QByteArray(percent).replace('%', "\\u0025");
    QTest::newRow("HTML") << kValue.toHtmlEscaped().toUtf8();
    QTest::newRow("HTML by numbers") << numericHtml(kValue);
    QTest::newRow("base64") << value.toBase64(QByteArray::OmitTrailingEquals).chopped(1);
    QTest::newRow("base64 in a URL") << value.toBase64().toPercentEncoding();
    QTest::newRow("hexadecimal") << value.toHex();
}

void RedactorTest::findsEveryForm()
{
    QFETCH(QByteArray, form);
    const QByteArray shown = one(kValue).hide("before " + form + " behind");
    QVERIFY2(shown.startsWith("before ***KEY***"), shown);
    QVERIFY2(shown.endsWith(" behind"), shown);
    QVERIFY2(shown.size() <= qsizetype(sizeof("before ***KEY*** behind")) + 8,
             shown); // the last bits of base64, with its padding
}

void RedactorTest::findsBase64AtEveryPlace()
{
    // "user:" and others before the value move it by 0, 1 and 2 bytes; what is left of it is a few bits at its ends.
    const QByteArray value = "canary~?>value-0123456789";
    const Redactor redactor = one(QString::fromLatin1(value));
    for (const QByteArray &before : {QByteArray("abc"), QByteArray("user:"), QByteArray("name")}) {
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray shown = redactor.hide((before + value + ":rest").toBase64(alphabet));
            QVERIFY2(shown.contains("***KEY***"), shown);
            QVERIFY2(!QByteArray::fromBase64(shown.split('*').first(), alphabet).contains("ca"), shown);
            QVERIFY2(shown.size() <= (before + ":rest").toBase64().size() + 9 + 4, shown);
        }
    }
}

void RedactorTest::leavesTheRestAsItIs()
{
    const Redactor redactor = one(QStringLiteral("hunter2-hunter2"));
    for (const QByteArray &text :
         {QByteArray(), QByteArray("hunt"), QByteArray("hunter2-hunter"), QByteArray("%zz \\u12 &amp &#x;"),
          QByteArray("\xff\0\xfe", 3), QByteArray("100 % of ***KEY***")})
        QCOMPARE(redactor.hide(text), text);
    const QString odd = QStringLiteral("a") + QChar(0xd800) + QStringLiteral("b"); // half of a pair
    QCOMPARE(redactor.hide(odd), odd);
    QCOMPARE(redactor.hide(QStringLiteral("hunter2-hunter2hunter2-hunter2")), QStringLiteral("***KEY***"));
    QCOMPARE(hidden(RedactorPtr(), QStringLiteral("hunter2-hunter2")), QStringLiteral("hunter2-hunter2"));
}

void RedactorTest::takesTheLongerOfTwoSecrets()
{
    const Redactor both({{QStringLiteral("SHORT"), QStringLiteral("token")},
                         {QStringLiteral("LONG"), QStringLiteral("token-of-staging")}});
    QCOMPARE(both.hide(QStringLiteral("a token-of-staging, a token")), QStringLiteral("a ***LONG***, a ***SHORT***"));
    // One inside another, from the middle on: nothing of either is left.
    QCOMPARE(
        Redactor({{QStringLiteral("A"), QStringLiteral("abcdef")}, {QStringLiteral("B"), QStringLiteral("defghi")}})
            .hide(QStringLiteral("-abcdefghi-")),
        QStringLiteral("-***A***-"));
}

void RedactorTest::findsWhatACutHasLeft()
{
    const Redactor redactor = one(QStringLiteral("s3cr/t-token"));
    using enum Redactor::Cut;
    QCOMPARE(redactor.hide(QByteArray("it was s3cr/t-t"), AtEnd), QByteArray("it was ***KEY***"));
    QCOMPARE(redactor.hide(QByteArray("it was s3cr"), AtEnd), QByteArray("it was ***KEY***"));
    QCOMPARE(redactor.hide(QByteArray("it was s3cr%2Ft-t"), AtEnd), QByteArray("it was ***KEY***"));
    QCOMPARE(redactor.hide(QByteArray("it was s3cr%2"), AtEnd), QByteArray("it was ***KEY***"));
    QCOMPARE(redactor.hide(QByteArray("it was s3c"), AtEnd), QByteArray("it was s3c")); // fewer than 4 bytes
    QCOMPARE(redactor.hide(QByteArray("it was s3cr/t-t")), QByteArray("it was s3cr/t-t")); // nobody has cut it
    QCOMPARE(redactor.hide(QByteArray("oken is wrong"), AtStart), QByteArray("***KEY*** is wrong"));
    QCOMPARE(redactor.hide(QByteArray("%2Ft-token is wrong"), AtStart), QByteArray("***KEY*** is wrong"));
    QCOMPARE(redactor.hide(QByteArray("ken is wrong"), AtStart), QByteArray("ken is wrong"));
}

void RedactorTest::takesAnEllipsisForACut()
{
    const Redactor redactor = one(QStringLiteral("s3cr/t-token"));
    const QChar dots(0x2026);
    QCOMPARE(redactor.hide(QStringLiteral("$.key is \"s3cr/t%1\" and not \"x\"").arg(dots)),
             QStringLiteral("$.key is \"***KEY***%1\" and not \"x\"").arg(dots));
    QCOMPARE(redactor.hide(QStringLiteral("%1 token said s3cr/t-token and s3cr%1").arg(dots)),
             QStringLiteral("%1 ***KEY*** said ***KEY*** and ***KEY***%1").arg(dots));
    QCOMPARE(redactor.hide(QStringLiteral("a%1b%1c").arg(dots)), QStringLiteral("a%1b%1c").arg(dots));
}

void RedactorTest::findsPartsOfLongValuesAndTheirLines()
{
    QByteArray key = "-----BEGIN KEY-----\n";
    for (int line = 0; line < 20; ++line)
        key += QByteArray::number(1'000'003 * (line + 17)).repeated(6) + '\n';
    const Redactor redactor = one(QString::fromLatin1(key));
    QCOMPARE(redactor.hide("<" + key + ">"), QByteArray("<***KEY***>"));
    QByteArray indented = key;
    const QByteArray shown = redactor.hide(indented.replace('\n', "\n    "));
    QCOMPARE(shown, QByteArray("***KEY***\n    ").repeated(21));
    // The first 600 bytes, as a head of a body has them.
    QCOMPARE(redactor.hide(key.first(600), Redactor::Cut::AtEnd), QByteArray("***KEY***"));
}

void RedactorTest::findsWhatMessagesMakeOfUnprintableCharacters()
{
    const QString value = QStringLiteral("s3\acret\u200bk3y\t w0rd\nsh0rt");
    const Redactor redactor = one(value);
    QCOMPARE(redactor.hide(QStringLiteral("no such item ") + formatQuoted(value)),
             QStringLiteral("no such item '***KEY***'"));
    // The last words of a process: control and format characters are blanks, lines stand in one.
    QCOMPARE(redactor.hide(QStringLiteral("said: s3 cret k3y w0rd | sh0rt")), QStringLiteral("said: ***KEY***"));
    QCOMPARE(redactor.hide(QStringLiteral("s3 cret k3y w0rd sh0rt")), QStringLiteral("***KEY***"));
    // Of this too little is left to be told from other texts.
    QCOMPARE(one(QStringLiteral("\a\b\a\bxyz")).hide(QStringLiteral("????xyz")), QStringLiteral("????xyz"));
}

void RedactorTest::tooShortValuesAreNotLookedFor()
{
    QCOMPARE(one(QStringLiteral("abc")).hide(QByteArray("abc")), QByteArray("abc"));
    QCOMPARE(one(QString()).hide(QByteArray("abc")), QByteArray("abc"));
    QCOMPARE(one(QStringLiteral("abcd")).hide(QByteArray("abcd")), QByteArray("***KEY***"));
}

void RedactorTest::isLinear()
{
    // The worst there is: every place of the text begins like the value, and all of it is escaped. A search that is not
    // linear would take minutes.
    const Redactor redactor = one(QString(60'000, QLatin1Char('a')) + QLatin1Char('b'));
    const QByteArray text = QByteArray("%2561").repeated(1'000'000);
    QVERIFY(redactor.hide(text) != text); // its pieces of 64 "a" are found
    QVERIFY(redactor.hide(QByteArray("aaa").repeated(1'000'000) + "c").startsWith("***KEY***"));
}

QTEST_GUILESS_MAIN(RedactorTest)
#include "tst_redactor.moc"
