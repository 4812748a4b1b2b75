// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

/// The load begins at 4:7.
ScenarioReading readingOf(const QByteArray &load)
{
    return readScenario("headroom: 1\ntarget: {url: http://h:1}\nflows: [{steps: [{get: /}]}]\nload: " + load + '\n');
}

QString diagnosticsOf(const QByteArray &load)
{
    QStringList lines;
    for (const Diagnostic &diagnostic : readingOf(load).diagnostics)
        lines.append(formatDiagnostic({}, diagnostic).sliced(1));
    return lines.join(u'\n');
}

} // namespace

/// The search for the limit as a scenario says it.
class LimitReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryField();
    void hasDefaults();
    void refusesWhatContradictsASearch_data();
    void refusesWhatContradictsASearch();
};

void LimitReaderTest::readsEveryField()
{
    const QByteArray text =
        "{rate: 100/s, users: 500, late: drop, find_limit: {up_to: 5000/s, hold: 20 s, confirm: 1 min, within: 2 %}}";
    QCOMPARE(diagnosticsOf(text), QString());
    const Scenario::Load load = readingOf(text).scenario.load;
    QVERIFY(load.findLimit);
    QCOMPARE(load.findLimit->upTo, Rate::perSecond(5000));
    QCOMPARE(load.findLimit->hold, 20s);
    QCOMPARE(load.findLimit->confirm, 60s);
    QCOMPARE(load.findLimit->within, 0.02);
    QCOMPARE(load.users, 500);
    QVERIFY(load.late == Scenario::Late::Drop);
    QCOMPARE(load.stages.size(), 1u);
    QCOMPARE(load.stages[0].name, QStringLiteral("search"));
    QCOMPARE(load.stages[0].rate->first, Rate::perSecond(100));
    QCOMPARE(load.stages[0].rate->second, Rate::perSecond(100));
    QCOMPARE(load.stages[0].length, 0ns);
}

void LimitReaderTest::hasDefaults()
{
    QCOMPARE(diagnosticsOf("{rate: 60/min, find_limit: {}}"), QString());
    const auto limit = readingOf("{rate: 60/min, find_limit: {}}").scenario.load.findLimit;
    QCOMPARE(limit->upTo, Rate::perSecond(10)); // 10 times the planned one
    QCOMPARE(limit->hold, 10s);
    QCOMPARE(limit->confirm, 30s);
    QCOMPARE(limit->within, 0.05);
    QVERIFY(!readingOf("{rate: 5/s, for: 10 s}").scenario.load.findLimit);
}

void LimitReaderTest::refusesWhatContradictsASearch_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::addColumn<QString>("diagnostics");
    const auto row = [](const char *name, const char *load, const char *diagnostics) {
        QTest::newRow(name) << QByteArray(load) << QString::fromUtf8(diagnostics);
    };
    row("for", "{rate: 5/s, for: 10 s, find_limit: {}}",
        "4:19: 'for' makes no sense with 'find_limit': the search ends when it has found the limit; remove it");
    row("iterations", "{rate: 5/s, iterations: 10, find_limit: {}}",
        "4:19: 'iterations' makes no sense with 'find_limit': the search ends when it has found the limit; remove it");
    row("ramp", "{rate: 5/s to 10/s, find_limit: {}}",
        "4:8: a search begins at one rate above 0: the planned one, as in 100/s");
    row("rate of nothing", "{rate: 0/s, find_limit: {}}",
        "4:8: a search begins at one rate above 0: the planned one, as in 100/s");
    row("no way up", "{rate: 50/s, find_limit: {up_to: 40/s}}",
        "4:33: the search begins at the planned rate and goes up from there; write more than 50/s");
    row("cap of nothing", "{rate: 50/s, users: 0, find_limit: {}}",
        "4:27: with a rate, 'users' is the cap on iterations under way: one number from 1 on");
    row("hold too short", "{rate: 50/s, find_limit: {hold: 10 ms}}",
        "4:39: load.find_limit.hold must be from 1 s to 10 min, not '10 ms'");
    row("within of a word", "{rate: 50/s, find_limit: {within: near}}",
        "4:41: 'near' is not a percentage; write a number and %, as in 1 %");
    row("too near", "{rate: 50/s, find_limit: {within: 0.1 %}}",
        "4:41: load.find_limit.within must be from 1 % to 50 %, not '0.1 %'");
}

void LimitReaderTest::refusesWhatContradictsASearch()
{
    QFETCH(QByteArray, load);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(load), diagnostics);
}

QTEST_GUILESS_MAIN(LimitReaderTest)
#include "tst_limitreader.moc"
