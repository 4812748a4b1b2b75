// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/loaddial.h"

#include "ui/run/loadscale.h"
#include "viewfixture.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>

using namespace Headroom;

class LoadDialTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stepsByAboutATenth_data();
    void stepsByAboutATenth();
    void stepsUpAndDownMeetAgain();
    void sliderComesNearEveryValue();
    void hasNothingToSteerWithoutARun();
    void showsThePlanUntilTheLoadIsSteered();
    void aTurnOfTheWheelIsOneChange();
    void plusMinusAndArrowsAreSteps();
    void returnSendsAtOnce();
    void thePlanDoesNotDisturbTyping();
    void escapeTakesTypingBack();
    void keepsAWishUntilTheRunTellsOfIt();
    void asksForUsersInTheClosedModel();
    void staysInRange();
    void sliderChangesTheLoad();
    void goesBackToPlan();
    void saysThatItIsPaused();
    void sendsNothingWhenItMayNot();
    void aNewRunForgetsTheHand();
    void namesItsControls();
};

namespace {

struct Fixture
{
    explicit Fixture(bool isOpenModel = true)
    {
        dial.setRun(viewFacts(isOpenModel));
        dial.setSteerable(true);
        dial.show();
        box->setFocus();
    }

    void wheel(int notches)
    {
        QWheelEvent event(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, {0, 120 * notches}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(box, &event);
    }
    double sentRate(qsizetype index = 0) const { return rates[index][0].value<Rate>().perSecond(); }
    QString text(const char *label) const { return dial.findChild<QLabel *>(QLatin1String(label))->text(); }

    LoadDial dial;
    QDoubleSpinBox *box = dial.findChild<QDoubleSpinBox *>(QStringLiteral("loadBox"));
    QSlider *slider = dial.findChild<QSlider *>(QStringLiteral("loadSlider"));
    QPushButton *back = dial.findChild<QPushButton *>(QStringLiteral("backToPlan"));
    QSignalSpy rates{&dial, &LoadDial::rateWanted};
    QSignalSpy users{&dial, &LoadDial::usersWanted};
};

} // namespace

void LoadDialTest::stepsByAboutATenth_data()
{
    QTest::addColumn<bool>("isOpenModel");
    QTest::addColumn<double>("from");
    QTest::addColumn<int>("steps");
    QTest::addColumn<double>("to");
    QTest::newRow("from nothing") << true << 0.0 << 1 << 1.0;
    QTest::newRow("small") << true << 3.0 << 1 << 4.0;
    QTest::newRow("10 by 1") << true << 10.0 << 1 << 11.0;
    QTest::newRow("20 by 2") << true << 20.0 << 1 << 22.0;
    QTest::newRow("60 by 5") << true << 60.0 << 1 << 65.0;
    QTest::newRow("100 by 10") << true << 100.0 << 1 << 110.0;
    QTest::newRow("250 by 20") << true << 250.0 << 1 << 270.0;
    QTest::newRow("999 by 50") << true << 999.0 << 1 << 1049.0;
    QTest::newRow("three steps") << true << 48.0 << 3 << 60.0; // 50, 55, 60: by 2, then by 5
    QTest::newRow("below 1/s") << true << 0.5 << -1 << 0.4;
    QTest::newRow("not below 0") << true << 0.0 << -1 << 0.0;
    QTest::newRow("users are whole") << false << 1.0 << -1 << 0.0;
    QTest::newRow("at the top") << false << 100'000.0 << 1 << 100'000.0;
}

void LoadDialTest::stepsByAboutATenth()
{
    QFETCH(bool, isOpenModel);
    QFETCH(double, from);
    QFETCH(int, steps);
    QTEST(LoadScale(*viewFacts(isOpenModel)).stepped(from, steps), "to");
}

void LoadDialTest::stepsUpAndDownMeetAgain()
{
    const LoadScale scale(*viewFacts());
    for (const double value : {1.0, 9.0, 10.0, 19.0, 20.0, 48.0, 50.0, 100.0, 200.0, 5000.0})
        QCOMPARE(scale.stepped(scale.stepped(value, 1), -1), value);
}

void LoadDialTest::sliderComesNearEveryValue()
{
    const LoadScale scale(*viewFacts()); // to ten times 60/s
    QCOMPARE(scale.valueAtSliderPlace(0), 0.0);
    QCOMPARE(scale.valueAtSliderPlace(LoadScale::kSliderEnd), 600.0);
    QCOMPARE(scale.sliderPlaceOf(1e6), LoadScale::kSliderEnd);
    for (const double value : {1.0, 10.0, 60.0, 100.0, 300.0})
        QCOMPARE(scale.valueAtSliderPlace(scale.sliderPlaceOf(value)), value);
}

void LoadDialTest::hasNothingToSteerWithoutARun()
{
    LoadDial dial;
    dial.setSteerable(true);
    QVERIFY(!dial.findChild<QDoubleSpinBox *>()->isEnabled());
    QVERIFY(!dial.findChild<QSlider *>()->isEnabled());
    QVERIFY(!dial.findChild<QPushButton *>()->isEnabled());
    dial.increase();
    QCOMPARE(dial.value(), 0.0);
}

void LoadDialTest::showsThePlanUntilTheLoadIsSteered()
{
    Fixture f;
    QCOMPARE(f.dial.value(), 60.0); // of the first stage
    f.dial.setPlanned(75.5);
    QCOMPARE(f.box->text(), QStringLiteral("75.5/s"));
    QCOMPARE(f.text("plannedLoad"), QStringLiteral("planned 75.5/s"));
    QCOMPARE(f.text("loadStanding"), QStringLiteral("as planned"));
    f.dial.setSteered({90.0, false});
    f.dial.setPlanned(80.0);
    QCOMPARE(f.dial.value(), 90.0);
    QCOMPARE(f.text("plannedLoad"), QStringLiteral("planned 80/s"));
    QCOMPARE(f.text("loadStanding"), QStringLiteral("set by hand"));
    f.dial.setSteered({});
    QCOMPARE(f.dial.value(), 80.0);
    QCOMPARE(f.rates.size(), 0); // showing is no wish
    f.dial.setPlanned(std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(f.dial.value(), 80.0);
}

void LoadDialTest::aTurnOfTheWheelIsOneChange()
{
    Fixture f;
    f.wheel(1);
    f.wheel(1);
    f.wheel(1); // 65, 70, 75
    QCOMPARE(f.rates.size(), 0);
    QTRY_COMPARE(f.rates.size(), 1);
    QCOMPARE(f.sentRate(), 75.0);
}

void LoadDialTest::plusMinusAndArrowsAreSteps()
{
    Fixture f;
    QTest::keyClick(f.box, Qt::Key_Plus);
    QCOMPARE(f.dial.value(), 65.0);
    QTest::keyClick(f.box, Qt::Key_Up);
    QCOMPARE(f.dial.value(), 70.0);
    QTest::keyClick(f.box, Qt::Key_Minus);
    QTest::keyClick(f.box, Qt::Key_Down);
    QCOMPARE(f.dial.value(), 60.0);
    f.dial.increase();
    f.dial.increase();
    f.dial.decrease();
    QCOMPARE(f.dial.value(), 65.0);
}

void LoadDialTest::returnSendsAtOnce()
{
    Fixture f;
    f.box->selectAll();
    QTest::keyClicks(f.box, QStringLiteral("120"));
    QCOMPARE(f.rates.size(), 0);
    QTest::keyClick(f.box, Qt::Key_Return);
    QCOMPARE(f.rates.size(), 1);
    QCOMPARE(f.sentRate(), 120.0);
    // What holds already is not asked for again.
    f.dial.setSteered({120.0, false});
    QTest::keyClick(f.box, Qt::Key_Return);
    QCOMPARE(f.rates.size(), 1);
}

void LoadDialTest::thePlanDoesNotDisturbTyping()
{
    Fixture f;
    f.box->selectAll();
    QTest::keyClicks(f.box, QStringLiteral("12"));
    f.dial.setPlanned(70.0);
    QCOMPARE(f.box->text(), QStringLiteral("12/s"));
    QTest::keyClicks(f.box, QStringLiteral("5"));
    QTest::keyClick(f.box, Qt::Key_Return);
    QCOMPARE(f.sentRate(), 125.0);
}

void LoadDialTest::escapeTakesTypingBack()
{
    Fixture f;
    f.box->selectAll();
    QTest::keyClicks(f.box, QStringLiteral("12"));
    QTest::keyClick(f.box, Qt::Key_Escape);
    QCOMPARE(f.box->text(), QStringLiteral("60/s"));
    f.dial.setPlanned(70.0);
    QCOMPARE(f.dial.value(), 70.0);
    QCOMPARE(f.rates.size(), 0);
}

void LoadDialTest::keepsAWishUntilTheRunTellsOfIt()
{
    Fixture f;
    f.dial.increase();
    QTRY_COMPARE(f.rates.size(), 1);
    f.dial.setPlanned(61.0); // a ramp goes on before the change takes effect
    QCOMPARE(f.dial.value(), 65.0);
    f.dial.setSteered({65.0, false});
    QCOMPARE(f.dial.value(), 65.0);
}

void LoadDialTest::asksForUsersInTheClosedModel()
{
    Fixture f(false);
    QCOMPARE(f.box->text(), QStringLiteral("20 users"));
    QCOMPARE(f.text("plannedLoad"), QStringLiteral("planned 20 users"));
    f.box->selectAll();
    QTest::keyClicks(f.box, QStringLiteral("25"));
    QTest::keyClick(f.box, Qt::Key_Return);
    QCOMPARE(f.users.size(), 1);
    QCOMPARE(f.users[0][0].toInt(), 25);
    QCOMPARE(f.rates.size(), 0);
}

void LoadDialTest::staysInRange()
{
    Fixture open;
    QCOMPARE(open.box->maximum(), 1e6);
    open.dial.setPlanned(1e12);
    QCOMPARE(open.dial.value(), 1e6);
    Fixture closed(false);
    QCOMPARE(closed.box->maximum(), 100'000.0);
    QCOMPARE(closed.box->minimum(), 0.0);
}

void LoadDialTest::sliderChangesTheLoad()
{
    Fixture f;
    f.slider->setValue(LoadScale::kSliderEnd);
    QCOMPARE(f.dial.value(), 600.0);
    QTRY_COMPARE(f.rates.size(), 1);
    QCOMPARE(f.sentRate(), 600.0);
    f.dial.setSteered({60.0, false});
    QCOMPARE(f.slider->value(), LoadScale(*viewFacts()).sliderPlaceOf(60.0));
    QVERIFY(f.rates.size() == 1);
}

void LoadDialTest::goesBackToPlan()
{
    Fixture f;
    QSignalSpy back(&f.dial, &LoadDial::backToPlanWanted);
    QVERIFY(!f.back->isEnabled());
    f.dial.setSteered({90.0, false});
    QVERIFY(f.back->isEnabled());
    f.dial.increase();
    f.back->click(); // also takes back what was on its way
    QCOMPARE(back.size(), 1);
    f.dial.setSteered({});
    QCOMPARE(f.dial.value(), 60.0);
    QVERIFY(!f.back->isEnabled());
    QCOMPARE(f.rates.size(), 0);
}

void LoadDialTest::saysThatItIsPaused()
{
    Fixture f;
    f.dial.setSteered({std::nullopt, true});
    QCOMPARE(f.text("loadStanding"), QStringLiteral("paused: nothing new is planned"));
    QVERIFY(f.back->isEnabled()); // ends a pause too
    f.dial.setSteered({});
    QCOMPARE(f.text("loadStanding"), QStringLiteral("as planned"));
}

void LoadDialTest::sendsNothingWhenItMayNot()
{
    Fixture f;
    f.dial.increase();
    f.dial.setSteerable(false); // the run drains before the wheel has come to rest
    QCOMPARE(f.dial.value(), 60.0);
    QVERIFY(!f.box->isEnabled());
    f.dial.increase();
    QCOMPARE(f.dial.value(), 60.0);
    QVERIFY(!f.rates.wait(300));
}

void LoadDialTest::aNewRunForgetsTheHand()
{
    Fixture f;
    f.dial.setSteered({90.0, true});
    f.dial.setRun(viewFacts(false));
    QCOMPARE(f.box->text(), QStringLiteral("20 users"));
    QCOMPARE(f.text("loadStanding"), QStringLiteral("as planned"));
    QVERIFY(!f.back->isEnabled());
}

void LoadDialTest::namesItsControls()
{
    Fixture f;
    QCOMPARE(f.box->accessibleName(), QStringLiteral("Rate"));
    QCOMPARE(f.box->accessibleDescription(), QStringLiteral("planned 60/s, as planned"));
    QVERIFY(!f.slider->accessibleName().isEmpty());
    QVERIFY(!f.back->text().isEmpty());
    f.dial.setRun(viewFacts(false));
    QCOMPARE(f.box->accessibleName(), QStringLiteral("Users"));
}

QTEST_MAIN(LoadDialTest)
#include "tst_loaddial.moc"
