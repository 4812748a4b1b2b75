// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/ghostjob.h"

#include "tests/core/report/sessionfixture.h"
#include "ui/charts/runcharts.h"

#include <QTest>

using namespace Headroom;

class GhostJobTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasTheRowsThatTheWindowDraws();
    void readsARunThatWasKilled();
    void endsEarlyWhenItIsCanceled();
    void saysWhatCannotBeRead();
    void refusesASessionWithoutASecond();
    void namesTheRun();

private:
    QString write(const QString &name, const std::vector<MetricsFrame> &frames, bool isFinished = true);
    QTemporaryDir m_folder;
};

/// The path of the session; empty when it could not be written.
QString GhostJobTest::write(const QString &name, const std::vector<MetricsFrame> &frames, bool isFinished)
{
    const QString path = m_folder.filePath(name);
    auto writer = SessionWriter::create(path, smallHead());
    if (!writer)
        return {};
    for (const MetricsFrame &frame : frames) {
        if (!(*writer)->append(frame))
            return {};
    }
    if (!isFinished)
        return path + QStringLiteral(".part");
    return (*writer)->finish({}, smallHead().startedAtMs + 4000) ? path : QString();
}

void GhostJobTest::hasTheRowsThatTheWindowDraws()
{
    const Result<GhostLinesPtr> ghost = readGhost(write(QStringLiteral("whole.headroom"), smallFrames())).takeResult();
    QVERIFY2(ghost, qPrintable(ghost ? QString() : ghost.error().text()));
    const ReportModel model = smallReport();
    const auto rows = drawnRows(model.series); // without the drain of half a second
    QCOMPARE(rows.size(), 3);
    const RunCharts charts = chartsOf(model.head.facts, {});
    QCOMPARE((*ghost)->charts.size(), charts.charts.size() + charts.others.size());
    QCOMPARE((*ghost)->rows.columns(), charts.columns);
    QCOMPARE((*ghost)->rows.endTime(), 2.0);
    for (const ReportModel::SeriesRow &row : rows) {
        const auto values = chartValues(row, model.head.facts);
        for (std::size_t column = 0; column < values.size(); ++column)
            QCOMPARE((*ghost)->rows.valueAt(column, row.second), values[column]);
    }
}

void GhostJobTest::readsARunThatWasKilled()
{
    const Result<GhostLinesPtr> ghost =
        readGhost(write(QStringLiteral("killed.headroom"), smallFrames(), false)).takeResult();
    QVERIFY2(ghost, qPrintable(ghost ? QString() : ghost.error().text()));
    QCOMPARE((*ghost)->rows.endTime(), 2.0);
}

void GhostJobTest::endsEarlyWhenItIsCanceled()
{
    std::vector<MetricsFrame> frames;
    MetricsFrame frame = smallFrames()[1];
    for (frame.second = 0; frame.second < 500; ++frame.second)
        frames.push_back(frame);
    QFuture<Result<GhostLinesPtr>> reading = readGhost(write(QStringLiteral("long.headroom"), frames));
    reading.cancel();
    reading.waitForFinished();
    QVERIFY(reading.isCanceled());
    QVERIFY(reading.progressValue() < 100); // percent
}

void GhostJobTest::saysWhatCannotBeRead()
{
    const QString path = m_folder.filePath(QStringLiteral("nowhere.headroom"));
    const Result<GhostLinesPtr> ghost = readGhost(path).takeResult();
    QVERIFY(!ghost);
    QCOMPARE(ghost.error().subject, path);
    QVERIFY(!ghost.error().message.isEmpty());
}

void GhostJobTest::refusesASessionWithoutASecond()
{
    const Result<GhostLinesPtr> ghost = readGhost(write(QStringLiteral("empty.headroom"), {})).takeResult();
    QVERIFY(!ghost);
    QCOMPARE(ghost.error().code, Error::Code::InvalidInput);
    QVERIFY(ghost.error().message.contains(QStringLiteral("no second")));
}

void GhostJobTest::namesTheRun()
{
    SessionHead head;
    const QDateTime start(QDate(2026, 11, 20), QTime(14, 3, 59));
    head.startedAtMs = start.toMSecsSinceEpoch();
    head.facts.name = QStringLiteral("Retrieval\x1bmix");
    QCOMPARE(ghostName(head, start.addSecs(3600)), QStringLiteral("Retrieval\uFFFDmix, 14:03"));
    QCOMPARE(ghostName(head, start.addDays(1)), QStringLiteral("Retrieval\uFFFDmix, 2026-11-20 14:03"));
    head.facts.name = QStringLiteral("Mix");
    head.facts.profiles = {QStringLiteral("mode: stub"), QStringLiteral("environment: staging")};
    QCOMPARE(ghostName(head, start), QStringLiteral("Mix (mode: stub, environment: staging), 14:03"));
    head.facts.name = QString(500, QLatin1Char('x'));
    QVERIFY(ghostName(head, start).size() < 80);
}

QTEST_GUILESS_MAIN(GhostJobTest)
#include "tst_ghostjob.moc"
