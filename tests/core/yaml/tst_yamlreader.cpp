// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlreader.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Headroom;

namespace {

YamlNode treeOf(const QByteArray &text)
{
    const auto tree = readYaml(text);
    return tree ? *tree : YamlNode();
}

/// "line:column message" of every problem, joined by line feeds.
QString problemsOf(const QByteArray &text, const YamlLimits &limits = {})
{
    QStringList lines;
    for (const YamlProblem &problem : readYamlWithProblems(text, limits).problems) {
        lines.append(QStringLiteral("%1:%2 %3")
                         .arg(problem.range.start.line)
                         .arg(problem.range.start.column)
                         .arg(problem.message));
    }
    return lines.join(u'\n');
}

} // namespace

class YamlReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsScalarsAsText();
    void tellsNullFromQuotedNull();
    void knowsThePlaceOfEverything();
    void countsColumnsInCharacters();
    void countsLinesWithEveryLineEnd();
    void endsBlocksWithTheirLastValue();
    void readsAnEmptyTextAsNull_data();
    void readsAnEmptyTextAsNull();
    void refuses_data();
    void refuses();
    void explainsSyntaxErrors_data();
    void explainsSyntaxErrors();
    void findsAllProblemsAtOnce();
    void stopsAtTheLimits();
    void stopsAfterManyProblems();
    void readsManyKeysInLinearTime();
};

void YamlReaderTest::keepsScalarsAsText()
{
    const YamlNode root = treeOf("a: no\nb: 1.10\nc: '1'\nd: |\n  x\n  y\n");
    QVERIFY(root.isMapping());
    QCOMPARE(root.entries.size(), 4u);
    QCOMPARE(root.find(u"a")->text, QStringLiteral("no"));
    QCOMPARE(root.find(u"b")->text, QStringLiteral("1.10"));
    QVERIFY(!root.find(u"b")->isQuoted);
    QVERIFY(root.find(u"c")->isQuoted);
    QCOMPARE(root.find(u"d")->text, QStringLiteral("x\ny\n"));
    QVERIFY(root.find(u"d")->isQuoted);
    QCOMPARE(root.find(u"e"), nullptr);
}

void YamlReaderTest::tellsNullFromQuotedNull()
{
    const YamlNode root = treeOf("[~, null, 'null', '', nul]");
    QCOMPARE(root.items.size(), 5u);
    QVERIFY(root.items[0].isNull());
    QVERIFY(root.items[1].isNull());
    QVERIFY(root.items[2].isScalar());
    QVERIFY(root.items[3].isScalar());
    QVERIFY(root.items[4].isScalar());
    QVERIFY(treeOf("a:\n").find(u"a")->isNull());
}

void YamlReaderTest::knowsThePlaceOfEverything()
{
    const YamlNode root = treeOf("a: 1\nlist:\n  - x\n  - {b: 'yz'}\n");
    QCOMPARE(root.range, (TextRange{{1, 1}, {4, 14}}));
    QCOMPARE(root.entries[1].keyRange, (TextRange{{2, 1}, {2, 5}}));
    const YamlNode &list = root.entries[1].value;
    QCOMPARE(list.range.start, (TextPosition{3, 3}));
    QCOMPARE(list.items[0].range, (TextRange{{3, 5}, {3, 6}}));
    QCOMPARE(list.items[1].range, (TextRange{{4, 5}, {4, 14}}));
    QCOMPARE(list.items[1].find(u"b")->range, (TextRange{{4, 9}, {4, 13}}));
}

void YamlReaderTest::countsColumnsInCharacters()
{
    // ä is two bytes and 😀 is four, or two units of UTF-16; each is one character.
    const YamlNode root = treeOf("\xEF\xBB\xBF{ä: ü, 😀: x}");
    QCOMPARE(root.entries[0].value.range.start, (TextPosition{1, 5}));
    QCOMPARE(root.entries[1].keyRange.start, (TextPosition{1, 8}));
    QCOMPARE(root.entries[1].value.range.start, (TextPosition{1, 11}));
}

void YamlReaderTest::countsLinesWithEveryLineEnd()
{
    const YamlNode root = treeOf("a: 1\r\nb: 2\rc: 3\nd: 4");
    QCOMPARE(root.entries.size(), 4u);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(root.entries[std::size_t(i)].keyRange.start, (TextPosition{i + 1, 1}));
    QCOMPARE(root.entries[0].value.text, QStringLiteral("1"));
}

void YamlReaderTest::endsBlocksWithTheirLastValue()
{
    const YamlNode root = treeOf("a:\n  b: 1\n\n# remark\nc: 2\n");
    QCOMPARE(root.find(u"a")->range, (TextRange{{2, 3}, {2, 7}}));
}

void YamlReaderTest::readsAnEmptyTextAsNull_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blank lines") << QByteArray("\n\n  \n");
    QTest::newRow("comments") << QByteArray("# only\n# remarks\n");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("document marker") << QByteArray("---\n");
}

void YamlReaderTest::readsAnEmptyTextAsNull()
{
    QFETCH(QByteArray, text);
    const auto tree = readYaml(text);
    QVERIFY(tree);
    QVERIFY(tree->isNull());
}

void YamlReaderTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &text, const char *problem) {
        QTest::newRow(name) << text << QString::fromUtf8(problem);
    };
    row("duplicate key", "a: 1\nb: 2\n'a': 3\n", "3:1 'a' is written twice; the first is in line 1");
    row("anchor", "a: &x 1\n",
        "1:4 anchors ('&x') are not supported; remove it, or put a text that begins with '&' in quotes");
    row("alias", "a: *x\n",
        "1:4 aliases ('*x') are not supported; write the value out, or put a text that begins with '*' in quotes");
    row("tag", "a: !!str 1\n",
        "1:4 tags ('tag:yaml.org,2002:str') are not supported; remove it, or put a text that begins with '!' in "
        "quotes");
    row("merge key", "<<: {a: 1}\n", "1:1 merge keys ('<<') are not supported; write the fields out");
    row("list as key", "? [a]\n: 1\n", "1:3 a key must be a text, not a list or a mapping");
    row("missing key", "a: 1\n: 2\n", "2:1 the key in front of ':' is missing");
    row("missing key in braces", "{: 2}", "1:2 the key in front of ':' is missing");
    row("empty explicit key", "?\n: 1\n", "1:2 the key in front of ':' is missing");
    row("two documents", "a: 1\n---\nb: 2\n",
        "2:1 a second document begins here; keep one and remove the '---' between them");
    row("NUL", QByteArray("a: b\0c", 6), "1:5 the text holds a NUL character; a scenario is a text file in UTF-8");
    row("escaped NUL", "a: \"\\0\"", "1:4 the text holds a NUL character (\\0); remove it");
    row("not UTF-8", "ä: \xE4\n", "1:4 the byte 0xE4 is not UTF-8; save the text as UTF-8");
    row("overlong", "a: \xC0\x80", "1:4 the byte 0xC0 is not UTF-8; save the text as UTF-8");
    row("surrogate", "a: \xED\xA0\x80", "1:4 the byte 0xED is not UTF-8; save the text as UTF-8");
    row("cut off", "a: \xE2\x82", "1:4 the byte 0xE2 is not UTF-8; save the text as UTF-8");
    row("UTF-16", QByteArray("\xFF\xFE\x61\x00", 4), "1:1 the text is UTF-16; save it as UTF-8");
    row("escape character", "a:\n  \x1B[31m",
        "2:3 the invisible character U+001B cannot stand here; remove it, or write \\u001B in double quotes");
    row("not UTF-8 behind both line ends", "a: 1\r\nb: \xFF", "2:4 the byte 0xFF is not UTF-8; save the text as UTF-8");
    row("line separator", "a: x\xE2\x80\xA8y",
        "1:5 the invisible character U+2028 cannot stand here; remove it, or write \\u2028 in double quotes");
}

void YamlReaderTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QCOMPARE(problemsOf(text), problem);
    QVERIFY(!readYaml(text));
}

void YamlReaderTest::explainsSyntaxErrors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &text, const char *problem) {
        QTest::newRow(name) << text << QString::fromUtf8(problem);
    };
    row("tab in front of a key", "a:\n\tb: 1\n", "2:1 lines cannot be indented with tabs; use spaces");
    row("tab behind blanks", "a:\n  b: 1\n \tc: 1\n", "3:2 lines cannot be indented with tabs; use spaces");
    row("key less indented", "a:\n    b: 1\n  c: 2\n",
        "3:3 this does not fit the fields that begin in line 1; correct the indentation or the quotes");
    row("key more indented", "a: 1\n  b: 2\n",
        "2:4 a ':' cannot stand here; correct the indentation, or put a text that holds ': ' in quotes");
    row("colon in a text", "a: b: c\n",
        "1:5 a ':' cannot stand here; correct the indentation, or put a text that holds ': ' in quotes");
    row("item less indented", "a:\n    - x\n  - y\n",
        "3:3 this does not fit the fields that begin in line 1; correct the indentation or the quotes");
    row("key among items", "- x\na: 1\n",
        "2:1 this does not fit the list that begins in line 1; correct the indentation, or begin the item with '- '");
    row("item behind a key", "a: - x\n",
        "1:4 a list item ('-') cannot stand here; correct the indentation, or begin the list in a line of its own");
    row("double quote open", "a: 1\nb: \"x\nc: 2\n",
        "2:4 the quote opened here is never closed; add the closing quote");
    row("single quote open", "a: 'x\n", "1:4 the quote opened here is never closed; add the closing quote");
    row("text behind a quote", "a: 'x' y\n",
        "1:8 this does not fit the fields that begin in line 1; correct the indentation or the quotes");
    row("missing colon", "a: 1\nurl\nb: 2\n", "2:1 a ':' is missing behind this key; write 'key: value'");
    row("open bracket", "a: [1, 2\nb: 3\n", "2:2 a ',' or ']' is missing here; the list was opened with '[' in line 1");
    row("open brace", "a: {b: 1\n", "2:1 a ',' or '}' is missing here; the mapping was opened with '{' in line 1");
    row("bracket too many", "a: ]\n",
        "1:4 a value is missing here; write one, or put a text that begins with a special character in quotes");
    row("at sign", "ä: @x\n", "1:4 a text cannot begin with '@'; put it in quotes");
    row("backtick", "a: `x`\n", "1:4 a text cannot begin with '`'; put it in quotes");
    row("percent", "a: %x\n", "1:4 a text cannot begin with '%'; put it in quotes");
    row("star", "a: *.json\n", "1:4 a text cannot begin with '*'; put it in quotes");
    row("unknown escape", "a: \"\\d\"\n",
        "1:5 this is no escape that double quotes know; write \\\\ for a backslash, or use single quotes");
    row("short escape", "a: \"\\u12\"\n",
        "1:7 hexadecimal digits are missing behind the backslash; write \\\\ for a backslash, or use single quotes");
    row("tag that is none", "a: !<x\n", "1:4 a text cannot begin with '!'; put it in quotes");
    row("directive", "%FOO\n", "1:1 a line cannot begin with '%'; put the text in quotes");
    row("text behind a bar", "a: | x\n",
        "1:6 nothing but a comment may follow '|' or '>' in its line; begin the text in the next one");
    row("mapping behind a scalar", "x\na: 1\n",
        "2:2 a ':' cannot stand here; correct the indentation, or put a text that holds ': ' in quotes");
}

void YamlReaderTest::explainsSyntaxErrors()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QCOMPARE(problemsOf(text), problem);
    QVERIFY(!readYamlWithProblems(text).root);
}

void YamlReaderTest::findsAllProblemsAtOnce()
{
    const YamlReading reading = readYamlWithProblems("a: &x 1\na: 2\n<<: 3\nb: *x\nc: \"\n");
    QCOMPARE(reading.problems.size(), 5u); // anchor, duplicate, merge key, alias, and the quote that ends the search
    QVERIFY(!reading.root);
    const YamlReading complete = readYamlWithProblems("a: 1\na: 2\nb: 3\n");
    QCOMPARE(complete.problems.size(), 1u);
    QCOMPARE(complete.root->find(u"a")->text, QStringLiteral("1"));
    QCOMPARE(complete.root->find(u"b")->text, QStringLiteral("3"));
}

void YamlReaderTest::stopsAtTheLimits()
{
    QVERIFY(readYaml("[[1]]", {.bytes = 5, .depth = 2, .nodes = 3}));
    QCOMPARE(problemsOf("[[1]]", {.bytes = 4}), QStringLiteral("1:1 the text has 5 B; at most 4 B are read"));
    QCOMPARE(problemsOf("[[1]]", {.depth = 1}),
             QStringLiteral("1:2 values are nested more than 1 levels deep, which is the limit; flatten them"));
    QCOMPARE(problemsOf("[[1]]", {.nodes = 2}),
             QStringLiteral("1:3 the text holds more than 2 values, which is the limit; split it"));
    QCOMPARE(problemsOf(QByteArray(4 * 1024 * 1024 + 1, ' ')),
             QStringLiteral("1:1 the text has 4.0 MiB; at most 4.0 MiB are read"));
    QVERIFY(problemsOf(QByteArray(100'000, '[')).contains(QLatin1String("nested more than 64 levels")));
    QVERIFY(problemsOf(QByteArray("- ").repeated(100'000)).contains(QLatin1String("nested more than 64 levels")));
}

void YamlReaderTest::stopsAfterManyProblems()
{
    QCOMPARE(readYamlWithProblems("a: 1\n" + QByteArray("a: 1\n").repeated(10'000)).problems.size(), 200u);
}

void YamlReaderTest::readsManyKeysInLinearTime()
{
    QByteArray text;
    for (int i = 0; i < 90'000; ++i)
        text += "k" + QByteArray::number(i) + ": 1\n";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(readYaml(text));
    // Comparing each key with all before it would take minutes; this takes a tenth of a second.
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(YamlReaderTest)
#include "tst_yamlreader.moc"
