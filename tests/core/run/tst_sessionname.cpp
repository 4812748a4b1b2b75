// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionname.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class SessionNameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isSafeAsAFilesName_data();
    void isSafeAsAFilesName();
    void isFreeInItsFolder();
};

void SessionNameTest::isSafeAsAFilesName_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("checkout") << QStringLiteral("checkout");
    QTest::newRow("spaces and slashes") << QStringLiteral("a b/../c") << QStringLiteral("a-b-..-c");
    QTest::newRow("never hidden, never an option") << QStringLiteral("-.-x") << QStringLiteral("x");
    QTest::newRow("nothing left") << QStringLiteral("../") << QStringLiteral("session");
    QTest::newRow("long") << QString(200, QLatin1Char('n')) << QString(80, QLatin1Char('n'));
}

void SessionNameTest::isSafeAsAFilesName()
{
    QFETCH(QString, scenario);
    QFETCH(QString, expected);
    const QDateTime time(QDate(2026, 3, 4), QTime(5, 6, 7));
    QCOMPARE(sessionFileName(scenario, time), expected + QStringLiteral("-20260304-050607.headroom"));
}

void SessionNameTest::isFreeInItsFolder()
{
    const QTemporaryDir folder;
    const QDateTime time(QDate(2026, 3, 4), QTime(5, 6, 7));
    QStringList names;
    for (int i = 0; i < 3; ++i) {
        names << freeSessionFileName(QDir(folder.path()), QStringLiteral("v1.2"), time);
        QFile file(folder.filePath(names.last()));
        QVERIFY(file.open(QIODevice::NewOnly));
    }
    QCOMPARE(names,
             (QStringList{QStringLiteral("v1.2-20260304-050607.headroom"), QStringLiteral("v1.2-20260304-050607-2.headroom"),
                          QStringLiteral("v1.2-20260304-050607-3.headroom")}));
}

QTEST_GUILESS_MAIN(SessionNameTest)
#include "tst_sessionname.moc"
