// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionname.h"

#include "core/run/sessionstore.h"

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
    void ofTwoRunsThatWantOneEachGetsItsOwn();
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
    for (const char *state : {"", ".part", ""}) { // finished, or only begun
        names << freeSessionFileName(QDir(folder.path()), QStringLiteral("v1.2"), time);
        QFile file(folder.filePath(names.last()) + QLatin1String(state));
        QVERIFY(file.open(QIODevice::NewOnly));
    }
    QCOMPARE(names,
             (QStringList{QStringLiteral("v1.2-20260304-050607.headroom"), QStringLiteral("v1.2-20260304-050607-2.headroom"),
                          QStringLiteral("v1.2-20260304-050607-3.headroom")}));
}

void SessionNameTest::ofTwoRunsThatWantOneEachGetsItsOwn()
{
    // Both have looked for a free name before either made its file.
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x-20260304-050607.headroom"));
    SessionStore first(path, true);
    SessionStore second(path, true);
    SessionStore wished(path, false);
    QVERIFY(first.create({}).has_value());
    QVERIFY(second.create({}).has_value());
    QCOMPARE(first.path(), path);
    QCOMPARE(second.path(), folder.filePath(QStringLiteral("x-20260304-050607-2.headroom")));
    const auto refused = wished.create({});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, Error::Code::Unwritable);
    QVERIFY(second.finish({}, {}, 1).has_value());
    QVERIFY(QFile::exists(second.path()));
}

QTEST_GUILESS_MAIN(SessionNameTest)
#include "tst_sessionname.moc"
