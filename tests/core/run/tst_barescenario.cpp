// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/barescenario.h"
#include "core/run/preparation.h"

#include <QTest>

using namespace Headroom;

class BareScenarioTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAScenarioThatPlansWhatWasAsked_data();
    void isAScenarioThatPlansWhatWasAsked();
    void keepsTheUrlWhateverItHolds_data();
    void keepsTheUrlWhateverItHolds();
};

void BareScenarioTest::isAScenarioThatPlansWhatWasAsked_data()
{
    QTest::addColumn<LoadChange>("change");
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<int>("cap");
    QTest::addColumn<double>("arrivals"); // open, of the whole length
    QTest::newRow("nothing said: 10/s for 30 s") << LoadChange{} << true << 1000 << 300.0;
    QTest::newRow("50/s for 2 s") << LoadChange{.rate = Rate::perSecond(50), .duration = 2s} << true << 1000 << 100.0;
    QTest::newRow("a third a second for 30 s") << LoadChange{.rate = Rate::perSecond(1.0 / 3.0)} << true << 1000 << 10.0;
    QTest::newRow("with a cap") << LoadChange{.rate = Rate::perSecond(50), .users = 4} << true << 4 << 1500.0;
    QTest::newRow("users") << LoadChange{.users = 6} << false << 6 << 0.0;
    QTest::newRow("a count") << LoadChange{.iterations = 9} << false << 1 << 0.0;
}

void BareScenarioTest::isAScenarioThatPlansWhatWasAsked()
{
    QFETCH(LoadChange, change);
    const auto made = prepare(bareScenario(QUrl(QStringLiteral("http://127.0.0.1:8080/a")), change));
    QVERIFY(made);
    QCOMPARE(made->rules.front().text, QStringLiteral("errors < 1 %"));
    QTEST(made->plan->isOpenModel, "isOpen");
    QTEST(made->plan->userCap, "cap");
    QCOMPARE(made->plan->iterations, change.iterations);
    QFETCH(double, arrivals);
    if (arrivals > 0)
        QCOMPARE(made->plan->streams[0].schedule.countBefore(made->plan->length), std::uint64_t(arrivals));
}

void BareScenarioTest::keepsTheUrlWhateverItHolds_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("path and query") << QStringLiteral("http://127.0.0.1:8080/a/b?c=d&e=f");
    QTest::newRow("no path") << QStringLiteral("http://127.0.0.1:8080/");
    QTest::newRow("quotes and YAML") << QStringLiteral("http://127.0.0.1:8080/it's:%20%7Bx%7D?q='%23,%5B");
    QTest::newRow("IPv6") << QStringLiteral("http://[::1]:8080/x");
}

void BareScenarioTest::keepsTheUrlWhateverItHolds()
{
    QFETCH(QString, url);
    const auto made = prepare(bareScenario(QUrl(url, QUrl::StrictMode), {}));
    if (!made)
        qWarning().noquote() << made.error()[0].message;
    QVERIFY(made);
    QCOMPARE(made->plan->steps[0].request.url.toString(QUrl::FullyEncoded), url);
}

QTEST_GUILESS_MAIN(BareScenarioTest)
#include "tst_barescenario.moc"
