// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Headroom;

/// Every bundled scenario is fine, without a warning.
class ScenariosTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areFine_data();
    void areFine();
};

void ScenariosTest::areFine_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios"), {QStringLiteral("*.yaml")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QTest::newRow(qPrintable(files.fileName())) << path;
    }
}

void ScenariosTest::areFine()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto preparation = prepare(file.readAll());
    if (!preparation) {
        for (const Diagnostic &problem : preparation.error())
            qWarning().noquote() << formatDiagnostic(path, problem);
    }
    QVERIFY(preparation);
    QVERIFY(preparation->warnings.empty());
}

QTEST_GUILESS_MAIN(ScenariosTest)
#include "tst_scenarios.moc"
