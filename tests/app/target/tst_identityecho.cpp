// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/identityecho.h"

#include <QTest>

using namespace Headroom;

class IdentityEchoTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsUsersApart();
    void givesAwaySomebodyElseAtItsShare();
    void saysNothingOfWhoSaysNothing();
};

void IdentityEchoTest::keepsUsersApart()
{
    IdentityEcho echo(1, 0.0);
    for (int i = 0; i < 100; ++i) {
        const QByteArray own = "agent-" + QByteArray::number(i % 7);
        QCOMPARE(echo.of(own, std::uint64_t(i)), own);
    }
}

void IdentityEchoTest::givesAwaySomebodyElseAtItsShare()
{
    IdentityEcho echo(1, 0.2);
    QCOMPARE(IdentityEcho(1, 1.0).of("a", 0), "a"); // there is nobody else yet
    int leaks = 0;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray own = i % 2 ? "b" : "a";
        leaks += echo.of(own, std::uint64_t(i)) != own;
    }
    // 1000 times 20 %: 200, with a standard deviation of 13.
    QVERIFY2(leaks > 150 && leaks < 250, qPrintable(QString::number(leaks)));
}

void IdentityEchoTest::saysNothingOfWhoSaysNothing()
{
    IdentityEcho echo(1, 1.0);
    echo.of("a", 0);
    QCOMPARE(echo.of("", 1), "");
}

QTEST_GUILESS_MAIN(IdentityEchoTest)
#include "tst_identityecho.moc"
