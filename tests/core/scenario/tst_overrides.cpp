// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

/// Changes from the command line.
class OverridesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appliesOverrides();
    void saysWhatIsWrongWithAnOverride_data();
    void saysWhatIsWrongWithAnOverride();
};

void OverridesTest::appliesOverrides()
{
    const auto over = [](const char *path, const char *value) {
        return ScenarioOverride{QString::fromLatin1(path), QString::fromLatin1(value)};
    };
    const QByteArray text = withLoad("{stages: [{rate: 1/s, for: 1 s}, {rate: 2/s, for: 2 s}]}");
    const Scenario scenario = scenarioOf(text,
                                         {over("load.stages[1].rate", "20/s to 0/s"), over("target.url", "https://x:9"),
                                          over("target.timeout.total", "7 s"), over("name", "a 'b'"),
                                          over("flows[0].steps[0].headers.X-A", "1")});
    QCOMPARE(scenario.load.stages[0].rate->first.perSecond(), 1.0);
    QCOMPARE(scenario.load.stages[1].rate->first.perSecond(), 20.0);
    QCOMPARE(scenario.target.url, QUrl(QStringLiteral("https://x:9")));
    QCOMPARE(scenario.target.timeout.total, 7s); // timeout was not there
    QCOMPARE(scenario.name, QStringLiteral("a 'b'"));
    QCOMPARE(scenario.flows[0].steps[0].headers.at(0).first, QStringLiteral("X-A"));
    const Scenario whole =
        scenarioOf(text, {over("load", "{users: 5, for: 3 s}"), over("target.practice", "{}"), over("target.url", "")});
    QCOMPARE(whole.load.stages.size(), 1u);
    QCOMPARE(whole.load.stages[0].users->first, 5.0);
    QCOMPARE(whole.load.stages[0].range, TextRange{}); // a place in the file, not one of the reader's own
    QVERIFY(whole.target.practice && whole.target.url.isEmpty());
    const Scenario shorter = scenarioOf(
        text, {over("load.stages[0]", "null"), over("target.ready.within", "null"), over("load.stages[0].for", "9 s")});
    QCOMPARE(shorter.load.stages.size(), 1u);
    QCOMPARE(shorter.load.stages[0].length, 9s);
    QCOMPARE(shorter.load.stages[0].rate->first.perSecond(), 2.0);
}

void OverridesTest::saysWhatIsWrongWithAnOverride_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("diagnostics");
    QTest::newRow("value")
        << "load.rate" << "fast"
        << "1:1: override 'load.rate': 'fast' is not a rate; write a number and /s, /min, /h or /d, as in 50/s";
    QTest::newRow("unknown field") << "target.ulr" << "x"
                                   << "1:1: override 'target.ulr': unknown field 'ulr' in target (did you mean 'url'?)";
    QTest::newRow("index") << "flows[1].weight" << "2"
                           << "1:1: override 'flows[1].weight': there is no item [1]; the list has 1 items";
    QTest::newRow("index of a mapping") << "target[0]" << "2"
                                        << "1:1: override 'target[0]': there is no item [0]; the list has 0 items";
    QTest::newRow("through a scalar")
        << "target.url.host" << "h"
        << "1:1: override 'target.url.host': 'host' cannot be set in something that is not a mapping of fields";
    QTest::newRow("through a list")
        << "flows.weight" << "2"
        << "1:1: override 'flows.weight': 'weight' cannot be set in something that is not a mapping of fields";
    QTest::newRow("value that is no YAML") << "name" << "a: b: c"
                                           << "1:1: override 'name': in its value, a ':' cannot stand here; correct "
                                              "the indentation, or put a text that holds ': ' in quotes";
    for (const char *path : {"", ".", "a..b", "load.", "flows[", "flows[]", "flows[x]", "flows[-1]", "flows[0]x", "[0]",
                             "flows[99999999999]"}) {
        QTest::newRow(qPrintable(QStringLiteral("path %1").arg(QLatin1String(path))))
            << path << "1"
            << QStringLiteral("1:1: override '%1': this is not a path; write it like load.stages[0].rate")
                   .arg(QLatin1String(path));
    }
}

void OverridesTest::saysWhatIsWrongWithAnOverride()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(textOf({}), {{path, value}}), diagnostics);
}

QTEST_GUILESS_MAIN(OverridesTest)
#include "tst_overrides.moc"
