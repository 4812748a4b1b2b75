// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/lineediting.h"
#include "ui/editor/textplaces.h"

#include <QTest>
#include <QTextDocument>

using namespace Headroom;

namespace {

/// A text where | stands for the cursor, or two of them for a selection.
struct Marked
{
    explicit Marked(QString text)
    {
        const qsizetype anchor = text.indexOf(u'|');
        text.remove(anchor, 1);
        const qsizetype end = text.indexOf(u'|');
        if (end >= 0)
            text.remove(end, 1);
        document.setPlainText(text);
        cursor = QTextCursor(&document);
        cursor.setPosition(int(anchor));
        if (end >= 0)
            cursor.setPosition(int(end), QTextCursor::KeepAnchor);
    }
    QTextDocument document;
    QTextCursor cursor;
};

} // namespace

class LineEditingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void breaksLines_data();
    void breaksLines();
    void indents_data();
    void indents();
    void takesIndentationAway_data();
    void takesIndentationAway();
    void togglesComments_data();
    void togglesComments();
    void countsColumnsInCharacters();
    void underlinesAtLeastOneCharacterAndAtMostTheLine();
    void keepsWhatToPlainTextWouldChange();

private:
    void tables()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
    }
    void compare(void (*edit)(QTextCursor));
};

void LineEditingTest::compare(void (*edit)(QTextCursor))
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    Marked text(before);
    const QString old = plainText(text.document);
    edit(text.cursor);
    QCOMPARE(plainText(text.document), after);
    if (old != after)
        text.document.undo();
    QCOMPARE(plainText(text.document), old); // one step
}

void LineEditingTest::breaksLines_data()
{
    tables();
    QTest::newRow("flat") << "a: 1|" << "a: 1\n";
    QTest::newRow("keeps") << "  a: 1|" << "  a: 1\n  ";
    QTest::newRow("behind a colon") << "  a:|" << "  a:\n    ";
    QTest::newRow("behind a colon and blanks") << "  a:  |" << "  a:  \n    ";
    QTest::newRow("in the middle") << "  a:| b" << "  a:\n     b"; // 4 blanks and the one before b
    QTest::newRow("below a dash's key") << "  - name: x|" << "  - name: x\n    ";
    QTest::newRow("below a dash's colon") << "- steps:|" << "- steps:\n    "; // 2 for the dash, 2 for the colon
    QTest::newRow("next item") << "  - errors < 1 %|" << "  - errors < 1 %\n  ";
    QTest::newRow("comment") << "  # a:|" << "  # a:\n  ";
    QTest::newRow("instead of a selection") << "  a|bc|d" << "  a\n  d";
}

void LineEditingTest::breaksLines() { compare(&breakLine); }

void LineEditingTest::indents_data()
{
    tables();
    QTest::newRow("in place") << "ab|c" << "ab  c";
    QTest::newRow("lines") << "|a\n\n  b|\nc" << "  a\n\n    b\nc"; // the empty line stays empty
    QTest::newRow("not the line where the selection only ends") << "|a\nb\n|c" << "  a\n  b\nc";
}

void LineEditingTest::indents() { compare(&indent); }

void LineEditingTest::takesIndentationAway_data()
{
    tables();
    QTest::newRow("two") << "    a|" << "  a";
    QTest::newRow("one is all") << " a|" << "a";
    QTest::newRow("none") << "a|" << "a";
    QTest::newRow("lines") << "|    a\n b\n|  c" << "  a\nb\n  c";
}

void LineEditingTest::takesIndentationAway() { compare(&unindent); }

void LineEditingTest::togglesComments_data()
{
    tables();
    QTest::newRow("on") << "  a|: 1" << "  # a: 1";
    QTest::newRow("off") << "  # a|: 1" << "  a: 1";
    QTest::newRow("off without a blank") << "#a|" << "a";
    QTest::newRow("lines in one column") << "|  a:\n\n    b: 1|" << "  # a:\n\n  #   b: 1";
    QTest::newRow("lines back") << "|  # a:\n\n  #   b: 1|" << "  a:\n\n    b: 1";
    QTest::newRow("mixed become all comments") << "|# a\nb|" << "# # a\n# b";
    QTest::newRow("nothing") << "|" << "";
}

void LineEditingTest::togglesComments() { compare(&toggleComment); }

void LineEditingTest::countsColumnsInCharacters()
{
    // U+1F600 is one character for the reader and two units for the document.
    QTextDocument document(QStringLiteral("x\na😀b😀c"));
    QCOMPARE(documentPosition(document, {2, 1}), 2);
    QCOMPARE(documentPosition(document, {2, 3}), 5); // b: 2 + a (1) + face (2)
    QCOMPARE(documentPosition(document, {2, 5}), 8); // c
    QCOMPARE(documentPosition(document, {2, 99}), 9);
    QCOMPARE(documentPosition(document, {99, 1}), 2);
    QCOMPARE(documentPosition(document, {0, 0}), 0);
    for (const TextPosition place : {TextPosition{1, 2}, {2, 1}, {2, 3}, {2, 5}, {2, 6}})
        QCOMPARE(textPosition(document, documentPosition(document, place)), place);
}

void LineEditingTest::underlinesAtLeastOneCharacterAndAtMostTheLine()
{
    QTextDocument document(QStringLiteral("ab😀\n\ncd\n"));
    const auto selected = [&](TextRange range) { return cursorFor(document, range).selectedText(); };
    QCOMPARE(selected({{1, 1}, {1, 3}}), QStringLiteral("ab"));
    QCOMPARE(selected({{1, 2}, {1, 2}}), QStringLiteral("b"));
    QCOMPARE(selected({{1, 3}, {1, 3}}), QStringLiteral("😀"));
    QCOMPARE(selected({{1, 4}, {1, 4}}), QStringLiteral("😀")); // at the end: what stands before
    QCOMPARE(selected({{1, 2}, {3, 2}}), QStringLiteral("b😀"));
    QCOMPARE(selected({{2, 1}, {2, 1}}), QString());
    QCOMPARE(cursorFor(document, {{2, 1}, {2, 1}}).blockNumber(), 1);
}

void LineEditingTest::keepsWhatToPlainTextWouldChange()
{
    const QString text = QStringLiteral("a\u00A0b\nc\n");
    const QTextDocument document(text);
    QCOMPARE(plainText(document), text);
}

QTEST_MAIN(LineEditingTest)
#include "tst_lineediting.moc"
