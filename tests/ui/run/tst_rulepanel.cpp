// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rulepanel.h"

#include "ui/widgets/copytable.h"
#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

namespace {

const QStringList kRules{QStringLiteral("errors < 1 %"), QStringLiteral("p95 < 1 s")};

RunFactsPtr facts()
{
    RunFacts facts = *viewFacts();
    facts.steps = {{QStringLiteral("document"), QStringLiteral("GET"), QStringLiteral("/documents"), FlowIndex{0}}};
    facts.rules = kRules;
    return std::make_shared<const RunFacts>(facts);
}

struct Fixture
{
    Fixture()
    {
        const RunFactsPtr run = facts();
        RunView view = exampleView(run);
        view.rules.clear();
        for (const QString &text : kRules)
            view.rules.push_back(ruleThatIs(RuleResult::Standing::Met, text));
        model.setView(shared(view));
        panel.setRun(run);
        panel.show();
    }
    void type(const QString &text) { line->setText(text); }

    RuleTableModel model;
    RulePanel panel{&model};
    QLineEdit *line = panel.findChild<QLineEdit *>(QStringLiteral("ruleText"));
    QLabel *problem = panel.findChild<QLabel *>(QStringLiteral("ruleProblem"));
    QPushButton *apply = panel.findChild<QPushButton *>(QStringLiteral("applyRule"));
    QSignalSpy wanted{&panel, &RulePanel::rulesWanted};
};

} // namespace

class RulePanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsARule();
    void saysWhatIsWrongWhileItIsTyped();
    void changesTheChosenRule();
    void switchesOffWhatIsChosen();
    void escapeLeavesTheRulesAlone();
    void doesNothingWithoutARun();
    void offersRulesThatFitTheRun();
};

void RulePanelTest::addsARule()
{
    Fixture f;
    QVERIFY(!f.line->isVisible());
    f.panel.add();
    QVERIFY(f.line->isVisible());
    QVERIFY(!f.apply->isEnabled());
    f.type(QStringLiteral(" p99(document) < 2 s "));
    QTest::keyClick(f.line, Qt::Key_Return);
    QCOMPARE(f.wanted.size(), 1);
    QCOMPARE(f.wanted[0][0].toStringList(), kRules + QStringList{QStringLiteral("p99(document) < 2 s")});
    QVERIFY(!f.line->isVisible());
}

void RulePanelTest::saysWhatIsWrongWhileItIsTyped()
{
    Fixture f;
    f.panel.add();
    f.type(QStringLiteral("p99(documnet) < 2 s"));
    QVERIFY(f.problem->isVisible());
    QVERIFY2(f.problem->text().contains(QStringLiteral("document")), qPrintable(f.problem->text()));
    QVERIFY(!f.apply->isEnabled());
    QTest::keyClick(f.line, Qt::Key_Return);
    QCOMPARE(f.wanted.size(), 0);
    f.type(QStringLiteral("p99(document) < 2 s"));
    QVERIFY(!f.problem->isVisible());
    QVERIFY(f.apply->isEnabled());
}

void RulePanelTest::changesTheChosenRule()
{
    Fixture f;
    f.panel.change(); // none is chosen
    QVERIFY(!f.line->isVisible());
    f.panel.table()->selectRow(0);
    QVERIFY(f.panel.hasChoice());
    f.panel.change();
    QCOMPARE(f.line->text(), kRules[0]);
    QVERIFY(!f.apply->isEnabled()); // it is that already
    f.type(QStringLiteral("errors < 2 %"));
    f.apply->click();
    QCOMPARE(f.wanted[0][0].toStringList(), (QStringList{QStringLiteral("errors < 2 %"), kRules[1]}));
}

void RulePanelTest::switchesOffWhatIsChosen()
{
    Fixture f;
    f.panel.switchOff();
    QCOMPARE(f.wanted.size(), 0);
    f.panel.table()->selectRow(1);
    f.panel.switchOff();
    QCOMPARE(f.wanted[0][0].toStringList(), QStringList{kRules[0]});
    f.panel.table()->selectAll();
    f.panel.switchOff();
    QCOMPARE(f.wanted[1][0].toStringList(), QStringList());
}

void RulePanelTest::escapeLeavesTheRulesAlone()
{
    Fixture f;
    f.panel.add();
    f.type(QStringLiteral("errors < 2 %"));
    f.panel.findChild<QPushButton *>(QStringLiteral("cancelRule"))->click();
    QVERIFY(!f.line->isVisible());
    QCOMPARE(f.wanted.size(), 0);
    f.panel.add();
    QCOMPARE(f.line->text(), QString());
}

void RulePanelTest::doesNothingWithoutARun()
{
    Fixture f;
    f.panel.add();
    f.panel.setRun(nullptr); // it has ended meanwhile
    QVERIFY(!f.line->isVisible());
    f.panel.add();
    QVERIFY(!f.line->isVisible());
    f.panel.table()->selectRow(0);
    f.panel.switchOff();
    QCOMPARE(f.wanted.size(), 0);
}

void RulePanelTest::offersRulesThatFitTheRun()
{
    Fixture f;
    QCompleter *completer = f.line->completer();
    completer->setCompletionPrefix(QStringLiteral("document"));
    QVERIFY(completer->completionCount() > 0);
    for (int row = 0; row < completer->completionCount(); ++row) {
        completer->setCurrentRow(row);
        QVERIFY(completer->currentCompletion().contains(QStringLiteral("document")));
    }
}

QTEST_MAIN(RulePanelTest)
#include "tst_rulepanel.moc"
