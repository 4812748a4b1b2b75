// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioedit.h"
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

QTEST_GUILESS_MAIN(ScenarioEditTest)
#include "tst_scenarioedit.moc"
