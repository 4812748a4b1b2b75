// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/flowtablemodel.h"

#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = FlowTableModel;

class FlowTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasNoRowsWithoutAView();
    void showsSharesSideBySide();
    void showsAnOwnRateBesideWhatWasAchieved();
    void keepsItsRowsDuringARun();
    void showsHostileNamesAsTheyAre();
};

namespace {

/// 75 iterations of 100 where 80 were wanted, in 10 s, and 19/s where a flow of its own wanted 20/s.
RunView mixedView(const RunFactsPtr &facts)
{
    RunView view = exampleView(facts);
    view.flows = {{QStringLiteral("read"), {75, 75, 74, 0}, 0.8, 0.75, {}, 7.5},
                  {QStringLiteral("poll"), {200, 190, 190, 10}, {}, {}, 20.0, 19.0}};
    return view;
}

QStringList row(const Model &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += model.index(row, column).data().toString();
    return cells;
}

} // namespace

void FlowTableModelTest::hasNoRowsWithoutAView()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 9);
    model.setView(shared(mixedView(viewFacts())));
    QCOMPARE(model.rowCount(), 2);
    model.setView({});
    QCOMPARE(model.rowCount(), 0);
}

void FlowTableModelTest::showsSharesSideBySide()
{
    Model model;
    model.setView(shared(mixedView(viewFacts())));
    const QStringList expected{QStringLiteral("read"), QStringLiteral("80 %"),  QStringLiteral("75 %"),
                               QStringLiteral("–"),    QStringLiteral("7.5/s"), QStringLiteral("75"),
                               QStringLiteral("75"),   QStringLiteral("74"),    QStringLiteral("0")};
    QCOMPARE(row(model, 0), expected);
}

void FlowTableModelTest::showsAnOwnRateBesideWhatWasAchieved()
{
    Model model;
    model.setView(shared(mixedView(viewFacts())));
    const QStringList expected{QStringLiteral("poll"), QStringLiteral("–"),    QStringLiteral("–"),
                               QStringLiteral("20/s"), QStringLiteral("19/s"), QStringLiteral("200"),
                               QStringLiteral("190"),  QStringLiteral("190"),  QStringLiteral("10")};
    QCOMPARE(row(model, 1), expected);
    QCOMPARE(model.index(1, Model::AchievedRate).data(Qt::UserRole).toDouble(), 19.0);
    QVERIFY(!model.index(1, Model::WantedShare).data(Qt::UserRole).isValid());
}

void FlowTableModelTest::keepsItsRowsDuringARun()
{
    Model model;
    const RunFactsPtr facts = viewFacts();
    model.setView(shared(mixedView(facts)));
    const QSignalSpy reset(&model, &Model::modelReset);
    model.setView(shared(mixedView(facts)));
    QCOMPARE(reset.size(), 0);
    model.setView(shared(mixedView(viewFacts())));
    QCOMPARE(reset.size(), 1);
}

void FlowTableModelTest::showsHostileNamesAsTheyAre()
{
    RunView view = mixedView(viewFacts());
    view.flows[0].name = hostileText();
    Model model;
    model.setView(shared(std::move(view)));
    const QString shown = model.index(0, Model::Name).data().toString();
    QVERIFY(shown.contains(QLatin1Char('<')));
    QVERIFY(!shown.contains(QChar(0x202E)) && !shown.contains(QLatin1Char('\n')));
}

QTEST_MAIN(FlowTableModelTest)
#include "tst_flowtablemodel.moc"
