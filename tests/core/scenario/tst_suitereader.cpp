// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/suite.h"

#include <QTest>

using namespace Headroom;

class SuiteReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsASuiteFromAScenario();
    void readsMembersInOrder();
    void readsTheTableOfObjectives();
    void namesEveryProblemWithItsPlace_data();
    void namesEveryProblemWithItsPlace();
    void itsSchemaNamesEveryField();
};

void SuiteReaderTest::tellsASuiteFromAScenario()
{
    QVERIFY(isSuite("headroom: 1\nsuite: []\n"));
    QVERIFY(!isSuite("headroom: 1\nflows: []\n"));
    QVERIFY(!isSuite("- suite\n"));
    QVERIFY(!isSuite("{{{"));
    QVERIFY(!isSuite({}));
}

void SuiteReaderTest::readsMembersInOrder()
{
    const SuiteReading reading = readSuite("headroom: 1\nname: Nightly\nsuite:\n"
                                           "  - { name: smoke, scenario: smoke.yaml }\n"
                                           "  - { scenario: burst.yaml, needs: [smoke], set: { load.rate: 50/s },\n"
                                           "      profiles: [stub], environment: staging }\n");
    QVERIFY(reading.diagnostics.empty());
    QCOMPARE(reading.suite.name, QStringLiteral("Nightly"));
    QCOMPARE(reading.suite.members.size(), 2u);
    QCOMPARE(reading.suite.members[0].name, QStringLiteral("smoke"));
    QCOMPARE(reading.suite.members[0].scenario, QStringLiteral("smoke.yaml"));
    const Suite::Member &second = reading.suite.members[1];
    QCOMPARE(second.name, QStringLiteral("member 2"));
    QCOMPARE(second.needs, QStringList{QStringLiteral("smoke")});
    QCOMPARE(second.set.size(), 1u);
    QCOMPARE(second.set[0], std::pair(QStringLiteral("load.rate"), QStringLiteral("50/s")));
    QCOMPARE(second.profiles, QStringList{QStringLiteral("stub")});
    QCOMPARE(second.environment, QStringLiteral("staging"));
}

void SuiteReaderTest::readsTheTableOfObjectives()
{
    const SuiteReading reading = readSuite("headroom: 1\nsuite: [ { name: a, scenario: a.yaml } ]\n"
                                           "objectives: { a: { p95: 900 ms, errors: 1 % } }\n");
    QVERIFY(reading.diagnostics.empty());
    QCOMPARE(reading.suite.objectives.size(), 2u);
    QCOMPARE(reading.suite.objectives[0].member, QStringLiteral("a"));
    QCOMPARE(reading.suite.objectives[0].metric, QStringLiteral("p95"));
    QCOMPARE(reading.suite.objectives[0].bound, QStringLiteral("900 ms"));
    QCOMPARE(reading.suite.objectives[1].metric, QStringLiteral("errors"));
}

void SuiteReaderTest::namesEveryProblemWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("complaint");
    const auto add = [](const char *name, const QByteArray &rest, int line, const char *complaint) {
        QTest::newRow(name) << "headroom: 1\n" + rest << line << QString::fromUtf8(complaint);
    };
    add("no members", "suite: []\n", 2, "must have 1 to 200 items");
    add("no file", "suite:\n  - { name: a }\n", 3, "field 'scenario' is missing");
    add("unknown field", "suite:\n  - { scenario: a.yaml, need: [b] }\n", 3, "did you mean 'needs'");
    add("a name twice", "suite:\n  - { name: a, scenario: a.yaml }\n  - { name: a, scenario: b.yaml }\n", 4, "a");
    add("needs a later one", "suite:\n  - { name: a, scenario: a.yaml, needs: [b] }\n  - { name: b, scenario: b.yaml }\n",
        3, "is no member before this one");
    add("needs itself", "suite:\n  - { name: a, scenario: a.yaml, needs: [a] }\n", 3, "cannot need itself");
    add("needs a misspelt one",
        "suite:\n  - { name: smoke, scenario: a.yaml }\n  - { name: b, scenario: b.yaml, needs: [smoek] }\n", 4,
        "did you mean 'smoke'");
    add("objectives of nobody", "suite: [ { name: a, scenario: a.yaml } ]\nobjectives: { b: { p95: 1 s } }\n", 3,
        "is no member of the suite");
    add("flows beside it", "suite: [ { scenario: a.yaml } ]\nflows: []\n", 3, "unknown field 'flows'");
    QTest::newRow("a later version") << QByteArray("headroom: 2\nsuite: [ { scenario: a.yaml } ]\n") << 1
                                     << QStringLiteral("headroom");
    QTest::newRow("no mapping") << QByteArray("- suite\n") << 1 << QStringLiteral("a suite is a mapping");
}

void SuiteReaderTest::namesEveryProblemWithItsPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, complaint);
    const SuiteReading reading = readSuite(text);
    QVERIFY(hasErrors(reading.diagnostics));
    const Diagnostic &first = reading.diagnostics.front();
    QVERIFY2(first.message.contains(complaint), qPrintable(first.message));
    QCOMPARE(first.range.start.line, line);
}

void SuiteReaderTest::itsSchemaNamesEveryField()
{
    const QByteArray schema = suiteJsonSchema();
    for (const char *field : {"headroom", "name", "suite", "scenario", "needs", "set", "profiles", "environment", "objectives"})
        QVERIFY2(schema.contains('"' + QByteArray(field) + '"'), field);
}

QTEST_GUILESS_MAIN(SuiteReaderTest)
#include "tst_suitereader.moc"
