// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/profilebar.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

namespace Headroom {

namespace {

ProfileOffer offer()
{
    return {{{QStringLiteral("mode"), {QStringLiteral("stub"), QStringLiteral("real")}},
             {QStringLiteral("size"), {QStringLiteral("s"), QStringLiteral("m")}}},
            {QStringLiteral("staging"), QStringLiteral("production")}};
}

QStringList entriesOf(const QComboBox &box)
{
    QStringList entries;
    for (int i = 0; i < box.count(); ++i)
        entries.append(box.itemText(i));
    return entries;
}

} // namespace

class ProfileBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasABoxForEachGroupAndTheEnvironments();
    void choosesByKeyboard();
    void takesWhatWasChosenBefore();
    void forgetsWhatIsNoLongerOffered();
    void isEmptyWithoutAnOffer();
    void showsForeignNamesAsTheyAre();

private:
    static QComboBox *box(const ProfileBar &bar, const char *name)
    {
        return bar.findChild<QComboBox *>(QLatin1String(name));
    }
};

void ProfileBarTest::hasABoxForEachGroupAndTheEnvironments()
{
    ProfileBar bar;
    bar.setOffer(offer());
    QCOMPARE(bar.findChildren<QComboBox *>().size(), 3);
    QCOMPARE(entriesOf(*box(bar, "profile.mode")), (QStringList{QStringLiteral("stub"), QStringLiteral("real")}));
    QCOMPARE(entriesOf(*box(bar, "environment")),
             (QStringList{QStringLiteral("none"), QStringLiteral("staging"), QStringLiteral("production")}));
    QCOMPARE(box(bar, "profile.mode")->accessibleName(), QStringLiteral("mode"));
    QVERIFY(bar.choice().isEmpty());
}

void ProfileBarTest::choosesByKeyboard()
{
    ProfileBar bar;
    bar.setOffer(offer());
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    const QSignalSpy chosen(&bar, &ProfileBar::chosen);
    bar.focusFirst();
    QVERIFY(box(bar, "profile.mode")->hasFocus());
    QTest::keyClick(box(bar, "profile.mode"), Qt::Key_Down);
    QTest::keyClick(box(bar, "environment"), Qt::Key_Down);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(bar.choice(), (ProfileChoice{{QStringLiteral("mode=real")}, QStringLiteral("staging")}));
    QTest::keyClick(box(bar, "environment"), Qt::Key_Up);
    QCOMPARE(bar.choice(), (ProfileChoice{{QStringLiteral("mode=real")}, {}}));
}

void ProfileBarTest::takesWhatWasChosenBefore()
{
    ProfileBar bar;
    const QSignalSpy chosen(&bar, &ProfileBar::chosen);
    const QSignalSpy changed(&bar, &ProfileBar::choiceChanged);
    const ProfileChoice before{{QStringLiteral("size=m")}, QStringLiteral("production")};
    bar.setWanted(before); // the scenario's text is not read yet
    bar.setOffer(offer());
    QCOMPARE(bar.choice(), before);
    QCOMPARE(box(bar, "profile.size")->currentText(), QStringLiteral("m"));
    QCOMPARE(box(bar, "profile.mode")->currentText(), QStringLiteral("stub"));
    QCOMPARE(box(bar, "environment")->currentText(), QStringLiteral("production"));
    QCOMPARE(chosen.size(), 0);
    QCOMPARE(changed.size(), 1);
}

void ProfileBarTest::forgetsWhatIsNoLongerOffered()
{
    ProfileBar bar;
    bar.setWanted({{QStringLiteral("mode=real"), QStringLiteral("size=m")}, QStringLiteral("production")});
    bar.setOffer(offer());
    ProfileOffer smaller = offer();
    smaller.groups.pop_back();
    smaller.environments = {QStringLiteral("staging")};
    bar.setOffer(smaller);
    QCOMPARE(bar.choice(), (ProfileChoice{{QStringLiteral("mode=real")}, {}}));
    QCOMPARE(bar.findChildren<QComboBox *>().size(), 2);
    QCOMPARE(box(bar, "profile.mode")->currentText(), QStringLiteral("real"));
}

void ProfileBarTest::isEmptyWithoutAnOffer()
{
    ProfileBar bar;
    const QSignalSpy offered(&bar, &ProfileBar::offerChanged);
    bar.setOffer({});
    QCOMPARE(offered.size(), 0);
    bar.setOffer(offer());
    bar.setOffer({});
    QCOMPARE(offered.size(), 2);
    QCOMPARE(offered.last().first().toBool(), true);
    QVERIFY(bar.findChildren<QComboBox *>().isEmpty());
    bar.focusFirst(); // there is nothing to go to
}

void ProfileBarTest::showsForeignNamesAsTheyAre()
{
    ProfileBar bar;
    bar.setOffer({{{QStringLiteral("<b>R&D</b>"), {QStringLiteral("a\nb")}}}, {}});
    const auto *label = bar.findChild<QLabel *>();
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(label->text(), QStringLiteral("<b>R&&D</b>:"));
    QVERIFY(!bar.findChild<QComboBox *>()->itemText(0).contains(QLatin1Char('\n')));
}

} // namespace Headroom

QTEST_MAIN(Headroom::ProfileBarTest)
#include "tst_profilebar.moc"
