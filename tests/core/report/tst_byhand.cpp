// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/byhand.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/marktext.h"
#include "core/report/textsummary.h"
#include "tests/core/report/sessionfixture.h"

#include <QTest>

using namespace Headroom;

namespace {

/// 1 s of warm-up and 2 s measured as in smallFrames(), a paused second, and 0.5 s of drain; planned were 3 s.
ReportModel steeredReport(const std::vector<RunEvent> &events)
{
    SessionHead head = smallHead();
    head.facts.plannedLength = 3s;
    std::vector<MetricsFrame> frames = smallFrames();
    MetricsFrame paused = frames[2];
    paused.second = 3;
    paused.stage = {};
    paused.isMeasured = false;
    frames.insert(frames.begin() + 3, paused);
    frames[4].second = 4;
    Closing closing;
    closing.events = events;
    return reportOf(head, frames, closing);
}

RunEvent steer(const char *text) { return {3s, QStringLiteral("steer"), QString::fromLatin1(text)}; }

} // namespace

class ByHandTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsPausesForNothingElse();
    void countsChangesOfRules();
    void comparesTheLoadWithThePlan();
    void saysNothingOfARunNobodySteered();
    void standsInEveryReport();
};

void ByHandTest::countsPausesForNothingElse()
{
    const ReportModel model =
        steeredReport({steer("paused by hand"), steer("resumed after 1.00 s, as planned, at 6/s")});
    const ByHand byHand = byHandOf(model);
    QCOMPARE(byHand.changes, 2U);
    QCOMPARE(byHand.pausedSeconds, 1.0);
    QCOMPARE(byHand.loadSeconds, 4.0);
    QCOMPARE(model.measured.lengthSeconds, 2.0);
    QCOMPARE(model.totals.lengthSeconds, 4.5);
}

void ByHandTest::countsChangesOfRules()
{
    const RunEvent rule{3s, QStringLiteral("rule"), QStringLiteral("rule added by hand: errors < 1 % from 3 s")};
    QCOMPARE(byHandOf(steeredReport({steer("paused by hand"), rule})).changes, 2U);
    QCOMPARE(markText(rule), QStringLiteral("rule added"));
}

void ByHandTest::comparesTheLoadWithThePlan()
{
    QCOMPARE(byHandText(steeredReport({steer("paused by hand")})),
             QStringLiteral("1 change; paused for 0:01; the load took 0:04 instead of the planned 0:03"));
}

void ByHandTest::saysNothingOfARunNobodySteered()
{
    QCOMPARE(byHandText(smallReport()), QString());
    QVERIFY(!htmlReport(smallReport()).contains("By hand"));
}

void ByHandTest::standsInEveryReport()
{
    const ReportModel model = steeredReport({steer("paused by hand")});
    QVERIFY(htmlReport(model).contains("the load took 0:04 instead of the planned 0:03"));
    QVERIFY(textSummary(model).contains(QStringLiteral("steered by hand: 1 change; paused for 0:01")));
    const QByteArray json = jsonReport(model);
    QVERIFY2(json.contains("\"paused_s\": 1"), json.constData());
}

QTEST_GUILESS_MAIN(ByHandTest)
#include "tst_byhand.moc"
