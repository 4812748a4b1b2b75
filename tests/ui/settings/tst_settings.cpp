// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace Headroom {

class SettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsWithItsDefaults();
    void keepsWhatWasSet();
    void keepsTenRecentFilesNewestFirst();
    void leavesOutRecentFilesThatAreGone();
    void countsNonsenseAsMissing();
    void allowsAHostOnceWhateverItsCase();
    void allowsACommandForOneScenarioByItsVeryWords();
    void forgetsCommandsOfScenariosWithoutAFile();
    void keepsWhatWasAddedToChartsByScenario();

private:
    QString file() const
    {
        return m_folder.filePath(QLatin1String(QTest::currentTestFunction()) + QStringLiteral(".ini"));
    }
    QString made(const QString &name) const;
    QTemporaryDir m_folder;
};

QString SettingsTest::made(const QString &name) const
{
    QFile made(m_folder.filePath(name));
    return made.open(QIODevice::WriteOnly) ? made.fileName() : QString();
}

void SettingsTest::beginsWithItsDefaults()
{
    const Settings settings(file());
    QCOMPARE(settings.colorMode(), ColorMode::System);
    QVERIFY(!settings.chartSpanSeconds());
    QVERIFY(!settings.isLogarithmic());
    QVERIFY(settings.recentFiles().isEmpty());
    QCOMPARE(settings.lastFolder(), QDir::homePath());
    QCOMPARE(settings.bareRun().rate, QStringLiteral("10/s"));
}

void SettingsTest::keepsWhatWasSet()
{
    {
        Settings settings(file());
        settings.setColorMode(ColorMode::Dark);
        settings.setChartSpanSeconds(300.0);
        settings.setHiddenCharts({QStringLiteral("cpu")});
        settings.setBareRun({QStringLiteral("http://127.0.0.1/"), QStringLiteral("5/s"), QString()});
        settings.setWindow("geometry", "layout");
    }
    const Settings settings(file());
    QCOMPARE(settings.colorMode(), ColorMode::Dark);
    QCOMPARE(settings.chartSpanSeconds(), 300.0);
    QCOMPARE(settings.hiddenCharts(), QStringList{QStringLiteral("cpu")});
    QCOMPARE(settings.bareRun().rate, QStringLiteral("5/s"));
    QCOMPARE(settings.bareRun().duration, QString());
    QCOMPARE(settings.geometry(), "geometry");
    QCOMPARE(settings.layout(), "layout");
}

void SettingsTest::keepsTenRecentFilesNewestFirst()
{
    Settings settings(file());
    QStringList expected;
    for (int i = 0; i < 12; ++i) {
        const QString path = made(QStringLiteral("%1.yaml").arg(i));
        settings.addRecentFile(path);
        expected.prepend(path);
    }
    QCOMPARE(settings.recentFiles(), expected.first(10));
    settings.addRecentFile(expected.at(3)); // again: moves to the front, once
    QCOMPARE(settings.recentFiles().first(), expected.at(3));
    QCOMPARE(settings.recentFiles().count(expected.at(3)), 1);
}

void SettingsTest::leavesOutRecentFilesThatAreGone()
{
    Settings settings(file());
    const QString path = made(QStringLiteral("gone.yaml"));
    settings.addRecentFile(path);
    QFile::remove(path);
    QVERIFY(settings.recentFiles().isEmpty());
}

void SettingsTest::countsNonsenseAsMissing()
{
    {
        QSettings store(file(), QSettings::IniFormat);
        store.setValue(QStringLiteral("window/colors"), QStringLiteral("mauve"));
        store.setValue(QStringLiteral("charts/spanSeconds"), QStringLiteral("-5"));
        store.setValue(QStringLiteral("files/folder"), QStringLiteral("/does/not/exist"));
    }
    const Settings settings(file());
    QCOMPARE(settings.colorMode(), ColorMode::System);
    QVERIFY(!settings.chartSpanSeconds());
    QCOMPARE(settings.lastFolder(), QDir::homePath());
}

void SettingsTest::allowsAHostOnceWhateverItsCase()
{
    Settings settings(file());
    settings.allowHosts({QStringLiteral("Example.org"), QStringLiteral("example.org"), QStringLiteral("example.net")});
    QCOMPARE(settings.allowedHosts(), (QStringList{QStringLiteral("Example.org"), QStringLiteral("example.net")}));
}

void SettingsTest::allowsACommandForOneScenarioByItsVeryWords()
{
    const QString scenario = QStringLiteral("/home/me/a.yaml");
    Settings(file()).allowCommands(scenario, {QStringLiteral("./server --port 80")});
    const Settings settings(file());
    QVERIFY(settings.isCommandAllowed(scenario, QStringLiteral("./server --port 80")));
    QVERIFY(!settings.isCommandAllowed(scenario, QStringLiteral("./server --port 81")));
    QVERIFY(!settings.isCommandAllowed(QStringLiteral("/tmp/a.yaml"), QStringLiteral("./server --port 80")));
    QVERIFY(!settings.isCommandAllowed({}, QStringLiteral("./server --port 80")));
}

void SettingsTest::forgetsCommandsOfScenariosWithoutAFile()
{
    Settings settings(file());
    settings.allowCommands({}, {QStringLiteral("./server")});
    QVERIFY(settings.isCommandAllowed({}, QStringLiteral("./server")));
    QVERIFY(!Settings(file()).isCommandAllowed({}, QStringLiteral("./server")));
}

void SettingsTest::keepsWhatWasAddedToChartsByScenario()
{
    const QString text = QStringLiteral("{\"lines\":[{\"line\":\"a\\nb, \\\"c\\\"\"}]}");
    {
        Settings settings(file());
        settings.setChartChoices(QStringLiteral("Mix"), text);
        settings.setChartChoices(QStringLiteral("Mix 2"), QStringLiteral("{}"));
        settings.setChartChoices({}, text); // no scenario
        for (int i = 0; i < 98; ++i)
            settings.setChartChoices(QStringLiteral("other %1").arg(i), text);
    }
    Settings settings(file());
    QCOMPARE(settings.chartChoices(QStringLiteral("Mix")), text);
    QCOMPARE(settings.chartChoices(QStringLiteral("unknown")), QString());
    settings.setChartChoices(QStringLiteral("one more"), text);
    QCOMPARE(settings.chartChoices(QStringLiteral("Mix")), QString()); // the oldest of a hundred
    settings.setChartChoices(QStringLiteral("Mix 2"), {});
    QCOMPARE(settings.chartChoices(QStringLiteral("Mix 2")), QString());
}

} // namespace Headroom

QTEST_GUILESS_MAIN(Headroom::SettingsTest)
#include "tst_settings.moc"
