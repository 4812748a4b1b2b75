// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probeedit.h"
#include "core/scenario/scenarioedit.h"
#include "core/yaml/yamlreader.h"
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

namespace {

/// The place in a text of lines, in characters from 0.
qsizetype indexOf(const QString &text, const TextPosition &place)
{
    qsizetype line = 0;
    for (int i = 1; i < place.line; ++i)
        line = text.indexOf(u'\n', line) + 1;
    return line + place.column - 1; // of characters within the Basic Multilingual Plane
}

QString edited(const QByteArray &text)
{
    const auto edit = editToDirect(text);
    QString after = QString::fromUtf8(text);
    if (!edit)
        return QStringLiteral("nothing");
    const qsizetype start = indexOf(after, edit->range.start);
    return after.replace(start, indexOf(after, edit->range.end) - start, edit->text);
}

} // namespace

class ScenarioEditTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesTheTransport_data();
    void writesTheTransport();
    void changesNothingWhereThereIsNothingToChange_data();
    void changesNothingWhereThereIsNothingToChange();
    void addsAProbe_data();
    void addsAProbe();
    void saysWhyAProbeCannotBeAdded_data();
    void saysWhyAProbeCannotBeAdded();
    void removesAProbe_data();
    void removesAProbe();
    void findsFreeNamesForProbes();
    void quotesWhatWouldMeanSomethingElse_data();
    void quotesWhatWouldMeanSomethingElse();
};

void ScenarioEditTest::writesTheTransport_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(after);
    };
    row("in braces", "target: { url: http://h } # größe", "target: { transport: direct, url: http://h } # größe");
    row("in lines", "# one\ntarget: # two\n    url: http://h # three\n    cookies: false\nload: {}",
        "# one\ntarget: # two\n    transport: direct\n    url: http://h # three\n    cookies: false\nload: {}");
    row("written already", "target:\n  url: http://h\n  transport: qnam # Qt's\n",
        "target:\n  url: http://h\n  transport: direct # Qt's\n");
    row("in quotes, in braces", "target: {transport: \"qnam\", url: http://h}",
        "target: {transport: direct, url: http://h}");
    row("braces over lines", "target: {\n  practice: {}\n}\n", "target: {\n  transport: direct, practice: {}\n}\n");
}

void ScenarioEditTest::writesTheTransport()
{
    QFETCH(QByteArray, before);
    const QString after = edited(before);
    QTEST(after, "after");
    QVERIFY(!editToDirect(after.toUtf8())); // is what it should be
}

void ScenarioEditTest::changesNothingWhereThereIsNothingToChange_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("direct already") << QByteArray("target: { url: http://h, transport: direct }");
    QTest::newRow("lines") << QByteArray("target: { lines: { socket: s } }");
    QTest::newRow("no target") << QByteArray("headroom: 1");
    QTest::newRow("target of nothing") << QByteArray("target: {}");
    QTest::newRow("target in a word") << QByteArray("target: http://h");
    QTest::newRow("nothing at all") << QByteArray();
    QTest::newRow("no YAML") << QByteArray("target: { url: ");
    QTest::newRow("a list as transport") << QByteArray("target: { url: http://h, transport: [] }");
}

void ScenarioEditTest::changesNothingWhereThereIsNothingToChange()
{
    QFETCH(QByteArray, text);
    QCOMPARE(edited(text), QStringLiteral("nothing"));
}

void ScenarioEditTest::addsAProbe_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    row("behind others, with their comments",
        "probes: # all of them\n  a: { host: true } # größe\n  # what follows\nrules:\n  - errors < 1 %\n",
        "probes: # all of them\n  a: { host: true } # größe\n  new: { host: true }\n  # what follows\nrules:\n  - errors < 1 %\n");
    row("behind one over many lines", "probes:\n    a:\n        process:\n            port: 80 # web\nload: {}\n",
        "probes:\n    a:\n        process:\n            port: 80 # web\n    new: { host: true }\nload: {}\n");
    row("behind one in a block of text", "probes:\n  a:\n    command: |\n      one\n      two\n\nload: {}\n",
        "probes:\n  new: { host: true }\n  a:\n    command: |\n      one\n      two\n\nload: {}\n");
    row("without an end of line", "probes:\n  a: { host: true }", "probes:\n  a: { host: true }\n  new: { host: true }");
    row("into braces", "probes: { a: { host: true } } # one\n", "probes: { a: { host: true }, new: { host: true } } # one\n");
    row("into braces over lines", "probes: {\n  a: { host: true } # one\n}\n",
        "probes: {\n  a: { host: true }, new: { host: true } # one\n}\n");
    row("into empty braces", "probes: {}\n", "probes: { new: { host: true } }\n");
    row("into empty braces with a comment", "probes: { # none\n  }\n", "probes: { new: { host: true } # none\n  }\n");
    row("into a field of nothing", "probes: # none yet\nload: {}\n", "probes: # none yet\n  new: { host: true }\nload: {}\n");
    row("into a tilde", "probes: ~ # none\n", "probes: { new: { host: true } } # none\n");
    row("into all in braces", "{ headroom: 1, load: {} }", "{ headroom: 1, load: {}, probes: { new: { host: true } } }");
    row("a field of its own", "headroom: 1\nload: {}\n# the end\n",
        "headroom: 1\nload: {}\n# the end\n\nprobes:\n  new: { host: true }\n");
    row("a field of its own, as deep as others", "target:\n    url: http://h\n\n",
        "target:\n    url: http://h\n\nprobes:\n    new: { host: true }\n");
    row("a field of its own behind half a line", "load: {}", "load: {}\n\nprobes:\n  new: { host: true }\n");
    row("before the end of the document", "load: {}\n...\n", "load: {}\nprobes:\n  new: { host: true }\n...\n");
    row("into nothing", "", "probes:\n  new: { host: true }\n");
    row("with returns", "headroom: 1\r\nprobes:\r\n  a: { host: true }\r\nload: {}\r\n",
        "headroom: 1\r\nprobes:\r\n  a: { host: true }\r\n  new: { host: true }\r\nload: {}\r\n");
    row("behind characters of four bytes", "probes: { \xf0\x9f\x98\x80: { host: true } }",
        "probes: { \xf0\x9f\x98\x80: { host: true }, new: { host: true } }");
}

void ScenarioEditTest::addsAProbe()
{
    QFETCH(QByteArray, before);
    const auto edit = editToAddProbe(before, QStringLiteral("new"), QStringLiteral("{ host: true }"));
    QVERIFY2(edit, qPrintable(edit ? QString() : edit.error().text()));
    const QByteArray after = applied(before, *edit);
    QTEST(after, "after");
    QVERIFY(readYaml(after));
}

void ScenarioEditTest::saysWhyAProbeCannotBeAdded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("sentence");
    const QString host = QStringLiteral("{ host: true }");
    const QString name = QStringLiteral("new");
    QTest::newRow("there already") << QByteArray("probes: { new: {} }") << name << host << QStringLiteral("there is a probe 'new' already");
    QTest::newRow("tabs") << QByteArray("probes:\n\ta: { host: true }\n") << name << host << QStringLiteral("line 2");
    QTest::newRow("no mapping") << QByteArray("- a\n") << name << host << QStringLiteral("is no scenario");
    QTest::newRow("probes are a list") << QByteArray("a: 1\nprobes: [1]\n") << name << host << QStringLiteral("line 2: 'probes' is no mapping");
    QTest::newRow("a name of two words") << QByteArray("a: 1") << QStringLiteral("a b") << host << QStringLiteral("cannot be the name");
    QTest::newRow("a name with a colon") << QByteArray("a: 1") << QStringLiteral("a:") << host << QStringLiteral("cannot be the name");
    QTest::newRow("no name") << QByteArray("a: 1") << QString() << host << QStringLiteral("cannot be the name");
    QTest::newRow("two lines") << QByteArray("a: 1") << name << QStringLiteral("{ host:\ntrue }") << QStringLiteral("cannot stand for a probe");
    QTest::newRow("open braces") << QByteArray("a: 1") << name << QStringLiteral("{ host: true") << QStringLiteral("cannot stand for a probe");
    QTest::newRow("more than braces") << QByteArray("a: 1") << name << QStringLiteral("{ host: true }, b: {}") << QStringLiteral("cannot stand for a probe");
    QTest::newRow("a word") << QByteArray("a: 1") << name << QStringLiteral("true") << QStringLiteral("cannot stand for a probe");
}

void ScenarioEditTest::saysWhyAProbeCannotBeAdded()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, sentence);
    const auto edit = editToAddProbe(text, name, value);
    QVERIFY(!edit);
    QVERIFY2(edit.error().message.contains(sentence), qPrintable(edit.error().message));
}

void ScenarioEditTest::removesAProbe_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after);
    };
    row("the first of two", "probes:\n  old:\n    process:\n      port: 1 # one\n  # of b\n  b: {}\n",
        "probes:\n  # of b\n  b: {}\n");
    row("the last of two", "probes:\n  a: {} # a\n  old: { host: true } # b\n# rules\nrules: []\n",
        "probes:\n  a: {} # a\n# rules\nrules: []\n");
    row("the only one", "a: 1\nprobes:\n  old: { host: true }\nb: 2\n", "a: 1\nb: 2\n");
    row("a block of text", "probes:\n  old:\n    command: |\n      x\n  b: {}\n", "probes:\n  b: {}\n");
    row("without an end of line", "a: 1\nprobes:\n  b: {}\n  old: {}", "a: 1\nprobes:\n  b: {}");
    row("in braces, the first", "probes: { old: { host: true }, b: {} }", "probes: { b: {} }");
    row("in braces, the last", "probes: { b: {}, old: { host: true } }", "probes: { b: {} }");
    row("in braces, the only one", "{ a: 1, probes: { old: {} } }", "{ a: 1, probes: {} }");
    row("with returns", "a: 1\r\nprobes:\r\n  old: {}\r\n  b: {}\r\n", "a: 1\r\nprobes:\r\n  b: {}\r\n");
}

void ScenarioEditTest::removesAProbe()
{
    QFETCH(QByteArray, before);
    const auto edit = editToRemoveProbe(before, QStringLiteral("old"));
    QVERIFY2(edit, qPrintable(edit ? QString() : edit.error().text()));
    const QByteArray after = applied(before, *edit);
    QTEST(after, "after");
    QVERIFY(!editToRemoveProbe(after, QStringLiteral("old")));
}

void ScenarioEditTest::findsFreeNamesForProbes()
{
    const QByteArray text("probes: { nginx: {}, nginx2: {} }");
    QCOMPARE(freeProbeName(text, QStringLiteral("nginx")), QStringLiteral("nginx3"));
    QCOMPARE(freeProbeName(text, QStringLiteral("(my app)")), QStringLiteral("my_app"));
    QCOMPARE(freeProbeName("", QStringLiteral("///")), QStringLiteral("probe"));
}

void ScenarioEditTest::quotesWhatWouldMeanSomethingElse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *text, const char *written) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("/stats", "/stats");
    row("$.queue_depth", "$.queue_depth");
    row("http://127.0.0.1:9090/metrics", "http://127.0.0.1:9090/metrics");
    row("127.0.0.1:6379", "'127.0.0.1:6379'");
    row("LLEN jobs", "'LLEN jobs'");
    row("took (\\d+) ms, it's", "'took (\\d+) ms, it''s'");
    row("null", "'null'");
    row("", "''");
    row("- a", "'- a'");
    row("a\nb", "'a b'");
}

void ScenarioEditTest::quotesWhatWouldMeanSomethingElse()
{
    QFETCH(QString, text);
    QTEST(scalarText(text), "written");
    const auto read = readYaml(("{ x: " + scalarText(text) + " }").toUtf8());
    QVERIFY(read);
    QCOMPARE(read->find(u"x")->text, QString(text).replace(u'\n', u' '));
}

QTEST_GUILESS_MAIN(ScenarioEditTest)
#include "tst_scenarioedit.moc"
