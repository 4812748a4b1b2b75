// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/ruletablemodel.h"

#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QColor>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;
using Model = RuleTableModel;
using Standing = RuleResult::Standing;

class RuleTableModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsRulesWithValueBoundAndInterval();
    void saysTheStandingInWords_data();
    void saysTheStandingInWords();
    void writesBounds_data();
    void writesBounds();
    void writesIntervals_data();
    void writesIntervals();
    void showsWhyARuleWasNotJudged();
    void keepsItsRowsDuringARun();
    void takesRulesThatComeAndGo();
    void beginsAnewWithANewRun();
    void showsHostileRulesAsTheyAre();
    void namesTheRequirementAndTheObjective();
};

namespace {

RunView viewWith(std::vector<RuleResult> rules)
{
    static const RunFactsPtr facts = viewFacts();
    RunView view = exampleView(facts);
    view.rules = std::move(rules);
    return view;
}

RuleResult example(Standing standing = Standing::NotMet)
{
    return ruleThatIs(standing, QStringLiteral("p95(retrieve) < 900 ms"));
}

} // namespace

void RuleTableModelTest::showsRulesWithValueBoundAndInterval()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 0);
    model.setView(shared(viewWith({example()})));
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells += textAt(model, 0, column);
    const QStringList expected{QStringLiteral("✗ not met"),
                               QStringLiteral("p95(retrieve) < 900 ms"),
                               QStringLiteral("912 ms"),
                               QStringLiteral("< 900 ms"),
                               QStringLiteral("880 ms to 950 ms"),
                               QStringLiteral("3,000"),
                               QString()};
    QCOMPARE(cells, expected);
    QCOMPARE(model.index(0, Model::Value).data(Qt::UserRole).toDouble(), 912.0);
    QCOMPARE(model.index(0, Model::Value).data(Qt::TextAlignmentRole).value<Qt::Alignment>(),
             Qt::AlignVCenter | Qt::AlignRight);
}

void RuleTableModelTest::saysTheStandingInWords_data()
{
    QTest::addColumn<Standing>("standing");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("place"); // the worst first
    QTest::newRow("not met") << Standing::NotMet << QStringLiteral("✗ not met") << 0;
    QTest::newRow("undecided") << Standing::Undecided << QStringLiteral("? undecided") << 1;
    QTest::newRow("not run") << Standing::NotRun << QStringLiteral("– not run") << 2;
    QTest::newRow("met") << Standing::Met << QStringLiteral("✓ met") << 3;
}

void RuleTableModelTest::saysTheStandingInWords()
{
    QFETCH(Standing, standing);
    Model model;
    model.setView(shared(viewWith({example(standing)})));
    const QModelIndex cell = model.index(0, Model::Standing);
    QTEST(cell.data().toString(), "words");
    QTEST(cell.data(Qt::UserRole).toInt(), "place");
    QVERIFY(cell.data(Qt::ForegroundRole).value<QColor>().isValid());
}

void RuleTableModelTest::writesBounds_data()
{
    using Comparison = Rule::Comparison;
    using Unit = Rule::Unit;
    QTest::addColumn<Comparison>("comparison");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<double>("bound");
    QTest::addColumn<double>("upperBound");
    QTest::addColumn<QString>("text");
    QTest::newRow("below a time") << Comparison::Less << Unit::Duration << 900.0 << 0.0 << QStringLiteral("< 900 ms");
    QTest::newRow("at most a share") << Comparison::LessOrEqual << Unit::Share << 0.01 << 0.0
                                     << QStringLiteral("≤ 1 %");
    QTest::newRow("above a rate") << Comparison::Greater << Unit::Rate << 50.0 << 0.0 << QStringLiteral("> 50/s");
    QTest::newRow("at least a share") << Comparison::GreaterOrEqual << Unit::Share << 0.99 << 0.0
                                      << QStringLiteral("≥ 99 %");
    QTest::newRow("a number") << Comparison::Equal << Unit::Number << 12.0 << 0.0 << QStringLiteral("= 12");
    QTest::newRow("between") << Comparison::Between << Unit::Bytes << 1024.0 << 2048.0
                             << QStringLiteral("1.0 KiB to 2.0 KiB");
}

void RuleTableModelTest::writesBounds()
{
    QFETCH(Rule::Comparison, comparison);
    QFETCH(Rule::Unit, unit);
    QFETCH(double, bound);
    QFETCH(double, upperBound);
    RuleResult result = example();
    result.rule.comparison = comparison;
    result.rule.unit = unit;
    result.rule.bound = bound;
    result.rule.upperBound = upperBound;
    Model model;
    model.setView(shared(viewWith({result})));
    QTEST(textAt(model, 0, Model::Bound), "text");
}

void RuleTableModelTest::writesIntervals_data()
{
    QTest::addColumn<std::optional<double>>("low");
    QTest::addColumn<std::optional<double>>("high");
    QTest::addColumn<QString>("text");
    const std::optional<double> open;
    QTest::newRow("both") << std::optional(1.0) << std::optional(2.0) << QStringLiteral("1.00 ms to 2.00 ms");
    QTest::newRow("open above") << std::optional(1.0) << open << QStringLiteral("from 1.00 ms");
    QTest::newRow("open below") << open << std::optional(2.0) << QStringLiteral("up to 2.00 ms");
    QTest::newRow("not known") << open << open << QStringLiteral("–");
}

void RuleTableModelTest::writesIntervals()
{
    QFETCH(std::optional<double>, low);
    QFETCH(std::optional<double>, high);
    RuleResult result = example();
    result.low = low;
    result.high = high;
    Model model;
    model.setView(shared(viewWith({result})));
    QTEST(textAt(model, 0, Model::Interval), "text");
}

void RuleTableModelTest::showsWhyARuleWasNotJudged()
{
    RuleResult result = example(Standing::NotRun);
    result.value.reset();
    result.reason = QStringLiteral("there is no step 'retrieve'");
    Model model;
    model.setView(shared(viewWith({result})));
    QCOMPARE(textAt(model, 0, Model::Value), QStringLiteral("–"));
    QVERIFY(!model.index(0, Model::Value).data(Qt::UserRole).isValid());
    QCOMPARE(textAt(model, 0, Model::Why), QStringLiteral("there is no step 'retrieve'"));
}

void RuleTableModelTest::keepsItsRowsDuringARun()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(shared(viewWith({example(), example(Standing::Met)})));
    const QPersistentModelIndex kept = model.index(1, Model::Standing);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(shared(viewWith({example(), example(Standing::Undecided)})));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(kept.data().toString(), QStringLiteral("? undecided"));
}

void RuleTableModelTest::takesRulesThatComeAndGo()
{
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(shared(viewWith({})));
    model.setView(shared(viewWith({example(), example()})));
    const QPersistentModelIndex kept = model.index(0, Model::Text);
    model.setView(shared(viewWith({example(Standing::Met)})));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(kept.row(), 0);
    model.setView(shared(viewWith({})));
    QVERIFY(!kept.isValid());
}

void RuleTableModelTest::beginsAnewWithANewRun()
{
    Model model;
    model.setView(shared(viewWith({example()})));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setView(shared(exampleView(viewFacts())));
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(), 2);
    model.setView({});
    QCOMPARE(model.rowCount(), 0);
}

void RuleTableModelTest::showsHostileRulesAsTheyAre()
{
    RuleResult result = example();
    result.rule.text = hostileText();
    result.reason = QString(100'000, QLatin1Char('x'));
    Model model;
    const QAbstractItemModelTester tester(&model);
    model.setView(shared(viewWith({result})));
    QVERIFY(!textAt(model, 0, Model::Text).contains(QChar(0x1b)));
    QCOMPARE(textAt(model, 0, Model::Why).size(), 500);
    QVERIFY(!model.index(0, Model::Text).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
    QVERIFY(model.index(0, Model::Text).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;img")));
}

void RuleTableModelTest::namesTheRequirementAndTheObjective()
{
    RunFacts facts = *viewFacts();
    facts.requirements = {{QStringLiteral("R1"), QStringLiteral("It is quick"), 0}};
    facts.objectives = {{QStringLiteral("retrieve"), QStringLiteral("p95"), 0}};
    RunView view = exampleView(std::make_shared<const RunFacts>(facts));
    view.rules = {example(), example()};
    Model model;
    model.setView(shared(view));
    QCOMPARE(textAt(model, 0, Model::Text), QStringLiteral("R1: p95(retrieve) < 900 ms"));
    QCOMPARE(textAt(model, 1, Model::Text), QStringLiteral("p95(retrieve) < 900 ms"));
    QCOMPARE(model.index(0, Model::Text).data(Model::TextRole).toString(), QStringLiteral("p95(retrieve) < 900 ms"));
    const QString tip = model.index(0, Model::Text).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("Requirement R1: It is quick")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("Objective: p95 of retrieve")), qPrintable(tip));
}

QTEST_MAIN(RuleTableModelTest)
#include "tst_ruletablemodel.moc"
