// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actionpanel.h"

#include "ui/widgets/copytable.h"
#include "viewfixture.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Headroom;

namespace {

RunFactsPtr factsWith(int byHand)
{
    RunFacts facts = *viewFacts();
    facts.actions = {
        {QStringLiteral("degrade"), QStringLiteral("POST /admin"), QStringLiteral("p95 falls"), 5s, 30s, false}};
    for (int i = 0; i < byHand; ++i)
        facts.actions.push_back({QStringLiteral("hand %1").arg(i), QStringLiteral("./profile"), {}, 5s, 30s, true});
    return std::make_shared<const RunFacts>(facts);
}

RunView viewWith(const RunFactsPtr &facts)
{
    RunView view = exampleView(facts);
    view.facts = facts;
    return view;
}

} // namespace

class ActionPanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatCameOfThem();
    void hostileTextStaysText();
    void choosesWhatWaitsForAHand();
    void offersAButtonThatKeysReach();
};

void ActionPanelTest::showsWhatCameOfThem()
{
    const RunFactsPtr facts = factsWith(1);
    ActionTableModel model;
    const QAbstractItemModelTester tester(&model);
    RunView view = viewWith(facts);
    model.setView(shared(view));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(textAt(model, 0, ActionTableModel::State), QStringLiteral("not done"));
    QCOMPARE(textAt(model, 0, ActionTableModel::Detail), QStringLiteral("expected: p95 falls"));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    ActionEffect effect;
    effect.done = {0, 45s, 12ms, true, QStringLiteral("answered 200")};
    effect.outcome = ActionEffect::Outcome::NoDetectableEffect;
    effect.standing = RuleResult::Standing::Undecided;
    view.actions = {effect};
    model.setView(shared(view));
    QCOMPARE(resets.size(), 0);
    QCOMPARE(textAt(model, 0, ActionTableModel::State), QStringLiteral("0:45: answered 200"));
    QCOMPARE(textAt(model, 0, ActionTableModel::Effect), QStringLiteral("no detectable effect"));
    QCOMPARE(textAt(model, 1, ActionTableModel::State), QStringLiteral("not done"));
    model.setView(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void ActionPanelTest::hostileTextStaysText()
{
    RunFacts facts = *factsWith(0);
    facts.actions[0].name = facts.actions[0].text = facts.actions[0].when = hostileText();
    ActionTableModel model;
    model.setView(shared(viewWith(std::make_shared<const RunFacts>(facts))));
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!textAt(model, 0, column).contains(QChar(0x202e)));
}

void ActionPanelTest::choosesWhatWaitsForAHand()
{
    ActionTableModel model;
    ActionPanel panel(&model);
    QVERIFY(!panel.chosen());
    model.setView(shared(viewWith(factsWith(1))));
    QCOMPARE(panel.chosen(), std::optional(1)); // the only one
    panel.table()->selectRow(0);
    QVERIFY(!panel.chosen()); // this one has its own time
    QSignalSpy changed(&panel, &ActionPanel::choiceChanged);
    panel.table()->selectRow(1);
    QCOMPARE(panel.chosen(), std::optional(1));
    QVERIFY(!changed.isEmpty());
    model.setView(shared(viewWith(factsWith(2))));
    QVERIFY(!panel.chosen()); // which of the two?
}

void ActionPanelTest::offersAButtonThatKeysReach()
{
    ActionTableModel model;
    ActionPanel panel(&model);
    QAction order(QStringLiteral("&Do Action"));
    order.setObjectName(QStringLiteral("doAction"));
    panel.setOrder(&order);
    auto *button = panel.findChild<QToolButton *>(QStringLiteral("doActionButton"));
    QVERIFY(button);
    QVERIFY(!button->accessibleName().isEmpty());
    QCOMPARE(button->focusPolicy(), Qt::StrongFocus);
    QSignalSpy triggered(&order, &QAction::triggered);
    panel.show();
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(triggered.size(), 1);
}

QTEST_MAIN(ActionPanelTest)
#include "tst_actionpanel.moc"
