// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/run/viewfixture.h"
#include "ui/run/directoffer.h"

#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

class DirectOfferTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsOnlyWhatWouldHelp();
    void isPressedByTheKeyboard();
};

void DirectOfferTest::showsOnlyWhatWouldHelp()
{
    QWidget parent;
    DirectOffer offer(&parent);
    QSignalSpy made(&offer, &DirectOffer::made);
    RunView view = exampleView(viewFacts());
    offer.setView(shared(view));
    QVERIFY(offer.isHidden());
    view.validity.wouldGainFromDirect = true;
    offer.setView(shared(view));
    QVERIFY(!offer.isHidden());
    offer.setView(shared(view));
    QCOMPARE(made.size(), 1); // not again with every second
    offer.setView({});
    QVERIFY(offer.isHidden());
}

void DirectOfferTest::isPressedByTheKeyboard()
{
    DirectOffer offer;
    QSignalSpy clicked(&offer, &QAbstractButton::clicked);
    offer.show();
    QTest::keyClick(&offer, Qt::Key_Space);
    QCOMPARE(clicked.size(), 1);
    QVERIFY(!offer.accessibleName().isEmpty());
}

QTEST_MAIN(DirectOfferTest)
#include "tst_directoffer.moc"
