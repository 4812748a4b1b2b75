// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/attachmentlist.h"

#include <QTest>

using namespace Headroom;

class AttachmentListTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatLiesInTheSession();
    void aNameIsNoMarkup();
    void longListsSayHowManyMore();
    void isNothingWithoutAny();
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

QTEST_GUILESS_MAIN(AttachmentListTest)
#include "tst_attachmentlist.moc"
