// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulemetric.h"
#include "core/rules/ruleparser.h"

#include <QFile>
#include <QTest>

using namespace Headroom;

/// The help page of rules has one source with the parser: its table of metrics.
class RulesPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasTheTableOfMetrics();
    void everyExampleIsARule();
};

void RulesPageTest::hasTheTableOfMetrics()
{
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/help/rules.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString table = QStringLiteral("| as in | metric |\n| --- | --- |\n");
    for (const MetricHelp &line : metricHelp())
        table += QStringLiteral("| `%1` | %2 |\n").arg(line.example, line.help);
    QVERIFY2(QString::fromUtf8(file.readAll()).contains(table), qPrintable(table));
}

void RulesPageTest::everyExampleIsARule()
{
    for (const MetricHelp &line : metricHelp()) {
        const auto rule = parseRule(line.example);
        QVERIFY2(rule, qPrintable(rule ? QString() : line.example + QLatin1String(": ") + rule.error().message));
        QVERIFY(line.example.startsWith(metricText(*rule))); // its one spelling
    }
}

QTEST_GUILESS_MAIN(RulesPageTest)
#include "tst_rulespage.moc"
