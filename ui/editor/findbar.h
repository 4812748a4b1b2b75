// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace Headroom {

/// A line to look for words in a text; the search goes round. Hidden until it is opened, closed by Escape.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(QPlainTextEdit *text, QWidget *parent);

public Q_SLOTS:
    void open(); ///< Takes what is selected in the text as the words.
    void findNext();
    void findPrevious();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QToolButton *addButton(const QString &name, const QString &sign, const QString &toolTip);
    void find(QTextDocument::FindFlags flags, bool staysIfItFits);
    void close();

    QPlainTextEdit *m_text;
    QLineEdit *m_words;
    QLabel *m_answer;
};

} // namespace Headroom
