// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "ui/theme/theme.h"

#include <QTextCursor>
#include <QTextEdit>

#include <optional>
#include <vector>

namespace Headroom {

/// The problems of the last check, held at their places in the document while it is edited.
class ProblemMarks
{
public:
    void set(QTextDocument &document, const Diagnostics &diagnostics);
    void clear() { m_marks.clear(); }
    bool isEmpty() const { return m_marks.empty(); }

    /// Waves for errors, dashes for warnings: colour does not stand alone.
    QList<QTextEdit::ExtraSelection> underlines(const Theme &theme) const;
    /// The sentences of the problems that cover a position, one a line.
    QString sentencesAt(int position) const;
    QString sentencesOfLine(int blockNumber) const;
    /// The worst of a line.
    std::optional<Diagnostic::Severity> severityOfLine(int blockNumber) const;

    int startOf(std::size_t index) const { return m_marks[index].range.selectionStart(); }
    std::size_t count() const { return m_marks.size(); }
    /// Walking round and round from where the text cursor stands; nothing when there are no problems.
    std::optional<std::size_t> next(int position);
    std::optional<std::size_t> previous(int position);

private:
    struct Mark
    {
        QTextCursor range; ///< Moves with the text.
        Diagnostic::Severity severity;
        QString message;
    };

    bool isAtVisited(int position) const;
    std::size_t firstFrom(int position) const;

    std::vector<Mark> m_marks; ///< In the order of the diagnostics: by place.
    std::optional<std::size_t> m_visited; ///< By next() or previous(), to step over several in one place.
};

} // namespace Headroom
