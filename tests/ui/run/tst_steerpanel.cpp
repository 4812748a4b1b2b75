// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steerpanel.h"

#include "viewfixture.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace Headroom;

namespace {

/// Two weighted flows, 3 to 1, and one with a rate of its own between them.
RunFactsPtr facts()
{
    RunFacts facts = *viewFacts();
    facts.flows = {{QStringLiteral("search"), 0.75, std::nullopt},
                   {QStringLiteral("health"), 0.0, 1.0},
                   {QStringLiteral("buy"), 0.25, std::nullopt}};
    return std::make_shared<const RunFacts>(facts);
}

struct Fixture
{
    Fixture()
    {
        panel.setRun(facts());
        panel.setSteerable(true);
        panel.show();
    }
    QDoubleSpinBox *box(const char *name) const { return panel.findChild<QDoubleSpinBox *>(QLatin1String(name)); }
    QPushButton *button(const char *name) const { return panel.findChild<QPushButton *>(QLatin1String(name)); }

    SteerPanel panel;
    QSignalSpy mixes{&panel, &SteerPanel::mixWanted};
    QSignalSpy factors{&panel, &SteerPanel::thinkFactorWanted};
    QSignalSpy backs{&panel, &SteerPanel::backToPlanWanted};
};

} // namespace

class SteerPanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsThePlanAtFirst();
    void sendsOnlyWhatWasChangedAndOnlyOnApply();
    void sliderAndBoxFollowEachOther();
    void sendsAMixThatGoesBackByHand();
    void refusesAMixOfNothing();
    void keepsWhatIsTypedUntilItIsApplied();
    void goesBackToPlan();
    void hasNoMixWithOneFlow();
    void doesNothingWhenItMayNot();
    void namesItsControls();
};

void SteerPanelTest::showsThePlanAtFirst()
{
    const Fixture f;
    QCOMPARE(f.box("weight0Box")->value(), 75.0);
    QVERIFY(!f.box("weight1Box")); // keeps its own rate
    QCOMPARE(f.box("weight2Box")->value(), 25.0);
    QCOMPARE(f.box("thinkBox")->value(), 1.0);
    QVERIFY(!f.button("applySteering")->isEnabled());
    QVERIFY(!f.button("steerBackToPlan")->isEnabled());
}

void SteerPanelTest::sendsOnlyWhatWasChangedAndOnlyOnApply()
{
    Fixture f;
    f.box("weight2Box")->setValue(75.0);
    QCOMPARE(f.mixes.size(), 0);
    f.button("applySteering")->click();
    QCOMPARE(f.mixes.size(), 1);
    QCOMPARE(f.mixes[0][0].value<std::vector<double>>(), (std::vector<double>{75.0, 75.0}));
    QCOMPARE(f.factors.size(), 0);
    f.panel.setSteered({.mix = {75.0, 75.0}});
    f.box("thinkBox")->setValue(0.5);
    f.panel.apply();
    QCOMPARE(f.mixes.size(), 1);
    QCOMPARE(f.factors[0][0].toDouble(), 0.5);
    f.panel.apply(); // nothing is left to apply
    QCOMPARE(f.factors.size(), 1);
}

void SteerPanelTest::sliderAndBoxFollowEachOther()
{
    const Fixture f;
    auto *slider = f.panel.findChild<QSlider *>(QStringLiteral("thinkSlider"));
    QCOMPARE(slider->value(), 100); // of 1000: 1 of 10
    slider->setValue(250);
    QCOMPARE(f.box("thinkBox")->value(), 2.5);
    f.box("thinkBox")->setValue(10.0);
    QCOMPARE(slider->value(), 1000);
}

void SteerPanelTest::sendsAMixThatGoesBackByHand()
{
    Fixture f;
    f.panel.setSteered({.mix = {10.0, 90.0}});
    QCOMPARE(f.box("weight0Box")->value(), 10.0);
    f.box("weight0Box")->setValue(75.0);
    f.box("weight2Box")->setValue(25.0);
    f.panel.apply();
    QCOMPARE(f.mixes.size(), 1);
}

void SteerPanelTest::refusesAMixOfNothing()
{
    Fixture f;
    f.box("weight0Box")->setValue(0.0);
    QVERIFY(f.button("applySteering")->isEnabled());
    f.box("weight2Box")->setValue(0.0);
    QVERIFY(!f.button("applySteering")->isEnabled());
    f.panel.apply();
    QCOMPARE(f.mixes.size(), 0);
}

void SteerPanelTest::keepsWhatIsTypedUntilItIsApplied()
{
    Fixture f;
    f.box("weight0Box")->setValue(40.0);
    f.panel.setSteered({.value = 80.0}); // somebody set the rate
    QCOMPARE(f.box("weight0Box")->value(), 40.0);
    f.panel.apply();
    f.panel.setSteered({.value = 80.0, .mix = {41.0, 25.0}});
    QCOMPARE(f.box("weight0Box")->value(), 41.0);
}

void SteerPanelTest::goesBackToPlan()
{
    Fixture f;
    f.panel.setSteered({.mix = {10.0, 90.0}, .thinkFactor = 3.0});
    f.box("thinkBox")->setValue(4.0);
    f.button("steerBackToPlan")->click();
    QCOMPARE(f.backs.size(), 1);
    f.panel.setSteered({});
    QCOMPARE(f.box("thinkBox")->value(), 1.0);
    QCOMPARE(f.box("weight0Box")->value(), 75.0);
}

void SteerPanelTest::hasNoMixWithOneFlow()
{
    Fixture f;
    RunFacts one = *viewFacts();
    one.flows = {{QStringLiteral("only"), 1.0, std::nullopt}};
    f.panel.setRun(std::make_shared<const RunFacts>(one));
    QVERIFY(!f.box("weight0Box"));
    f.box("thinkBox")->setValue(2.0);
    f.panel.apply();
    QCOMPARE(f.mixes.size(), 0);
    QCOMPARE(f.factors.size(), 1);
}

void SteerPanelTest::doesNothingWhenItMayNot()
{
    Fixture f;
    f.box("thinkBox")->setValue(2.0);
    f.panel.setSteerable(false); // the run drains
    QCOMPARE(f.box("thinkBox")->value(), 1.0);
    QVERIFY(!f.box("thinkBox")->isEnabled());
    f.panel.apply();
    QCOMPARE(f.factors.size(), 0);
}

void SteerPanelTest::namesItsControls()
{
    const Fixture f;
    QCOMPARE(f.box("weight0Box")->accessibleName(), QStringLiteral("Weight of search"));
    for (const QWidget *widget : f.panel.findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) && !widget->objectName().startsWith(QLatin1String("qt_"))) {
            const auto *button = qobject_cast<const QPushButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(widget->objectName()));
        }
    }
}

QTEST_MAIN(SteerPanelTest)
#include "tst_steerpanel.moc"
