// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requestcompiler.h"

#include <QTest>

using namespace Headroom;

using Kind = TemplateValue::Kind;

namespace {

constexpr RequestValues kSomebody{12, 18'446'744'073'709'551'615U};

const QUrl kAddress(QStringLiteral("http://h:81/api/"));

/// "a${user}b" as the scenario reader makes it.
TextTemplate text(const QString &written)
{
    TextTemplate made;
    const auto parts = templateParts(written);
    for (const TemplatePart &part : *parts) {
        if (!part.isName)
            made.append(part.text);
        else
            made.append({.kind = part.text == u"user" ? Kind::User : Kind::Iteration, .written = part.text});
    }
    return made;
}

Scenario::Step step(const QString &path)
{
    Scenario::Step made;
    made.method = "POST";
    made.path = text(path);
    return made;
}

HttpRequest rendered(const CompiledRequest &compiled, const RequestValues &values = kSomebody)
{
    HttpRequest request = compiled.request;
    [[maybe_unused]] const auto done = compiled.varying->render(values, request);
    Q_ASSERT(done);
    return request;
}

/// Their last value by name; how often the name is there in front of it when that is not once.
QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
{
    QByteArray found;
    int count = 0;
    for (const auto &[key, value] : request.headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            found = value;
            ++count;
        }
    }
    return count == 1 ? found : QByteArray::number(count) + " times: " + found;
}

} // namespace

class RequestTemplateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMissingWhenNothingVaries();
    void putsValuesIntoTheUrl_data();
    void putsValuesIntoTheUrl();
    void putsValuesIntoHeaders();
    void letsTheStepsHeaderReplaceTheTargets_data();
    void letsTheStepsHeaderReplaceTheTargets();
    void putsValuesIntoTheBody();
    void changesOnlyWhatVaries();
    void callsHaveNoUser();
    void givesNothingOfTheTargetToOthers_data();
    void givesNothingOfTheTargetToOthers();
};

void RequestTemplateTest::isMissingWhenNothingVaries()
{
    Scenario::Step constant = step(QStringLiteral("/a?b=c"));
    constant.headers = {{QStringLiteral("X"), QStringLiteral("é")}};
    constant.body = Scenario::Body{QStringLiteral("{\"é\":1}"), "application/json"};
    const CompiledRequest compiled = compileRequest({}, constant, kAddress);
    QVERIFY(!compiled.varying);
    QCOMPARE(compiled.request.url, QUrl(QStringLiteral("http://h:81/api/a?b=c")));
    QCOMPARE(headerOf(compiled.request, "X"), QByteArray("\xE9"));
    QCOMPARE(*compiled.request.body, QByteArray("{\"\xC3\xA9\":1}"));
}

void RequestTemplateTest::putsValuesIntoTheUrl_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("sample"); // what is known before: with 0
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("path") << QStringLiteral("/u/${user}/x") << QByteArray("http://h:81/api/u/0/x")
                          << QByteArray("http://h:81/api/u/12/x");
    QTest::newRow("first in the path") << QStringLiteral("/${user}") << QByteArray("http://h:81/api/0")
                                       << QByteArray("http://h:81/api/12");
    QTest::newRow("query") << QStringLiteral("/a%20b?i=${iteration}&u=${user}")
                           << QByteArray("http://h:81/api/a%20b?i=0&u=0")
                           << QByteArray("http://h:81/api/a%20b?i=18446744073709551615&u=12");
    QTest::newRow("whole address") << QStringLiteral("http://other/ü/${user}") << QByteArray("http://other/%C3%BC/0")
                                   << QByteArray("http://other/%C3%BC/12");
}

void RequestTemplateTest::putsValuesIntoTheUrl()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, sample);
    QFETCH(QByteArray, url);
    const CompiledRequest compiled = compileRequest({}, step(path), kAddress);
    QCOMPARE(compiled.request.url.toEncoded(), sample);
    QCOMPARE(rendered(compiled).url.toEncoded(), url);
}

void RequestTemplateTest::putsValuesIntoHeaders()
{
    Scenario::Target target;
    target.headers = {{QStringLiteral("X-Agent"), text(QStringLiteral("é${user}/${iteration}"))}};
    const CompiledRequest compiled = compileRequest(target, step(QStringLiteral("/")), kAddress);
    QCOMPARE(headerOf(compiled.request, "X-Agent"), QByteArray("0 times: "));
    QCOMPARE(headerOf(rendered(compiled), "X-Agent"),
             QByteArray("\xE9"
                        "12/18446744073709551615"));
}

void RequestTemplateTest::letsTheStepsHeaderReplaceTheTargets_data()
{
    QTest::addColumn<QString>("ofTarget");
    QTest::addColumn<QString>("ofStep");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("varying by varying") << QStringLiteral("t${user}") << QStringLiteral("s${user}")
                                        << QByteArray("s12");
    QTest::newRow("varying by constant") << QStringLiteral("t${user}") << QStringLiteral("s") << QByteArray("s");
    QTest::newRow("constant by varying") << QStringLiteral("t") << QStringLiteral("s${user}") << QByteArray("s12");
    QTest::newRow("varying by nothing, which leaves our own") << QStringLiteral("t${user}") << QString() << QByteArray("headroom");
}

void RequestTemplateTest::letsTheStepsHeaderReplaceTheTargets()
{
    QFETCH(QString, ofTarget);
    QFETCH(QString, ofStep);
    QFETCH(QByteArray, sent);
    Scenario::Target target;
    target.headers = {{QStringLiteral("User-Agent"), text(ofTarget)}};
    Scenario::Step replacing = step(QStringLiteral("/${user}"));
    replacing.headers = {{QStringLiteral("user-agent"), text(ofStep)}};
    QCOMPARE(headerOf(rendered(compileRequest(target, replacing, kAddress)), "User-Agent"), sent);
}

void RequestTemplateTest::putsValuesIntoTheBody()
{
    Scenario::Step posting = step(QStringLiteral("/"));
    posting.body = Scenario::Body{text(QStringLiteral("{\"é\":${user},\"i\":\"${iteration}\"}")), "application/json"};
    const CompiledRequest compiled = compileRequest({}, posting, kAddress);
    QCOMPARE(*rendered(compiled).body, QByteArray("{\"\xC3\xA9\":12,\"i\":\"18446744073709551615\"}"));
    QCOMPARE(headerOf(rendered(compiled), "Content-Type"), QByteArray("application/json"));
}

void RequestTemplateTest::changesOnlyWhatVaries()
{
    Scenario::Step posting = step(QStringLiteral("/a"));
    posting.headers = {{QStringLiteral("X"), text(QStringLiteral("${user}"))}};
    posting.body = Scenario::Body{QStringLiteral("body"), "text/plain"};
    const CompiledRequest compiled = compileRequest({}, posting, kAddress);
    QVERIFY(!compiled.varying->url);
    QVERIFY(!compiled.varying->body);
    const HttpRequest request = rendered(compiled);
    QCOMPARE(request.url, QUrl(QStringLiteral("http://h:81/api/a")));
    QCOMPARE(*request.body, QByteArray("body"));
    QCOMPARE(request.headers.size(), compiled.request.headers.size() + 1);
}

void RequestTemplateTest::callsHaveNoUser()
{
    Scenario::Target target;
    target.headers = {{QStringLiteral("X-Agent"), text(QStringLiteral("${user}"))},
                      {QStringLiteral("X-Key"), QStringLiteral("k")}};
    Scenario::Call call;
    call.method = "POST";
    call.path = QStringLiteral("/reset");
    const HttpRequest request = compileCall(target, call, kAddress);
    QCOMPARE(headerOf(request, "X-Agent"), QByteArray("0 times: "));
    QCOMPARE(headerOf(request, "X-Key"), QByteArray("k"));
    QCOMPARE(headerOf(request, "User-Agent"), QByteArray("headroom-aux"));
    QVERIFY(!request.wantsCookies);
}

void RequestTemplateTest::givesNothingOfTheTargetToOthers_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOwn"); // of http://h:81
    QTest::newRow("path") << QStringLiteral("/x") << true;
    QTest::newRow("whole URL of the target") << QStringLiteral("http://H:81/x") << true;
    QTest::newRow("other port") << QStringLiteral("http://h:82/x") << false;
    QTest::newRow("port of the scheme") << QStringLiteral("http://h/x") << false;
    QTest::newRow("other host") << QStringLiteral("http://h.other:81/x") << false;
    QTest::newRow("other scheme") << QStringLiteral("https://h:81/x") << false;
    QTest::newRow("other host, varying path") << QStringLiteral("http://other:81/${user}") << false;
}

void RequestTemplateTest::givesNothingOfTheTargetToOthers()
{
    QFETCH(QString, path);
    QFETCH(bool, isOwn);
    Scenario::Target target;
    target.headers = {{QStringLiteral("Authorization"), text(QStringLiteral("Bearer t"))}};
    target.query = {{QStringLiteral("key"), text(QStringLiteral("k"))}};
    Scenario::Step asked = step(path);
    asked.headers = {{QStringLiteral("X-Own"), QStringLiteral("o")}};
    const CompiledRequest made = compileRequest(target, asked, kAddress);
    QCOMPARE(headerOf(made.request, "Authorization"), isOwn ? QByteArray("Bearer t") : QByteArray("0 times: "));
    QCOMPARE(headerOf(made.request, "X-Own"), QByteArray("o"));
    QCOMPARE(made.request.url.hasQuery(), isOwn);
    Scenario::Call call;
    call.method = "GET";
    call.path = text(path);
    QCOMPARE(headerOf(compileCall(target, call, kAddress), "Authorization"),
             isOwn ? QByteArray("Bearer t") : QByteArray("0 times: "));
}

QTEST_GUILESS_MAIN(RequestTemplateTest)
#include "tst_requesttemplate.moc"
