// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonreport.h"
#include "core/session/sessionschema.h"
#include "tests/core/session/samplesession.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Headroom;

/// A run that cannot be reopened did not happen: sessions of every version that was ever released open, verify and give
/// the report that they gave.
///
/// tests/data/sessions/version-N.headroom is a session as the writer of version N left it: the sample session with its
/// seconds 0, 1, 59 and 60, the first minute merged, every field filled, raw samples and an attachment. It is made once,
/// by HEADROOM_UPDATE_GOLDEN=1 while the file is missing, and never again after version N was released. The report beside
/// it follows wanted changes of reports, by the same variable.
class SessionVersionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void opensEveryVersion_data();
    void opensEveryVersion();
    void hasOneOfTodaysVersion();
};

namespace {

const QString kFolder = QStringLiteral(HEADROOM_SOURCE_DIR "/tests/data/sessions/");

bool isUpdating() { return qEnvironmentVariableIntValue("HEADROOM_UPDATE_GOLDEN") == 1; }

Result<void> writeTodays(const QString &path)
{
    const auto writer = SessionWriter::create(path, sampleHead());
    if (!writer)
        return std::unexpected(writer.error());
    Result<void> done = (*writer)->attach(sampleAttachment());
    for (const int second : {0, 1, 59, 60}) {
        const SecondSamples samples = sampleSamples(second);
        if (done)
            done = (*writer)->append(sampleFrame(second), &samples);
    }
    if (done)
        done = (*writer)->append(RunEvent{2s, QStringLiteral("note"), QStringLiteral("of no frame")});
    return done ? (*writer)->finish(sampleEnding(), kSampleEndedAtMs) : done;
}

QString todays() { return kFolder + QStringLiteral("version-%1.headroom").arg(kSessionVersion); }

} // namespace

void SessionVersionsTest::initTestCase()
{
    if (!isUpdating() || QFile::exists(todays()))
        return;
    QVERIFY(QDir().mkpath(kFolder));
    const auto written = writeTodays(todays());
    QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().text()));
    QVERIFY(QFile::setPermissions(todays(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
}

void SessionVersionsTest::opensEveryVersion_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &name : QDir(kFolder).entryList({QStringLiteral("*.headroom")}))
        QTest::newRow(qPrintable(name)) << kFolder + name;
}

void SessionVersionsTest::opensEveryVersion()
{
    QFETCH(QString, path);
    const auto session = SessionReader::open(path);
    QVERIFY2(session.has_value(), session ? "" : qPrintable(session.error().text()));
    const auto verified = (*session)->verify();
    QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().text()));
    const auto model = buildReport(**session);
    QVERIFY2(model.has_value(), model ? "" : qPrintable(model.error().text()));
    QFile golden(path.chopped(QLatin1String("headroom").size()) + QLatin1String("json"));
    if (isUpdating()) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(jsonReport(*model));
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), qPrintable(golden.fileName()));
    const QList<QByteArray> expected = golden.readAll().split('\n');
    const QList<QByteArray> actual = jsonReport(*model).split('\n');
    for (qsizetype line = 0; line < std::min(expected.size(), actual.size()); ++line)
        QCOMPARE(actual[line], expected[line]);
    QCOMPARE(actual.size(), expected.size());
}

void SessionVersionsTest::hasOneOfTodaysVersion()
{
    const auto session = SessionReader::open(todays());
    QVERIFY2(session.has_value(), session ? "" : qPrintable(session.error().text()));
    QCOMPARE((*session)->head(), sampleHead());
    QCOMPARE((*session)->attachments().size(), 1U);
    QCOMPARE((*session)->sampleTotals().kept, 8U); // two of each second
    QVERIFY((*session)->merged(0, 60).has_value());
}

QTEST_GUILESS_MAIN(SessionVersionsTest)
#include "tst_sessionversions.moc"
