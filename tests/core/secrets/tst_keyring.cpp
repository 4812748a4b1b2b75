// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keyring.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// A real Secret Service (GNOME Keyring) on a bus of its own, unlocked by a password that the test gives it.
class KeyringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void keepsWhatItWasGiven();
    void givesAnEntryAnotherValue();
    void tellsEntriesOfTheSameNameApart();
    void saysWhenThereIsNoSuchEntry();
    void refusesWhatIsNoLocation();

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_service;
};

void KeyringTest::initTestCase()
{
    // Of this process too: the session bus is looked up when it is used for the first time.
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
    QVERIFY(QDir(m_home.path()).mkpath(QStringLiteral("data/keyrings"))); // it makes no folders
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                 QStringLiteral("--address=unix:path=") + m_home.filePath(QStringLiteral("bus"))});
    QVERIFY2(m_bus.waitForStarted(), qPrintable(m_bus.errorString()));
    QVERIFY(m_bus.waitForReadyRead(20'000));
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    m_service.setProcessChannelMode(QProcess::MergedChannels);
    m_service.start(QStringLiteral("gnome-keyring-daemon"),
                    {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets"),
                     QStringLiteral("--control-directory=") + m_home.path()});
    QVERIFY2(m_service.waitForStarted(), qPrintable(m_service.errorString()));
    m_service.write("a password of this test");
    QVERIFY(m_service.waitForBytesWritten());
    m_service.closeWriteChannel();
    // Asked before it has made its collection from the password, it would wait for somebody at a dialog.
    const QString collection = m_home.filePath(QStringLiteral("data/keyrings/login.keyring"));
    QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(collection), m_service.readAll(), 30'000);
    const auto isThere = [] {
        const auto read = Keyring::read(QStringLiteral("headroom/NOBODY"));
        return !read && read.error().code == Error::Code::NotFound;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 30'000);
}

void KeyringTest::cleanupTestCase()
{
    m_service.terminate();
    m_bus.terminate();
    m_service.waitForFinished(20'000);
    m_bus.waitForFinished(20'000);
}

void KeyringTest::keepsWhatItWasGiven()
{
    const QString value = QStringLiteral("päss wörd\n\"with\" 100 %");
    const auto written = Keyring::write(QStringLiteral("headroom/TOKEN"), value);
    QVERIFY2(written, written ? "" : qPrintable(written.error().text()));
    const auto read = Keyring::read(QStringLiteral("headroom/TOKEN"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(*read, value);
}

void KeyringTest::givesAnEntryAnotherValue()
{
    QVERIFY(Keyring::write(QStringLiteral("headroom/CHANGED"), QStringLiteral("first")));
    QVERIFY(Keyring::write(QStringLiteral("headroom/CHANGED"), QStringLiteral("second")));
    QCOMPARE(Keyring::read(QStringLiteral("headroom/CHANGED")).value_or(QString()), QStringLiteral("second"));
}

void KeyringTest::tellsEntriesOfTheSameNameApart()
{
    QVERIFY(Keyring::write(QStringLiteral("staging/TOKEN2"), QStringLiteral("of staging")));
    QVERIFY(Keyring::write(QStringLiteral("production/TOKEN2"), QStringLiteral("of production")));
    QCOMPARE(Keyring::read(QStringLiteral("staging/TOKEN2")).value_or(QString()), QStringLiteral("of staging"));
    QCOMPARE(Keyring::read(QStringLiteral("production/TOKEN2")).value_or(QString()), QStringLiteral("of production"));
}

void KeyringTest::saysWhenThereIsNoSuchEntry()
{
    const auto read = Keyring::read(QStringLiteral("headroom/NOBODY"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, Error::Code::NotFound);
}

void KeyringTest::refusesWhatIsNoLocation()
{
    for (const char *location : {"", "nothing", "/entry", "service/"}) {
        const auto read = Keyring::read(QString::fromLatin1(location));
        QVERIFY(!read);
        QCOMPARE(read.error().code, Error::Code::InvalidInput);
    }
}

QTEST_GUILESS_MAIN(KeyringTest)
#include "tst_keyring.moc"
