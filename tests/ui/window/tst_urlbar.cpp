// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/urlbar.h"

#include "core/run/preparation.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace Headroom {

class UrlBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsForAScenarioThatARunTakes_data();
    void standsForAScenarioThatARunTakes();
    void cannotBeStartedWithWhatCannotBeRead_data();
    void cannotBeStartedWithWhatCannotBeRead();
    void startsByReturnOnlyWhileNothingRuns();
};

void UrlBarTest::standsForAScenarioThatARunTakes_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("duration");
    QTest::addColumn<int>("seconds");
    QTest::newRow("complete") << QStringLiteral("http://127.0.0.1:8080/a?b=c") << QStringLiteral("45 s") << 45;
    QTest::newRow("without a scheme") << QStringLiteral("127.0.0.1:8080") << QStringLiteral("2 min") << 120;
    QTest::newRow("by hand: at most an hour") << QStringLiteral("https://localhost/") << QString() << 3600;
}

void UrlBarTest::standsForAScenarioThatARunTakes()
{
    QFETCH(QString, url);
    QFETCH(QString, duration);
    UrlBar bar;
    bar.setContent({url, QStringLiteral("90/min"), duration});
    const auto scenario = bar.scenario();
    QVERIFY(scenario);
    const auto preparation = prepare(*scenario);
    QVERIFY(preparation);
    const Plan &plan = *preparation->plan;
    QTEST(int(plan.length / 1s), "seconds");
    QCOMPARE(plan.stages.front().from, 1.5); // 90 a minute
    QVERIFY(bar.findChild<QPushButton *>(QStringLiteral("runUrl"))->isEnabled());
}

void UrlBarTest::cannotBeStartedWithWhatCannotBeRead_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QString>("duration");
    const QString fine = QStringLiteral("http://127.0.0.1/");
    QTest::newRow("no URL") << QString() << QStringLiteral("1/s") << QStringLiteral("1 s");
    QTest::newRow("no host") << QStringLiteral("http:///x") << QStringLiteral("1/s") << QStringLiteral("1 s");
    QTest::newRow("with a password") << QStringLiteral("http://me:secret@127.0.0.1/") << QStringLiteral("1/s")
                                     << QStringLiteral("1 s");
    QTest::newRow("not HTTP") << QStringLiteral("ftp://127.0.0.1/") << QStringLiteral("1/s") << QStringLiteral("1 s");
    QTest::newRow("no rate") << fine << QString() << QStringLiteral("1 s");
    QTest::newRow("rate without a unit") << fine << QStringLiteral("5 apples") << QStringLiteral("1 s");
    QTest::newRow("wrong duration") << fine << QStringLiteral("1/s") << QStringLiteral("soon");
}

void UrlBarTest::cannotBeStartedWithWhatCannotBeRead()
{
    QFETCH(QString, url);
    QFETCH(QString, rate);
    QFETCH(QString, duration);
    UrlBar bar;
    bar.setContent({url, rate, duration});
    QVERIFY(!bar.scenario());
    QVERIFY(!bar.findChild<QPushButton *>(QStringLiteral("runUrl"))->isEnabled());
    QSignalSpy starts(&bar, &UrlBar::startWanted);
    QTest::keyClick(bar.findChild<QLineEdit *>(QStringLiteral("url")), Qt::Key_Return);
    QCOMPARE(starts.size(), 0);
    QVERIFY(!bar.content().url.contains(QStringLiteral("secret"))); // it would be written to the settings
}

void UrlBarTest::startsByReturnOnlyWhileNothingRuns()
{
    UrlBar bar;
    bar.setContent({QStringLiteral("http://127.0.0.1/"), QStringLiteral("1/s"), QStringLiteral("1 s")});
    QSignalSpy starts(&bar, &UrlBar::startWanted);
    bar.setStartable(false);
    QTest::keyClick(bar.findChild<QLineEdit *>(QStringLiteral("rate")), Qt::Key_Return);
    QCOMPARE(starts.size(), 0);
    bar.setStartable(true);
    QTest::keyClick(bar.findChild<QLineEdit *>(QStringLiteral("rate")), Qt::Key_Return);
    QCOMPARE(starts.size(), 1);
    QCOMPARE(starts.first().first().toByteArray(), *bar.scenario());
}

} // namespace Headroom

QTEST_MAIN(Headroom::UrlBarTest)
#include "tst_urlbar.moc"
