// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/linemargin.h"
#include "ui/editor/problemmarks.h"
#include "ui/editor/yamlhighlighter.h"

#include <QPlainTextEdit>

namespace Headroom {

/// The text of a scenario: colours, line numbers, the current line, indenting keys, and problems underlined in place.
///
/// Tab indents; Escape and then Tab leaves. Files that are dropped are left to the window; text is taken.
/// Thread: main.
class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    /// A new document, unmodified, with nothing to undo.
    void load(const QString &text);

    void setTheme(const Theme &theme);
    void setProblems(const Diagnostics &diagnostics);
    /// At its place now, also when the text was edited since the check.
    void goToProblem(std::size_t index);
    void goTo(const TextPosition &place);
    /// Why a text cannot be held in a window that must not stand still; empty when it can.
    /// `besides` characters are there already.
    static QString refusal(QStringView text, qsizetype besides = 0);

public Q_SLOTS:
    void goToNextProblem();
    void goToPreviousProblem();
    void commentLines();
    void zoomBy(int steps); ///< Points of the font's size.

Q_SIGNALS:
    void problemVisited(std::size_t index); ///< By goToNextProblem() or goToPreviousProblem().
    void textRefused(const QString &reason); ///< Pasted or dropped text.

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    bool editLines(QKeyEvent *event);
    void goToPosition(int position);
    void placeMargin();
    void showSelections();
    QString sentencesAt(const QPoint &place) const;
    std::vector<LineMargin::Line> visibleLines() const;

    Theme m_theme;
    YamlHighlighter m_highlighter;
    ProblemMarks m_problems;
    LineMargin *m_margin;
    bool m_leavesOnTab = false; ///< After Escape.
    int m_wheelTurn = 0; ///< Of which no whole notch was made yet.
};

} // namespace Headroom
