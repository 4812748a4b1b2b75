// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenarioeditor.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/findbar.h"
#include "ui/editor/problempanel.h"
#include "ui/editor/scenariochecker.h"
#include "ui/editor/textplaces.h"

#include <QAction>
#include <QSplitter>
#include <QVBoxLayout>

#include <utility>

namespace Headroom {

struct ScenarioEditor::State
{
    CodeEditor *code = nullptr;
    FindBar *findBar = nullptr;
    ProblemPanel *panel = nullptr;
    Diagnostics diagnostics;
    bool hasReturns = false; ///< Lines end in CR LF.
    bool isLoading = false;
    bool wasModified = false; ///< As said last.
    std::size_t print = 0; ///< Of the text; the document's revision grows by colouring too.
    QByteArray unshown; ///< Loaded, but more than the window can hold.
    QByteArray loaded; ///< As read, until it is edited: only these bytes tell what is not UTF-8.
    std::unique_ptr<ScenarioChecker> checker;

    std::size_t fingerprint() const { return qHash(code->document()->toRawText()); }

    QByteArray written() const
    {
        if (!unshown.isEmpty())
            return unshown;
        QString text = plainText(*code->document());
        if (hasReturns)
            text.replace(u'\n', QStringLiteral("\r\n"));
        return text.toUtf8();
    }
    /// Until something is edited these are the bytes that were loaded, whatever they are.
    QByteArray bytes() const { return loaded.isEmpty() ? written() : loaded; }
};

ScenarioEditor::ScenarioEditor(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("scenarioEditor"));
    setupWidgets();
    setupActions();
    setupChecks();
    m_state->print = m_state->fingerprint();
    connect(m_state->code, &QPlainTextEdit::modificationChanged, this, &ScenarioEditor::noticeModification);
    connect(m_state->code, &QPlainTextEdit::textChanged, this, &ScenarioEditor::noticeEdit);
    setTheme(Theme::of(palette()));
}

ScenarioEditor::~ScenarioEditor()
{
    m_state->code->disconnect(this); // it outlives the state
    m_state->panel->disconnect(this);
}

void ScenarioEditor::setupWidgets()
{
    auto *upper = new QWidget;
    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName(QStringLiteral("scenarioSplit"));
    split->setChildrenCollapsible(false);
    m_state->code = new CodeEditor(upper);
    m_state->findBar = new FindBar(m_state->code, upper);
    m_state->panel = new ProblemPanel;
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_state->code, 1);
    column->addWidget(m_state->findBar);
    split->addWidget(upper);
    split->addWidget(m_state->panel);
    split->setStretchFactor(0, 4);
    split->setStretchFactor(1, 1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(split);
    setFocusProxy(m_state->code);
}

void ScenarioEditor::setupActions()
{
    const auto add = [this](const char *name, const QString &text, const QKeySequence &keys, auto slot) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    State *state = m_state.get();
    add("undo", tr("&Undo"), QKeySequence::Undo, [state] { state->code->undo(); });
    add("redo", tr("&Redo"), QKeySequence::Redo, [state] { state->code->redo(); });
    add("find", tr("&Find…"), QKeySequence::Find, [state] { state->findBar->open(); });
    add("findNext", tr("Find &Next"), Qt::Key_F3, [state] { state->findBar->findNext(); });
    add("findPrevious", tr("Find &Previous"), Qt::SHIFT | Qt::Key_F3, [state] { state->findBar->findPrevious(); });
    add("commentLines", tr("&Comment Lines"), Qt::CTRL | Qt::Key_Slash, [state] { state->code->commentLines(); });
    add("largerText", tr("&Larger Text"), QKeySequence::ZoomIn, [state] { state->code->zoomBy(1); });
    add("smallerText", tr("&Smaller Text"), QKeySequence::ZoomOut, [state] { state->code->zoomBy(-1); });
}

void ScenarioEditor::setupChecks()
{
    State *state = m_state.get();
    state->checker = std::make_unique<ScenarioChecker>(
        [state] { return state->bytes(); });
    connect(state->checker.get(), &ScenarioChecker::checked, this, &ScenarioEditor::showDiagnostics);
    connect(state->panel, &ProblemPanel::activated, this, [this](std::size_t index) {
        m_state->code->goToProblem(index);
        m_state->code->setFocus(Qt::OtherFocusReason);
    });
    connect(state->code, &CodeEditor::problemVisited, state->panel, &ProblemPanel::select);
    connect(state->code, &CodeEditor::textRefused, state->panel, &ProblemPanel::showNotice);
}

void ScenarioEditor::showDiagnostics(const Diagnostics &diagnostics)
{
    m_state->diagnostics = diagnostics;
    m_state->code->setProblems(diagnostics);
    m_state->panel->showProblems(diagnostics);
    Q_EMIT checked(diagnostics);
}

void ScenarioEditor::noticeEdit()
{
    if (m_state->isLoading)
        return;
    const std::size_t print = m_state->fingerprint();
    if (std::exchange(m_state->print, print) == print)
        return; // only colours
    m_state->loaded.clear();
    m_state->checker->checkSoon();
    m_state->panel->showChecking();
}

void ScenarioEditor::noticeModification()
{
    if (!m_state->isLoading && std::exchange(m_state->wasModified, isModified()) != isModified())
        Q_EMIT modifiedChanged(isModified());
}

QByteArray ScenarioEditor::text() const { return m_state->bytes(); }

void ScenarioEditor::load(const QByteArray &text)
{
    const QString decoded = QString::fromUtf8(text);
    const QString refusal = CodeEditor::refusal(decoded);
    m_state->unshown = refusal.isEmpty() ? QByteArray() : text;
    m_state->hasReturns = text.contains("\r\n");
    m_state->code->setReadOnly(!refusal.isEmpty());
    m_state->code->setPlaceholderText(refusal);
    m_state->isLoading = true;
    m_state->code->load(refusal.isEmpty() ? decoded : QString());
    m_state->isLoading = false;
    m_state->print = m_state->fingerprint();
    m_state->loaded = text;
    noticeModification();
    m_state->panel->showChecking();
    m_state->checker->checkNow();
}

void ScenarioEditor::setChoice(const ProfileChoice &choice)
{
    m_state->checker->setCheck(ScenarioChecker::checkWith(choice));
    m_state->panel->showChecking();
    m_state->checker->checkNow();
}

bool ScenarioEditor::isModified() const { return m_state->code->document()->isModified(); }

void ScenarioEditor::setModified(bool isModified) { m_state->code->document()->setModified(isModified); }

QTextDocument *ScenarioEditor::document() const { return m_state->code->document(); }

void ScenarioEditor::setTheme(const Theme &theme)
{
    m_state->code->setTheme(theme);
    m_state->panel->setTheme(theme);
}

void ScenarioEditor::goTo(const TextPosition &position)
{
    m_state->code->goTo(position);
    m_state->code->setFocus(Qt::OtherFocusReason);
}

void ScenarioEditor::edit(const ScenarioEdit &edit)
{
    if (m_state->code->isReadOnly())
        return;
    QTextCursor cursor(document());
    cursor.setPosition(documentPosition(*document(), edit.range.start));
    cursor.setPosition(documentPosition(*document(), edit.range.end), QTextCursor::KeepAnchor);
    cursor.insertText(edit.text); // one step of undoing
}

const Diagnostics &ScenarioEditor::diagnostics() const { return m_state->diagnostics; }

bool ScenarioEditor::isChecking() const { return m_state->checker->isChecking(); }

void ScenarioEditor::goToNextProblem() { m_state->code->goToNextProblem(); }

void ScenarioEditor::goToPreviousProblem() { m_state->code->goToPreviousProblem(); }

} // namespace Headroom
