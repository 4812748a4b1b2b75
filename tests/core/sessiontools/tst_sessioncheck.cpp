// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sessioncheck.h"
#include "tests/core/sessiontools/generators.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QString lineOf(const QString &path)
{
    const auto checked = checkSession(path);
    return checked ? checkText(*checked) : checked.error().text();
}

} // namespace

class SessionCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysThatItIsWhole();
    void saysWhereItWasInterrupted();
    void saysThatTheLogWasLeftBehind();
    void saysWhatIsDamaged();
    void saysThatThereIsNone();
    void tellsHowFarItIs();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

void SessionCheckTest::saysThatItIsWhole()
{
    const QString session = writeRecorded(path("whole.headroom"), {0, 1, 2});
    std::size_t samples = 0;
    for (const int second : {0, 1, 2})
        samples += recordedSecond(second).samples.kept.size();
    QCOMPARE(lineOf(session),
             QStringLiteral("whole; 0:03 long, %1 raw samples, 1 attachment, closed at 2023-11-14 22:23:20 UTC")
                 .arg(samples));
    QCOMPARE(lineOf(writeRecorded(path("empty.headroom"), {})),
             QStringLiteral("whole; 0:00 long, 1 attachment, closed at 2023-11-14 22:23:20 UTC"));
}

void SessionCheckTest::saysWhereItWasInterrupted()
{
    const QString session = writeRecorded(path("killed.headroom"), {0}, Ended::Killed, SampleKeeping::Off);
    QCOMPARE(lineOf(session), QStringLiteral("interrupted at 0:01, whole until then; 1 attachment"));
    auto writer = SessionWriter::create(path("short.headroom"), recordedHead());
    QVERIFY(writer.has_value());
    const QString part = (*writer)->partPath();
    MetricsFrame frame = recordedSecond(0).frame;
    frame.length = 250ms;
    QVERIFY((*writer)->append(frame).has_value());
    writer->reset();
    QCOMPARE(lineOf(part), QStringLiteral("interrupted at 0:00, whole until then"));
}

void SessionCheckTest::saysThatTheLogWasLeftBehind()
{
    // What a kill leaves: the file as it was when the run began, and all seconds in the log beside it.
    const auto writer = SessionWriter::create(path("running.headroom"), recordedHead());
    QVERIFY(writer.has_value());
    const RecordedSecond second = recordedSecond(0);
    QVERIFY((*writer)->append(second.frame, &second.samples).has_value());
    const QString part = (*writer)->partPath();
    const QString left = path("left.headroom.part");
    QVERIFY(QFile::copy(part, left));
    QCOMPARE(
        lineOf(left),
        left
            + QStringLiteral(": its run was killed and left a log, left.headroom.part-wal, which does not lie beside "
                             "it: what it ran after 0:00 is missing; put the log there, or copy both files"));
    QVERIFY(SessionReader::open(left).has_value()); // what is there can be looked at
    QVERIFY(QFile::copy(part + QStringLiteral("-wal"), left + QStringLiteral("-wal")));
    QVERIFY2(lineOf(left).startsWith(QStringLiteral("interrupted at 0:01, whole until then; ")),
             qPrintable(lineOf(left)));
}

void SessionCheckTest::saysWhatIsDamaged()
{
    const QString session = writeRecorded(path("damaged.headroom"), {0, 1});
    QCOMPARE(changeSession(session, "UPDATE frames SET in_flight = in_flight + 1 WHERE second = 0"), QString());
    const QString line = lineOf(session);
    QVERIFY2(line.startsWith(session + QStringLiteral(": ")) && line.contains(QStringLiteral("damaged")),
             qPrintable(line));
}

void SessionCheckTest::saysThatThereIsNone()
{
    QCOMPARE(checkSession(path("nowhere.headroom")).error().code, Error::Code::NotFound);
}

void SessionCheckTest::tellsHowFarItIs()
{
    const QString session = writeRecorded(path("long.headroom"), {0, 1, 2, 3, 4, 5});
    double last = -1.0;
    QVERIFY(checkSession(session, [&](double share) {
                QVERIFY(share >= last);
                last = share;
            }).has_value());
    QVERIFY(last >= 0.0);
}

QTEST_GUILESS_MAIN(SessionCheckTest)
#include "tst_sessioncheck.moc"
