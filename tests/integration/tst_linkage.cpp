// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"

#include <QProcess>
#include <QTest>

using namespace Headroom;

class LinkageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theCommandLineNeedsNoScreen();
};

void LinkageTest::theCommandLineNeedsNoScreen()
{
    QProcess ldd;
    ldd.start(QStringLiteral("ldd"), {headroomProgram()});
    QVERIFY(ldd.waitForFinished());
    const QByteArray libraries = ldd.readAllStandardOutput();
    QVERIFY(libraries.contains("libQt6Core"));
    for (const char *forbidden : {"libQt6Gui", "libQt6Widgets", "libQt6Charts", "libGL", "libxcb"})
        QVERIFY2(!libraries.contains(forbidden), forbidden);
}

QTEST_GUILESS_MAIN(LinkageTest)
#include "tst_linkage.moc"
