// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steptablemodel.h"

#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QFont>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = StepTableModel;

class StepTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasNoRowsWithoutAView();
    void showsOneRowAStepAndOneOfAll();
    void marksFewSamples();
    void saysTheShareOfErrors();
    void showsDashesWithoutValues();
    void sortsByNumbers();
    void putsNumbersAtTheRight();
    void asksForTheRoomOfNumbersToCome();
    void keepsItsRowsDuringARun();
    void beginsAnewWithANewRun();
    void showsHostileNamesAsTheyAre();
};

void StepTableModelTest::hasNoRowsWithoutAView()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 14);
    QCOMPARE(model.headerData(Model::ServiceP95, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Service p95"));
    model.setView(shared(exampleView(viewFacts())));
    model.setView({});
    QCOMPARE(model.rowCount(), 0);
}

void StepTableModelTest::showsOneRowAStepAndOneOfAll()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(model.rowCount(), 4);
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += textAt(model, 0, column);
    // 3,000 requests in 50 s, a hundredth rejected, 2 KiB each: 6,000 KiB
    const QStringList expected{QStringLiteral("retrieve"), QStringLiteral("POST /retrieve"),
                               QStringLiteral("3,000"),    QStringLiteral("60/s"),
                               QStringLiteral("0"),        QStringLiteral("30 (1 %)"),
                               QStringLiteral("8.40 ms"),  QStringLiteral("12.3 ms"),
                               QStringLiteral("16.9 ms"),  QStringLiteral("44.0 ms"),
                               QStringLiteral("8.00 ms"),  QStringLiteral("11.9 ms"),
                               QStringLiteral("16.1 ms"),  QStringLiteral("5.9 MiB")};
    QCOMPARE(cells, expected);
    QCOMPARE(textAt(model, 3, Model::Name), QStringLiteral("all steps"));
    QCOMPARE(textAt(model, 3, Model::Requests), QStringLiteral("6,000"));
    QVERIFY(model.index(3, Model::Name).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(!model.index(0, Model::Name).data(Qt::FontRole).isValid());
}

void StepTableModelTest::marksFewSamples()
{
    Model model;
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(textAt(model, 2, Model::P99), QStringLiteral("169 ms*")); // of 100 requests
    QCOMPARE(textAt(model, 2, Model::ServiceP99), QStringLiteral("161 ms*"));
    QVERIFY(model.index(2, Model::P99).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Few samples")));
    QVERIFY(!model.index(0, Model::P99).data(Qt::ToolTipRole).isValid());
}

void StepTableModelTest::saysTheShareOfErrors()
{
    Model model;
    RunView view = exampleView(viewFacts());
    view.steps[0].errors = 15; // of 3,000
    model.setView(shared(view));
    QCOMPARE(textAt(model, 0, Model::Errors), QStringLiteral("15 (0.5 %)"));
}

void StepTableModelTest::showsDashesWithoutValues()
{
    Model model;
    RunView view = exampleView(viewFacts());
    view.steps[1] = {};
    model.setView(shared(view));
    QCOMPARE(textAt(model, 1, Model::P50), QStringLiteral("–"));
    QCOMPARE(textAt(model, 1, Model::Maximum), QStringLiteral("–"));
    QVERIFY(!model.index(1, Model::P50).data(Qt::UserRole).isValid());
}

void StepTableModelTest::sortsByNumbers()
{
    Model model;
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(model.index(0, Model::Requests).data(Qt::UserRole).toULongLong(), 3000u);
    QCOMPARE(model.index(0, Model::P95).data(Qt::UserRole).toDouble(), 12.3);
    QCOMPARE(model.index(0, Model::PerSecond).data(Qt::UserRole).toDouble(), 60.0);
    QCOMPARE(model.index(0, Model::Name).data(Qt::UserRole).toString(), QStringLiteral("retrieve"));
}

void StepTableModelTest::putsNumbersAtTheRight()
{
    Model model;
    model.setView(shared(exampleView(viewFacts())));
    for (int column = 0; column < model.columnCount(); ++column) {
        const auto side = column < Model::Requests ? Qt::AlignLeft : Qt::AlignRight;
        const auto wanted = Qt::Alignment(Qt::AlignVCenter | side);
        QCOMPARE(model.index(0, column).data(Qt::TextAlignmentRole).value<Qt::Alignment>(), wanted);
        QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>(), wanted);
    }
}

void StepTableModelTest::asksForTheRoomOfNumbersToCome()
{
    // A table fits its columns at the first second, when there were no errors yet.
    Model model;
    RunView view = exampleView(viewFacts());
    model.setView(shared(view));
    const QSize before = model.index(0, Model::Errors).data(Qt::SizeHintRole).toSize();
    view.steps[0].errors = 1180;
    model.setView(shared(view));
    QCOMPARE(model.index(0, Model::Errors).data(Qt::SizeHintRole).toSize(), before);
    QVERIFY(!model.index(0, Model::Name).data(Qt::SizeHintRole).isValid());
}

void StepTableModelTest::keepsItsRowsDuringARun()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    RunView view = exampleView(viewFacts());
    model.setView(shared(view));
    const QPersistentModelIndex kept = model.index(1, Model::Requests);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    view.steps[1].requests = 2901;
    model.setView(shared(view));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 1);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data().toString(), QStringLiteral("2,901"));
}

void StepTableModelTest::beginsAnewWithANewRun()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(shared(exampleView(viewFacts())));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(reset.size(), 1);
}

void StepTableModelTest::showsHostileNamesAsTheyAre()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    RunView view = exampleView(viewFacts());
    view.steps[0].name = hostileText();
    view.steps[1].name = QString(100'000, QLatin1Char('x'));
    model.setView(shared(view));
    const QChar replaced(QChar::ReplacementCharacter);
    QCOMPARE(textAt(model, 0, Model::Name),
             QStringLiteral("<img src='http://evil/'><b>x</b>%1[2J%1%1y").arg(replaced)); // delegates draw plain text
    QCOMPARE(textAt(model, 1, Model::Name).size(), 500);
}

QTEST_MAIN(StepTableModelTest)
#include "tst_steptablemodel.moc"
