// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/connectionnote.h"
#include "core/report/suitereport.h"
#include "core/report/sweepreport.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Headroom;

namespace {

const QString kQnam = QStringLiteral("qnam: HTTP/1.1, connections shared by all users");
const QString kDirect = QStringLiteral("direct: HTTP/1.1, one connection for each user");
const QString kNote =
    QStringLiteral("These runs did not make their requests alike, which changes their figures whatever the "
                   "target does: ");

RunSummary runBy(const QString &label, const QString &words)
{
    RunSummary run;
    run.label = label;
    run.transport = words.section(u':', 0, 0);
    run.connectionWords = words;
    return run;
}

QString fieldOf(const QByteArray &json, const char *name)
{
    return QJsonDocument::fromJson(json).object().value(QLatin1String(name)).toString();
}

/// In one line, however it was wrapped.
QString flat(const QString &text) { return QString(text).replace(u'\n', u' ').simplified(); }

} // namespace

/// Runs that stand side by side and did not make their requests alike.
class ConnectionNoteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysNothingOfRunsThatAreAlike();
    void namesWhoDidWhat();
    void seesADifferenceInOneOption();
    void shortensALongList();
    void standsInEverySweepReport();
    void standsInEverySuiteReport();
};

void ConnectionNoteTest::saysNothingOfRunsThatAreAlike()
{
    const RunSummary a = runBy(QStringLiteral("a"), kQnam);
    QVERIFY(connectionNote({}).isEmpty());
    QVERIFY(connectionNote({a}).isEmpty());
    QVERIFY(connectionNote({a, runBy(QStringLiteral("b"), kQnam)}).isEmpty());
    QVERIFY(connectionNote({a, failedRunSummary(QStringLiteral("b"), QStringLiteral("no target"), 3)}).isEmpty());
}

void ConnectionNoteTest::namesWhoDidWhat()
{
    QCOMPARE(connectionNote({runBy(QStringLiteral("a"), kQnam), runBy(QStringLiteral("b"), kDirect),
                             runBy(QStringLiteral("c"), kQnam)}),
             kNote + QStringLiteral("a, c by %1; b by %2").arg(kQnam, kDirect));
}

void ConnectionNoteTest::seesADifferenceInOneOption()
{
    RunSummary other = runBy(QStringLiteral("b"), kDirect);
    other.connections.sources = {QStringLiteral("127.0.0.2")};
    QVERIFY(!connectionNote({runBy(QStringLiteral("a"), kDirect), other}).isEmpty());
}

void ConnectionNoteTest::shortensALongList()
{
    std::vector<RunSummary> runs{runBy(QStringLiteral("x"), kDirect)};
    for (int i = 1; i <= 8; ++i)
        runs.push_back(runBy(QString::number(i), kQnam));
    QVERIFY(connectionNote(runs).endsWith(QStringLiteral("1, 2, 3, 4, 5, 6 and others by %1").arg(kQnam)));
}

void ConnectionNoteTest::standsInEverySweepReport()
{
    SweepReport sweep;
    sweep.parameter = QStringLiteral("target.transport");
    sweep.values = {QStringLiteral("qnam"), QStringLiteral("direct")};
    sweep.members = {runBy(QStringLiteral("qnam"), kQnam), runBy(QStringLiteral("direct"), kDirect)};
    const QString note = connectionNote(sweep.members);
    QVERIFY(flat(sweepText(sweep)).contains(note));
    QCOMPARE(fieldOf(sweepJson(sweep), "not_alike"), note);
    QVERIFY(sweepHtml(sweep).contains(note.toUtf8()));
    sweep.members.pop_back();
    QVERIFY(!sweepText(sweep).contains(QStringLiteral("alike")));
    QVERIFY(fieldOf(sweepJson(sweep), "not_alike").isEmpty());
    QVERIFY(!sweepHtml(sweep).contains("alike"));
}

void ConnectionNoteTest::standsInEverySuiteReport()
{
    SuiteReport suite;
    suite.planned = 2;
    for (const QString &words : {kQnam, kDirect}) {
        SuiteReport::Member member;
        member.run = runBy(words.first(4), words);
        suite.members.push_back(member);
    }
    const QString note = connectionNote(suite.runs());
    QVERIFY(flat(suiteText(suite)).contains(note));
    QCOMPARE(fieldOf(suiteJson(suite), "not_alike"), note);
    QVERIFY(suiteHtml(suite).contains(note.toUtf8()));
}

QTEST_GUILESS_MAIN(ConnectionNoteTest)
#include "tst_connectionnote.moc"
