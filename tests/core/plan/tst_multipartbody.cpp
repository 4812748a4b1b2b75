// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/multipartbody.h"
#include "core/plan/requestcompiler.h"

#include <QTest>

using namespace Headroom;

namespace {

using Part = Scenario::Part;

Part text(const char *name, const char *value)
{
    return {QString::fromUtf8(name), QString::fromUtf8(value), {}, {}, {}};
}

Part file(const char *name, const char *fileName, const QByteArray &content)
{
    return {QString::fromUtf8(name), {}, QStringLiteral("f"), QString::fromUtf8(fileName), "application/pdf", content};
}

QByteArray boundaryOf(const MultipartBody &body)
{
    const QByteArray type = body.contentType();
    return type.sliced(type.indexOf("boundary=") + 9);
}

} // namespace

class MultipartBodyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesEveryPartBetweenBoundaries();
    void escapesNames();
    void hasTheSameBoundaryEveryTime();
    void choosesABoundaryThatNoPartHolds();
    void putsValuesIntoTexts();
    void setsTheContentTypeOfARequest();
    void sendsAFileAsItIs();
    void putsTheTargetsQueryBehindEveryPath_data();
    void putsTheTargetsQueryBehindEveryPath();
    void leavesVaryingQueriesOutOfCalls();
};

void MultipartBodyTest::writesEveryPartBetweenBoundaries()
{
    const std::vector<Part> parts{text("note", "h\xc3\xa9llo"), file("doc", "a.pdf", QByteArray("%PDF\0\r\n", 7))};
    const MultipartBody body(parts);
    const QByteArray boundary = boundaryOf(body);
    QVERIFY(boundary.size() <= 70); // RFC 2046
    QVERIFY(body.isConstant());
    QCOMPARE(body.bytes(),
             "--" + boundary + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nh\xc3\xa9llo\r\n--" + boundary
                 + "\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.pdf\"\r\n"
                   "Content-Type: application/pdf\r\n\r\n"
                 + QByteArray("%PDF\0\r\n", 7) + "\r\n--" + boundary + "--\r\n");
}

void MultipartBodyTest::escapesNames()
{
    const std::vector<Part> parts{file("a\"b", "c\r\nX-Evil: \"1\"", "x")};
    QVERIFY(MultipartBody(parts).bytes().contains("name=\"a%22b\"; filename=\"c%0D%0AX-Evil: %221%22\"\r\n"));
}

void MultipartBodyTest::hasTheSameBoundaryEveryTime()
{
    const std::vector<Part> parts{text("a", "1")};
    const std::vector<Part> others{text("a", "2")};
    QCOMPARE(MultipartBody(parts).contentType(), MultipartBody(parts).contentType());
    QVERIFY(MultipartBody(parts).contentType() != MultipartBody(others).contentType());
}

void MultipartBodyTest::choosesABoundaryThatNoPartHolds()
{
    std::vector<Part> parts{text("a", "1"), file("b", "b", "x")};
    for (int i = 0; i < 5; ++i) { // a file that holds what would have been the boundary of the parts before
        parts[1].content += boundaryOf(MultipartBody(parts));
        QVERIFY(!parts[1].content.contains(boundaryOf(MultipartBody(parts))));
    }
}

void MultipartBodyTest::putsValuesIntoTexts()
{
    TextTemplate varying(QStringLiteral("user "));
    varying.append(TemplateValue{}); // the user
    const std::vector<Part> parts{{QStringLiteral("who"), varying, {}, {}, {}}, text("b", "2")};
    const MultipartBody body(parts);
    QVERIFY(!body.isConstant());
    RequestValues values;
    values.user = 7;
    const auto bytes = body.varying().rendered(values);
    QVERIFY(bytes);
    QVERIFY(bytes->contains("name=\"who\"\r\n\r\nuser 7\r\n--"));
    QVERIFY(bytes->endsWith("\r\n2\r\n--" + boundaryOf(body) + "--\r\n"));
}

void MultipartBodyTest::setsTheContentTypeOfARequest()
{
    Scenario::Target target;
    target.headers = {{QStringLiteral("content-type"), QStringLiteral("application/json")}}; // of the other steps
    Scenario::Step step;
    step.method = "POST";
    step.path = QStringLiteral("/upload");
    step.body = Scenario::Body{{}, "multipart/form-data", {}, {text("a", "1")}};
    const HttpRequest request = compileRequest(target, step, QUrl(QStringLiteral("http://h"))).request;
    QByteArrayList types;
    for (const auto &[name, value] : request.headers) {
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            types.append(value);
    }
    QCOMPARE(types, QByteArrayList{MultipartBody(step.body->parts).contentType()});
    QCOMPARE(request.body, std::optional(MultipartBody(step.body->parts).bytes()));
}

void MultipartBodyTest::sendsAFileAsItIs()
{
    Scenario::Step step;
    step.method = "POST";
    step.path = QStringLiteral("/");
    step.body = Scenario::Body{{}, "image/png", QStringLiteral("a.png"), {}, QByteArray("\x89PNG\0", 5)};
    const CompiledRequest made = compileRequest({}, step, QUrl(QStringLiteral("http://h")));
    QVERIFY(!made.varying);
    QCOMPARE(made.request.body, std::optional(QByteArray("\x89PNG\0", 5)));
}

void MultipartBodyTest::putsTheTargetsQueryBehindEveryPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("no query") << QStringLiteral("/a") << QByteArray("http://h/a?key=k1&mode=stub");
    QTest::newRow("another") << QStringLiteral("/a?x=1") << QByteArray("http://h/a?x=1&key=k1&mode=stub");
    QTest::newRow("the same name") << QStringLiteral("/a?mode=real") << QByteArray("http://h/a?mode=real&key=k1");
    QTest::newRow("the same, encoded") << QStringLiteral("/a?%6Dode=real") << QByteArray("http://h/a?mode=real&key=k1");
    QTest::newRow("a longer name") << QStringLiteral("/a?modes=1") << QByteArray("http://h/a?modes=1&key=k1&mode=stub");
}

void MultipartBodyTest::putsTheTargetsQueryBehindEveryPath()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, url);
    Scenario::Target target;
    target.query = {{QStringLiteral("key"), QStringLiteral("k1")}, {QStringLiteral("mode"), QStringLiteral("stub")}};
    Scenario::Step step;
    step.path = path;
    QCOMPARE(compileRequest(target, step, QUrl(QStringLiteral("http://h"))).request.url.toEncoded(), url);
}

void MultipartBodyTest::leavesVaryingQueriesOutOfCalls()
{
    TextTemplate user;
    user.append(TemplateValue{});
    Scenario::Target target;
    target.query = {{QStringLiteral("user"), user}, {QStringLiteral("key"), QStringLiteral("k1")}};
    Scenario::Call call;
    call.path = QStringLiteral("/reset");
    QCOMPARE(compileCall(target, call, QUrl(QStringLiteral("http://h"))).url.toEncoded(),
             QByteArray("http://h/reset?key=k1"));
}

QTEST_GUILESS_MAIN(MultipartBodyTest)
#include "tst_multipartbody.moc"
