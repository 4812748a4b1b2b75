// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/sessionjobs.h"

#include "core/report/jsonreport.h"
#include "core/report/reportmodel.h"
#include "core/session/sessionwriter.h"
#include "tests/support/framebuilder.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace Headroom {

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class SessionJobsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void exportsTheReportThatTheSessionGives();
    void refusesAnEndingThatIsNoReport();
    void leavesAnExistingFileWhenTheSessionCannotBeRead();
    void copiesEveryByte();
    void saysWhatCannotBeWritten();
    void givesTwoRunsOfASecondTwoNames();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    QString m_session;
};

void SessionJobsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_session = path(QStringLiteral("small.headroom"));
    SessionHead head;
    head.facts = exampleFacts();
    auto writer = SessionWriter::create(m_session, head);
    QVERIFY(writer);
    QVERIFY((*writer)->append(FrameBuilder(0).answered(0, 10, 20ms).iterations(10, 10)));
    QVERIFY((*writer)->finish({}, 1000));
}

void SessionJobsTest::exportsTheReportThatTheSessionGives()
{
    const QString file = path(QStringLiteral("report.json"));
    QVERIFY(exportReport(m_session, file).takeResult());
    const auto session = SessionReader::open(m_session);
    QVERIFY(session);
    QCOMPARE(bytesOf(file), jsonReport(*buildReport(**session)));
    const QString page = path(QStringLiteral("report.HTML"));
    QVERIFY(exportReport(m_session, page).takeResult());
    QVERIFY(bytesOf(page).contains("<html"));
}

void SessionJobsTest::refusesAnEndingThatIsNoReport()
{
    const Result<void> result = exportReport(m_session, path(QStringLiteral("report.pdf"))).takeResult();
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::InvalidInput);
    QVERIFY(result.error().message.contains(QStringLiteral(".html or .json")));
    QVERIFY(!QFile::exists(path(QStringLiteral("report.pdf"))));
}

void SessionJobsTest::leavesAnExistingFileWhenTheSessionCannotBeRead()
{
    QFile old(path(QStringLiteral("old.json")));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    QVERIFY(!exportReport(path(QStringLiteral("none.headroom")), old.fileName()).takeResult());
    QCOMPARE(bytesOf(old.fileName()), "old");
}

void SessionJobsTest::copiesEveryByte()
{
    const QString copy = path(QStringLiteral("copy.headroom"));
    QVERIFY(copySession(m_session, copy).takeResult());
    QCOMPARE(bytesOf(copy), bytesOf(m_session));
}

void SessionJobsTest::saysWhatCannotBeWritten()
{
    const QString nowhere = path(QStringLiteral("no/such/folder.headroom"));
    const Result<void> result = copySession(m_session, nowhere).takeResult();
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Unwritable);
    QCOMPARE(result.error().subject, nowhere);
}

void SessionJobsTest::givesTwoRunsOfASecondTwoNames()
{
    QStringList paths;
    for (int i = 0; i < 3; ++i) {
        const Result<QString> next = newSessionPath(QStringLiteral("a/b ../c"));
        QVERIFY(next);
        QVERIFY(QFile(*next).open(QIODevice::WriteOnly));
        QVERIFY(!paths.contains(*next));
        QVERIFY(!QFileInfo(*next).fileName().contains(QLatin1Char('/')));
        paths.append(*next);
    }
    for (const QString &made : paths)
        QFile::remove(made);
}

} // namespace Headroom

QTEST_GUILESS_MAIN(Headroom::SessionJobsTest)
#include "tst_sessionjobs.moc"
