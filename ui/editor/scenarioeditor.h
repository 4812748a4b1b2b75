// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/profilechoice.h"
#include "core/scenario/scenarioedit.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QTextDocument;

namespace Headroom {

/// A scenario's text with colours, line numbers, underlined problems, and the list of all problems below it.
///
/// The text is checked in the background a moment after the last key, by the code that a run uses; typing is never
/// held up. A text that a window cannot hold (too long, or a line is) is not shown, only checked, and kept as it is.
/// actions() are those of the text (find, comment, zoom) and work while it has the focus; a menu may show them too.
/// A problem's sentence is its underline's tool tip; activating it in the list (or F8, Shift+F8) goes there.
/// Thread: main.
class ScenarioEditor : public QWidget
{
    Q_OBJECT
public:
    explicit ScenarioEditor(QWidget *parent = nullptr);
    ~ScenarioEditor() override; ///< Also while a check is on.

    QByteArray text() const; ///< UTF-8, with the line ends that were loaded.
    /// Replaces everything: a new document, unmodified, nothing to undo.
    void load(const QByteArray &text);
    bool isModified() const;
    void setModified(bool isModified);
    QTextDocument *document() const;

    void setTheme(const Theme &theme);
    void goTo(const TextPosition &position);
    /// Changes a part of the text as if it was typed: one undo takes it back. Of a text that is not shown: nothing.
    void edit(const ScenarioEdit &edit);
    /// Of the last check; may be older than the text until checked() comes.
    const Diagnostics &diagnostics() const;
    void setChoice(const ProfileChoice &choice); ///< The profiles that the text is checked with.
    bool isChecking() const; ///< The diagnostics are older than the text.

public Q_SLOTS:
    void goToNextProblem();
    void goToPreviousProblem();

Q_SIGNALS:
    void modifiedChanged(bool isModified);
    /// The newest text was checked.
    void checked(const Headroom::Diagnostics &diagnostics);

private:
    void setupWidgets();
    void setupActions();
    void setupChecks();
    void showDiagnostics(const Diagnostics &diagnostics);
    void noticeEdit();
    void noticeModification();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
