// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulesbyhand.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

RunFacts factsWith(const QStringList &rules)
{
    RunFacts facts = exampleFacts();
    facts.rules = rules;
    return facts;
}

QStringList textsOf(const Result<std::vector<Rule>> &rules)
{
    QStringList texts;
    for (const Rule &rule : rules.value())
        texts << rule.text;
    return texts;
}

} // namespace

class RulesByHandTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesANewRuleFromThenOn_data();
    void judgesANewRuleFromThenOn();
    void leavesTheRulesOfTheRunAlone();
    void leavesOutWhatIsBlank();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void takesManyRulesAndNotMore();
    void tellsWhatCameAndWent();
};

void RulesByHandTest::judgesANewRuleFromThenOn_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("taken");
    const auto row = [](const char *name, const char *written, const char *taken) {
        QTest::newRow(name) << QString::fromLatin1(written) << QString::fromLatin1(taken);
    };
    row("plain", "  errors < 1 % ", "errors < 1 % from 13 s");
    row("qualified", "p95(retrieve) < 900 ms during burst stop", "p95(retrieve) < 900 ms during burst stop from 13 s");
    row("from later on", "errors < 1 % from 20 s", "errors < 1 % from 20 s");
    row("from now on", "errors < 1 % from 13 s", "errors < 1 % from 13 s");
    row("from before", "errors < 1 % from 5 s", "errors < 1 % from 13 s");
    row("from before, in the middle", "p95 < 1 s from 1 min 2 s for 3 s", "p95 < 1 s from 1 min 2 s for 3 s");
    row("from before, between others", "p95 < 1 s surely from 2 s during burst",
        "p95 < 1 s surely during burst from 13 s");
}

void RulesByHandTest::judgesANewRuleFromThenOn()
{
    QFETCH(QString, written);
    const auto rules = rulesByHand({written}, factsWith({}), 13);
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().text()));
    QTEST(rules->front().text, "taken");
    QVERIFY(*rules->front().from >= 13s);
}

void RulesByHandTest::leavesTheRulesOfTheRunAlone()
{
    const RunFacts facts = factsWith(
        {QStringLiteral("errors < 1 %"), QStringLiteral("errors < 1 %"), QStringLiteral("p95 < 1 s from 3 s")});
    QCOMPARE(textsOf(rulesByHand(facts.rules, facts, 13)), facts.rules);
    const QStringList three(3, QStringLiteral("errors < 1 %")); // the run has two of them
    QCOMPARE(textsOf(rulesByHand(three, facts, 13)).last(), QStringLiteral("errors < 1 % from 13 s"));
}

void RulesByHandTest::leavesOutWhatIsBlank()
{
    QVERIFY(rulesByHand({QString(), QStringLiteral("  ")}, factsWith({}), 0)->empty());
}

void RulesByHandTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("words");
    QTest::newRow("no rule") << "faster, please" << "the rule 'faster, please' cannot be used: ";
    QTest::newRow("unknown step") << "p95(retreive) < 1 s" << "did you mean";
    QTest::newRow("unknown stage") << "errors < 1 % during night" << "no stage has the name 'night'";
    QTest::newRow("too long") << QString(1001, u'x') << "at most 1,000 characters";
}

void RulesByHandTest::saysWhatIsWrong()
{
    QFETCH(QString, rule);
    QFETCH(QString, words);
    const auto rules = rulesByHand({QStringLiteral("errors < 1 %"), rule}, factsWith({}), 13);
    QVERIFY(!rules);
    QCOMPARE(rules.error().code, Error::Code::InvalidInput);
    QVERIFY2(rules.error().text().contains(words), qPrintable(rules.error().text()));
}

void RulesByHandTest::takesManyRulesAndNotMore()
{
    const QString rule = QStringLiteral("errors < 1 %");
    QCOMPARE(rulesByHand(QStringList(1000, rule), factsWith({}), 1)->size(), 1000U);
    QVERIFY(!rulesByHand(QStringList(1001, rule), factsWith({}), 1));
}

void RulesByHandTest::tellsWhatCameAndWent()
{
    const QString a = QStringLiteral("errors < 1 %");
    const QString b = QStringLiteral("p95 < 1 s");
    const QString c = QStringLiteral("p95 < 2 s from 9 s");
    QCOMPARE(ruleChanges({a, b}, {a, c}),
             (QStringList{QStringLiteral("rule switched off by hand: p95 < 1 s"),
                          QStringLiteral("rule added by hand: p95 < 2 s from 9 s")}));
    QVERIFY(ruleChanges({a, b}, {b, a}).isEmpty());
}

QTEST_GUILESS_MAIN(RulesByHandTest)
#include "tst_rulesbyhand.moc"
