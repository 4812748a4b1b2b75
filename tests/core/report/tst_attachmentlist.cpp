// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/attachmentlist.h"
#include "core/report/flamepicture.h"
#include "core/report/mappingstable.h"
#include "core/report/profilereport.h"

#include <QTest>

using namespace Headroom;

namespace {

MappingsLook lookAt(MappingsLook::Moment moment, const std::vector<MemoryMappings::Holder> &holders)
{
    MappingsLook look{.probe = "api", .moment = moment, .mappings = {.holders = holders, .totalBytes = 1, .processes = 1}};
    for (const auto &holder : holders)
        look.mappings.totalBytes += holder.bytes;
    return look;
}

constexpr auto kStart = MappingsLook::Moment::Start;
constexpr auto kEnd = MappingsLook::Moment::End;

QByteArray dumped(const Json &json)
{
    std::string text;
    json.dump(text);
    return QByteArray::fromStdString(text);
}

} // namespace

class AttachmentListTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatLiesInTheSession();
    void aNameIsNoMarkup();
    void longListsSayHowManyMore();
    void isNothingWithoutAny();
    void looksAtMappingsAreReadAgain();
    void refusesLooksOfTheWrongShape_data();
    void refusesLooksOfTheWrongShape();
    void showsWhatHasGrown();
    void oneLookHasNoGrowth();
    void aHolderIsNoMarkup();
    void drawsProfilesAndListsTheHottest();
    void aFunctionIsNoMarkup();
    void leavesOutOfAPictureWhatCannotBeSeen();
    void makesAPictureOfItsOwn();
    void linksToDashboardsAtTheTimeOfTheRun();
};

void AttachmentListTest::saysWhatLiesInTheSession()
{
    ReportModel model;
    model.attachments = {{QStringLiteral("notes.txt"), QStringLiteral("text/plain"), 1500ms, 16},
                         {QStringLiteral("core"), QString(), 0ns, 0}};
    std::string text;
    attachmentsJson(model).dump(text);
    QCOMPARE(QByteArray::fromStdString(text),
             QByteArray(R"([{"name":"notes.txt","media_type":"text/plain","t_s":1.5,"bytes":16},)"
                        R"({"name":"core","media_type":null,"t_s":0,"bytes":0}])"));
}

void AttachmentListTest::aNameIsNoMarkup()
{
    ReportModel model;
    model.attachments = {{QStringLiteral("<script>alert(1)</script>"), QStringLiteral("\"><b>"), 0ns, 1}};
    const QString html = attachmentsHtml(model).markup();
    QVERIFY(html.contains(QStringLiteral("&lt;script&gt;alert(1)")));
    QVERIFY(!html.contains(QStringLiteral("<script>")) && !html.contains(QStringLiteral("<b>")));
}

void AttachmentListTest::longListsSayHowManyMore()
{
    ReportModel model;
    model.attachments.resize(103);
    QVERIFY(attachmentsHtml(model).markup().contains(QStringLiteral("And 3 more; the JSON report lists all.")));
    QCOMPARE(attachmentsJson(model).size(), 103U);
    model.attachments.resize(100);
    QVERIFY(!attachmentsHtml(model).markup().contains(QStringLiteral("more")));
}

void AttachmentListTest::isNothingWithoutAny()
{
    QVERIFY(attachmentsHtml(ReportModel()).isEmpty());
    QCOMPARE(attachmentsJson(ReportModel()).size(), 0U);
}

void AttachmentListTest::looksAtMappingsAreReadAgain()
{
    const MappingsLook look = lookAt(kEnd, {{"[heap]", 1ULL << 40}, {QStringLiteral("\u2028<b>"), 7}});
    QCOMPARE(mappingsLookIn(textOf(look)), look);
}

void AttachmentListTest::refusesLooksOfTheWrongShape_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("moment") << QByteArray("\"start\"") << QByteArray("\"then\"");
    QTest::newRow("no probe") << QByteArray("\"api\"") << QByteArray("\"\"");
    QTest::newRow("long probe") << QByteArray("\"api\"") << '"' + QByteArray(301, 'a') + '"';
    QTest::newRow("negative") << QByteArray("\"bytes\": 7") << QByteArray("\"bytes\": -7");
    QTest::newRow("more than a number holds") << QByteArray("\"bytes\": 7") << QByteArray("\"bytes\": 1e300");
    QTest::newRow("text as bytes") << QByteArray("\"bytes\": 7") << QByteArray("\"bytes\": \"7\"");
    QTest::newRow("nameless") << QByteArray("[heap]") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("<");
    QTest::newRow("endless") << QByteArray("[heap]") << QByteArray(200'000, 'a');
}

void AttachmentListTest::refusesLooksOfTheWrongShape()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray text = textOf(lookAt(kStart, {{"[heap]", 7}}));
    QVERIFY(mappingsLookIn(text));
    text.replace(from, to);
    QCOMPARE(mappingsLookIn(text), std::nullopt);
}

void AttachmentListTest::showsWhatHasGrown()
{
    ReportModel model;
    std::vector<MemoryMappings::Holder> many{{"[heap]", 3000}, {"gone", 900}};
    for (int i = 0; i < 12; ++i)
        many.push_back({QStringLiteral("file%1").arg(i, 2, 10, QLatin1Char('0')), std::uint64_t(100 + i)});
    model.mappings = {lookAt(kStart, many), lookAt(kEnd, {{"[heap]", 5000}, {"new", 200}})};
    const auto tables = mappingsTables(model.mappings);
    QCOMPARE(tables.size(), 1u);
    QStringList names;
    for (const MappingsTable::Row &row : tables[0].rows)
        names.append(row.name);
    // By the larger of both; of ten, six are left for the files.
    QCOMPARE(names.mid(0, 4), (QStringList{"[heap]", "gone", "new", "file11"}));
    QCOMPARE(names.size(), 10);
    QCOMPARE(tables[0].rows[0].growth(), 2000.0);
    QCOMPARE(tables[0].rows[1].growth(), -900.0);
    model.mappings.resize(1);
    model.mappings = {lookAt(kStart, {{"[heap]", 3000}}), lookAt(kEnd, {{"[heap]", 5000}})};
    QCOMPARE(dumped(mappingsJson(model)),
             QByteArray(R"([{"probe":"api","is_whole":true,"start_bytes":3001,"end_bytes":5001,"growth_bytes":2000,)"
                        R"("top":[{"name":"[heap]","start_bytes":3000,"end_bytes":5000,"growth_bytes":2000}]}])"));
    QVERIFY(mappingsHtml(model).markup().contains("+1.95 KiB") || mappingsHtml(model).markup().contains("+2.0 KiB"));
}

void AttachmentListTest::oneLookHasNoGrowth()
{
    ReportModel model;
    model.mappings = {lookAt(kStart, {{"[heap]", 3000}})};
    QCOMPARE(dumped(mappingsJson(model)),
             QByteArray(R"([{"probe":"api","is_whole":true,"start_bytes":3001,"end_bytes":null,"growth_bytes":null,)"
                        R"("top":[{"name":"[heap]","start_bytes":3000,"end_bytes":null,"growth_bytes":null}]}])"));
    QVERIFY(mappingsHtml(ReportModel()).isEmpty());
}

void AttachmentListTest::aHolderIsNoMarkup()
{
    ReportModel model;
    model.mappings = {lookAt(kStart, {{"<script>alert(1)</script>", 3000}})};
    model.mappings[0].probe = "<b>";
    const QString html = mappingsHtml(model).markup();
    QVERIFY(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>") && !html.contains("<b>"));
}

void AttachmentListTest::drawsProfilesAndListsTheHottest()
{
    ReportModel model;
    model.profiles = {{QStringLiteral("flame-1.folded"), 12s, StackTree::parse("main;work 3\nmain;idle_[k] 1\nno stack\n")}};
    QCOMPARE(dumped(profilesJson(model)),
             QByteArray(R"([{"name":"flame-1.folded","t_s":12,"samples":4,"levels":2,"skipped_lines":1,"cut":false,)"
                        R"("hottest":[{"function":"work","self":3,"total":3},{"function":"idle_[k]","self":1,"total":1}]}])"));
    const QString html = profilesHtml(model).markup();
    QVERIFY(html.contains(QStringLiteral("4 samples, from 0:12 on; 1 lines were no stacks")));
    // main is over the whole breadth, work over the last three quarters of it: 1,070 x 0.75 = 802.5 from 267.5 on.
    QVERIFY(html.contains(QStringLiteral("<title>work: 3 of 4 samples, 75 %</title>")));
    QVERIFY(html.contains(QStringLiteral("x=\"267.5\" y=\"0.0\" width=\"802.5\"")));
    QVERIFY(html.contains(QStringLiteral("frame-kernel")));
    QVERIFY(profilesHtml(ReportModel()).isEmpty());
}

void AttachmentListTest::aFunctionIsNoMarkup()
{
    ReportModel model;
    model.profiles = {{QStringLiteral("<b>"), 0s, StackTree::parse("a 1\n")}, {QStringLiteral("<b>"), 0s, StackTree::parse("<script>alert(1)</script>;\"><img> 5\n")}};
    const QString html = profilesHtml(model).markup() + QString::fromUtf8(flameSvg(model.profiles[1].tree, 0, QStringLiteral("<b>")));
    QVERIFY(html.contains(QStringLiteral("&lt;script&gt;alert(1)")));
    QCOMPARE(html.count(QStringLiteral("id=\"hottest-2\"")), 1); // an id is there once
    QVERIFY(!html.contains(QStringLiteral("<script>")) && !html.contains(QStringLiteral("<img>")) && !html.contains(QStringLiteral("<b>")));
}

void AttachmentListTest::leavesOutOfAPictureWhatCannotBeSeen()
{
    QByteArray stacks("main;broad 1000000\nmain;narrow 1\n");
    stacks += QByteArray("deep;").repeated(500) + "end 1000000\n";
    const QString html = flameHtml(StackTree::parse(stacks), QStringLiteral("x")).markup();
    QVERIFY(html.contains(QStringLiteral(">broad<")));
    QVERIFY(!html.contains(QStringLiteral("narrow")));
    QCOMPARE(html.count(QStringLiteral("<title>deep")), kMostFlameRows);
    QByteArray many;
    for (int i = 0; i < 20'000; ++i)
        many += "f" + QByteArray::number(i % 1'000) + ";g" + QByteArray::number(i) + " 1\n";
    QVERIFY(flameHtml(StackTree::parse(many), QStringLiteral("x")).markup().count(QStringLiteral("<rect")) <= 3'000);
}

void AttachmentListTest::makesAPictureOfItsOwn()
{
    const StackTree tree = StackTree::parse("main;work;sort 3\nmain;idle 1\n");
    const QByteArray svg = flameSvg(tree, 3, QStringLiteral("flame-1.folded")); // work, with main above all of it
    QVERIFY(svg.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    QVERIFY(svg.contains("<style>") && svg.contains(">sort<") && !svg.contains("idle"));
}

void AttachmentListTest::linksToDashboardsAtTheTimeOfTheRun()
{
    ReportModel model;
    model.head.startedAtMs = 1'700'000'000'000;
    model.lengthSeconds = 12.5;
    model.head.facts.dashboards = {{QStringLiteral("<b>latency"), QStringLiteral("https://g.example/d/a?orgId=1")}};
    QCOMPARE(dumped(dashboardsJson(model)),
             QByteArray(R"([{"name":"<b>latency","url":"https://g.example/d/a?orgId=1&from=1700000000000&to=1700000012500"}])"));
    const QString html = dashboardsHtml(model).markup();
    QVERIFY(html.contains(QStringLiteral("rel=\"noopener noreferrer\"")));
    QVERIFY(html.contains(QStringLiteral("&lt;b&gt;latency</a>")) && !html.contains(QStringLiteral("<b>latency")));
    model.head.facts.dashboards = {{QStringLiteral("bad"), QStringLiteral("javascript:alert(1)")}}; // a reader refuses it before
    QVERIFY(!dashboardsHtml(model).markup().contains(QStringLiteral("href")));
    QVERIFY(dashboardsHtml(ReportModel()).isEmpty());
}

QTEST_GUILESS_MAIN(AttachmentListTest)
#include "tst_attachmentlist.moc"
