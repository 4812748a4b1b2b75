// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenarioeditor.h"

#include "ui/editor/codeeditor.h"
#include "ui/widgets/copytable.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>
#include <QUrl>

#include <cmath>

using namespace Headroom;

namespace {

const QByteArray kGood = "headroom: 1\nname: small\ntarget: { url: 'http://127.0.0.1:8080' }\n"
                         "flows: [ { steps: [ { name: read, get: /a } ] } ]\n"
                         "load: { stages: [ { rate: 1/s, for: 1 s } ] }\n";

QByteArray bundled()
{
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios/first-run.yaml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString placesOf(const Diagnostics &diagnostics)
{
    QStringList places;
    for (const Diagnostic &diagnostic : diagnostics)
        places.append(QStringLiteral("%1:%2").arg(diagnostic.range.start.line).arg(diagnostic.range.start.column));
    return places.join(u' ');
}

/// The underlined parts of the text.
QStringList underlined(const QPlainTextEdit &code)
{
    QStringList parts;
    for (const QTextEdit::ExtraSelection &selection : code.extraSelections()) {
        if (selection.format.underlineStyle() != QTextCharFormat::NoUnderline)
            parts.append(selection.cursor.selectedText());
    }
    return parts;
}

/// Source: WCAG 2.2, "relative luminance".
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// The faintest of all coloured parts of a text against its background.
double faintest(const QPlainTextEdit &code)
{
    const double back = luminance(code.palette().color(QPalette::Base));
    double least = 21.0;
    for (QTextBlock block = code.document()->begin(); block.isValid(); block = block.next()) {
        for (const QTextLayout::FormatRange &part : block.layout()->formats()) {
            if (!part.format.hasProperty(QTextFormat::ForegroundBrush))
                continue;
            const double front = luminance(part.format.foreground().color());
            least = std::min(least, (std::max(front, back) + 0.05) / (std::min(front, back) + 0.05));
        }
    }
    return least;
}

} // namespace

class ScenarioEditorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesAnEditThatOneUndoTakesBack();
    void init();
    void cleanup();
    void loadsUnmodifiedWithNothingToUndo();
    void givesBackTheBytesItWasGiven_data();
    void givesBackTheBytesItWasGiven();
    void showsProblemsWhereTheyAre();
    void underlinesBehindCharactersOutsideTheBmp();
    void clearsProblemsWhenTheyAreMended();
    void problemsMoveWithTheText();
    void saysTheSentenceWhereThePointerRests();
    void walksTheProblemsRoundAndRound();
    void goesToTheProblemChosenInTheList();
    void copiesProblemsAsText();
    void staysReadableInLightAndDark();
    void typesAsAnEditorOfYaml();
    void shiftReturnPutsInNoLineSeparator();
    void escapeAndTabLeavesTheText();
    void commentsByKey();
    void leavesFilesToTheWindowAndTakesText();
    void refusesWhatIsTooLong();
    void keepsATextThatCannotBeShown();
    void findsRoundTheEnd();
    void zoomsWithTheWheel();
    void endsWhileChecking();

private:
    void loadAndCheck(const QByteArray &text);
    void type(const QString &keys) { QTest::keyClicks(m_code, keys); }
    QString problemLine() const { return m_editor->findChild<QLabel *>(QStringLiteral("problemLine"))->text(); }

    std::unique_ptr<ScenarioEditor> m_editor;
    CodeEditor *m_code = nullptr;
};

void ScenarioEditorTest::init()
{
    applyColorMode(ColorMode::Light);
    m_editor = std::make_unique<ScenarioEditor>();
    m_editor->resize(800, 600);
    m_editor->show();
    QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
    m_code = m_editor->findChild<CodeEditor *>(QStringLiteral("scenarioText"));
    QVERIFY(m_code);
    m_code->setFocus();
}

void ScenarioEditorTest::cleanup() { m_editor.reset(); }

void ScenarioEditorTest::loadAndCheck(const QByteArray &text)
{
    m_editor->load(text);
    QTRY_VERIFY(!m_editor->isChecking());
}

void ScenarioEditorTest::loadsUnmodifiedWithNothingToUndo()
{
    type(QStringLiteral("x"));
    QVERIFY(m_editor->isModified());
    QSignalSpy modified(m_editor.get(), &ScenarioEditor::modifiedChanged);
    loadAndCheck(kGood);
    QCOMPARE(m_editor->text(), kGood);
    QVERIFY(!m_editor->isModified());
    QVERIFY(!m_editor->document()->isUndoAvailable());
    QCOMPARE(modified.count(), 1);
    QCOMPARE(modified.first().first().toBool(), false);
    QCOMPARE(problemLine(), QStringLiteral("No problems"));
    m_editor->setTheme(Theme::of(QPalette(Qt::black))); // colours are no edit
    QVERIFY(!m_editor->isChecking());
    QVERIFY(!m_editor->isModified());
}

void ScenarioEditorTest::givesBackTheBytesItWasGiven_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no last line end") << QByteArray("a: 1");
    QTest::newRow("carriage returns") << QByteArray("a: 1\r\nb: 2\r\n");
    QTest::newRow("no-break space") << QByteArray("a: \xC2\xA0x\n");
    QTest::newRow("outside the BMP") << QByteArray("a: \xF0\x9F\x98\x80\n");
}

void ScenarioEditorTest::givesBackTheBytesItWasGiven()
{
    QFETCH(QByteArray, bytes);
    m_editor->load(bytes);
    QCOMPARE(m_editor->text(), bytes);
    type(QStringLiteral("x")); // from here on they are made from the text
    QVERIFY(m_editor->text() != bytes);
    m_editor->document()->undo();
    QCOMPARE(m_editor->text(), bytes);
}

void ScenarioEditorTest::showsProblemsWhereTheyAre()
{
    loadAndCheck(kGood);
    QSignalSpy checked(m_editor.get(), &ScenarioEditor::checked);
    m_code->moveCursor(QTextCursor::End);
    type(QStringLiteral("colour: red"));
    QVERIFY(m_editor->isChecking());
    QCOMPARE(problemLine(), QStringLiteral("Checking…"));
    QTRY_VERIFY(!m_editor->isChecking());
    QCOMPARE(checked.count(), 1);
    QCOMPARE(placesOf(m_editor->diagnostics()), QStringLiteral("6:1"));
    QCOMPARE(underlined(*m_code), QStringList({QStringLiteral("colour")}));
    QCOMPARE(problemLine(), QStringLiteral("1 error"));
}

void ScenarioEditorTest::underlinesBehindCharactersOutsideTheBmp()
{
    // "flows: [ { name: " are 17 characters, then the face, a comma and a blank: column 21 (22 in UTF-16).
    QByteArray text = kGood;
    text.replace("flows: [ { ", "flows: [ { name: 😀, colour: red, ");
    loadAndCheck(text);
    QCOMPARE(placesOf(m_editor->diagnostics()), QStringLiteral("4:21"));
    QCOMPARE(underlined(*m_code), QStringList({QStringLiteral("colour")}));
    m_editor->goToNextProblem();
    QCOMPARE(m_code->textCursor().positionInBlock(), 21); // 20 characters before it, one of them two units
}

void ScenarioEditorTest::clearsProblemsWhenTheyAreMended()
{
    loadAndCheck(kGood + "colour: red\n");
    QCOMPARE(underlined(*m_code).size(), 1);
    m_editor->goTo({6, 1});
    for (int i = 0; i < 11; ++i) // "colour: red"
        QTest::keyClick(m_code, Qt::Key_Delete);
    QTRY_VERIFY(!m_editor->isChecking());
    QVERIFY(m_editor->diagnostics().empty());
    QCOMPARE(underlined(*m_code), QStringList());
    QCOMPARE(problemLine(), QStringLiteral("No problems"));
    QVERIFY(!m_editor->findChild<CopyTable *>()->isVisible());
}

void ScenarioEditorTest::problemsMoveWithTheText()
{
    loadAndCheck(kGood + "colour: red\n");
    m_code->moveCursor(QTextCursor::Start);
    QTest::keyClick(m_code, Qt::Key_Return);
    m_editor->goToNextProblem();
    QVERIFY(m_editor->isChecking()); // the place is known before the next check
    QCOMPARE(m_code->textCursor().blockNumber(), 6);
    QCOMPARE(underlined(*m_code), QStringList({QStringLiteral("colour")}));
}

void ScenarioEditorTest::saysTheSentenceWhereThePointerRests()
{
    loadAndCheck(kGood + "colour: red\n");
    m_editor->goTo({6, 3});
    const QPoint place = m_code->cursorRect().center();
    QHelpEvent rest(QEvent::ToolTip, place, m_code->viewport()->mapToGlobal(place));
    QApplication::sendEvent(m_code->viewport(), &rest);
    QVERIFY(QToolTip::text().contains(QStringLiteral("colour")));
    QToolTip::hideText();
    auto *margin = m_code->findChild<LineMargin *>();
    const QPoint beside(3, place.y());
    QHelpEvent atMargin(QEvent::ToolTip, beside, margin->mapToGlobal(beside));
    QApplication::sendEvent(margin, &atMargin);
    QVERIFY(QToolTip::text().contains(QStringLiteral("colour")));
    QToolTip::hideText();
    const QPoint elsewhere(place.x() + 400, place.y());
    QHelpEvent away(QEvent::ToolTip, elsewhere, m_code->viewport()->mapToGlobal(elsewhere));
    QApplication::sendEvent(m_code->viewport(), &away);
    QTRY_VERIFY(!QToolTip::isVisible());
}

void ScenarioEditorTest::walksTheProblemsRoundAndRound()
{
    loadAndCheck(kGood + "colour: red\nsize: 3\n");
    QCOMPARE(placesOf(m_editor->diagnostics()), QStringLiteral("6:1 7:1"));
    const auto line = [this] { return m_code->textCursor().blockNumber() + 1; };
    m_editor->goTo({1, 1});
    m_editor->goToNextProblem();
    QCOMPARE(line(), 6);
    m_editor->goToNextProblem();
    QCOMPARE(line(), 7);
    QCOMPARE(m_editor->findChild<CopyTable *>()->currentIndex().row(), 1);
    m_editor->goToNextProblem();
    QCOMPARE(line(), 6);
    m_editor->goToPreviousProblem();
    QCOMPARE(line(), 7);
    m_editor->goTo({6, 5});
    m_editor->goToPreviousProblem();
    QCOMPARE(line(), 6);
    loadAndCheck(kGood);
    m_editor->goTo({3, 1});
    m_editor->goToNextProblem();
    m_editor->goToPreviousProblem();
    QCOMPARE(line(), 3);
}

void ScenarioEditorTest::goesToTheProblemChosenInTheList()
{
    loadAndCheck(kGood + "colour: red\nsize: 3\n");
    auto *list = m_editor->findChild<CopyTable *>();
    QVERIFY(list->isVisible());
    list->sortByColumn(1, Qt::DescendingOrder); // 7:1 first
    list->setCurrentIndex(list->model()->index(0, 2));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_code->textCursor().blockNumber(), 6);
    QVERIFY(m_code->hasFocus());
    const QPoint second = list->visualRect(list->model()->index(1, 0)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(m_code->textCursor().blockNumber(), 5);
}

void ScenarioEditorTest::copiesProblemsAsText()
{
    loadAndCheck(kGood + "colour: red\n");
    const QString text = m_editor->findChild<CopyTable *>()->selectedText();
    QCOMPARE(text, QStringLiteral("Kind\tPlace\tProblem\nError\t6:1\t%1\n").arg(m_editor->diagnostics()[0].message));
}

void ScenarioEditorTest::staysReadableInLightAndDark()
{
    loadAndCheck(bundled());
    QVERIFY(m_editor->diagnostics().empty());
    for (const ColorMode mode : {ColorMode::Light, ColorMode::Dark, ColorMode::Light}) {
        applyColorMode(mode);
        m_editor->setTheme(Theme::of(QApplication::palette()));
        QCOMPARE(m_code->palette().color(QPalette::Base), Theme::of(QApplication::palette()).background);
        QCoreApplication::processEvents();
        const double contrast = faintest(*m_code);
        QVERIFY2(contrast >= 4.5 && contrast < 21.0, qPrintable(QString::number(contrast)));
    }
}

void ScenarioEditorTest::typesAsAnEditorOfYaml()
{
    type(QStringLiteral("flows:"));
    QTest::keyClick(m_code, Qt::Key_Return);
    type(QStringLiteral("- name: a"));
    QTest::keyClick(m_code, Qt::Key_Return);
    type(QStringLiteral("b: 1"));
    QTest::keyClick(m_code, Qt::Key_Return);
    QTest::keyClick(m_code, Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(m_code, Qt::Key_Tab);
    type(QStringLiteral("c"));
    QCOMPARE(m_editor->text(), QByteArray("flows:\n  - name: a\n    b: 1\n    c"));
}

void ScenarioEditorTest::shiftReturnPutsInNoLineSeparator()
{
    type(QStringLiteral("a"));
    QTest::keyClick(m_code, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(m_code, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(m_editor->text(), QByteArray("a\n\n"));
}

void ScenarioEditorTest::escapeAndTabLeavesTheText()
{
    loadAndCheck(kGood + "colour: red\n");
    QTest::keyClick(m_code, Qt::Key_Escape);
    QTest::keyClick(m_code, Qt::Key_Tab);
    QVERIFY(!m_code->hasFocus());
    QVERIFY(!m_editor->isModified());
}

void ScenarioEditorTest::commentsByKey()
{
    loadAndCheck("a: 1\n");
    QTest::keyClick(m_code, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(m_editor->text(), QByteArray("# a: 1\n"));
    QTest::keyClick(m_code, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(m_editor->text(), QByteArray("a: 1\n"));
}

void ScenarioEditorTest::leavesFilesToTheWindowAndTakesText()
{
    const auto isTaken = [this](const QMimeData &data) {
        QDragEnterEvent enter(QPoint(60, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(m_code->viewport(), &enter);
        return enter.isAccepted();
    };
    QMimeData file;
    file.setUrls({QUrl::fromLocalFile(QStringLiteral("/home/me/my.yaml"))});
    file.setText(QStringLiteral("file:///home/me/my.yaml"));
    QVERIFY(!isTaken(file));
    QMimeData text;
    text.setText(QStringLiteral("name: x"));
    QVERIFY(isTaken(text));
}

void ScenarioEditorTest::refusesWhatIsTooLong()
{
    QApplication::clipboard()->setText(QString(100'001, u'x')); // a line of at most 100,000
    m_code->paste();
    QCOMPARE(m_editor->text(), QByteArray());
    QVERIFY2(problemLine().contains(QStringLiteral("100,000")), qPrintable(problemLine()));
    QApplication::clipboard()->setText(QString(5 * 1024 * 1024, u'\n')); // of 4 MiB
    m_code->paste();
    QCOMPARE(m_editor->text(), QByteArray());
    QVERIFY2(problemLine().contains(QStringLiteral("4.0 MiB")), qPrintable(problemLine()));
}

void ScenarioEditorTest::keepsATextThatCannotBeShown()
{
    const QByteArray big(5 * 1024 * 1024, '\n');
    loadAndCheck(big);
    QCOMPARE(m_editor->text(), big);
    QCOMPARE(m_editor->document()->toPlainText(), QString());
    QCOMPARE(placesOf(m_editor->diagnostics()), QStringLiteral("1:1"));
    type(QStringLiteral("x"));
    QVERIFY(!m_editor->isModified());
    loadAndCheck("name: caf\xE9\n"); // Latin-1: said while the bytes are known
    QCOMPARE(placesOf(m_editor->diagnostics()), QStringLiteral("1:10"));
}

void ScenarioEditorTest::findsRoundTheEnd()
{
    loadAndCheck("one\ntwo\none\n");
    QTest::keyClick(m_code, Qt::Key_F, Qt::ControlModifier);
    auto *words = m_editor->findChild<QLineEdit *>(QStringLiteral("findWords"));
    QVERIFY(words->hasFocus());
    QTest::keyClicks(words, QStringLiteral("one"));
    const auto line = [this] { return m_code->textCursor().blockNumber() + 1; };
    QCOMPARE(m_code->textCursor().selectedText(), QStringLiteral("one"));
    QCOMPARE(line(), 1);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(line(), 3);
    QTest::keyClick(words, Qt::Key_F3);
    QCOMPARE(line(), 1); // round the end
    QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(line(), 3); // and back
    QTest::keyClicks(words, QStringLiteral("x"));
    QCOMPARE(m_editor->findChild<QLabel *>(QStringLiteral("findAnswer"))->text(), QStringLiteral("Not found"));
    QTest::keyClick(words, Qt::Key_Escape);
    QVERIFY(m_code->hasFocus());
    QVERIFY(!words->isVisible());
}

void ScenarioEditorTest::zoomsWithTheWheel()
{
    const double before = m_code->font().pointSizeF();
    const auto turn = [this](int angle) {
        const QPointF place(50, 50);
        QWheelEvent event(place, m_code->viewport()->mapToGlobal(place), {}, {0, angle}, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_code->viewport(), &event);
    };
    turn(60);
    QCOMPARE(m_code->font().pointSizeF(), before);
    turn(60); // two halves of a notch
    QCOMPARE(m_code->font().pointSizeF(), before + 1);
    turn(-120 * 1000);
    QCOMPARE(m_code->font().pointSizeF(), 6.0);
}

void ScenarioEditorTest::takesAnEditThatOneUndoTakesBack()
{
    loadAndCheck(kGood);
    const auto edit = editToDirect(m_editor->text());
    QVERIFY(edit);
    m_editor->edit(*edit);
    QCOMPARE(m_editor->text(), QByteArray(kGood).replace("{ url:", "{ transport: direct, url:"));
    QVERIFY(m_editor->isModified());
    m_code->undo();
    QCOMPARE(m_editor->text(), kGood);
    QVERIFY(!m_editor->isModified());
}

void ScenarioEditorTest::endsWhileChecking()
{
    for (int i = 0; i < 20; ++i) {
        auto editor = std::make_unique<ScenarioEditor>();
        editor->load(kGood + "colour: red\n");
        editor->document()->setPlainText(QStringLiteral("headroom: 1"));
        QVERIFY(editor->isChecking());
        editor.reset();
        QCoreApplication::processEvents();
    }
}

QTEST_MAIN(ScenarioEditorTest)
#include "tst_scenarioeditor.moc"
