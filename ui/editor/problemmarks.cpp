// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/problemmarks.h"

#include "ui/editor/textplaces.h"

#include <algorithm>

namespace Headroom {

void ProblemMarks::set(QTextDocument &document, const Diagnostics &diagnostics)
{
    m_marks.clear();
    m_visited.reset();
    for (const Diagnostic &diagnostic : diagnostics)
        m_marks.push_back({cursorFor(document, diagnostic.range), diagnostic.severity, diagnostic.message});
}

QList<QTextEdit::ExtraSelection> ProblemMarks::underlines(const Theme &theme) const
{
    constexpr std::size_t kMostUnderlines = 500; // each is looked at for every line that is painted
    QList<QTextEdit::ExtraSelection> selections;
    for (const Mark &mark : m_marks) {
        if (std::size_t(selections.size()) == kMostUnderlines)
            break;
        const bool isWarning = mark.severity == Diagnostic::Severity::Warning;
        QTextEdit::ExtraSelection selection;
        selection.cursor = mark.range;
        selection.format.setUnderlineStyle(isWarning ? QTextCharFormat::DashUnderline : QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(isWarning ? theme.warning : theme.bad);
        selections.append(selection);
    }
    return selections;
}

QString ProblemMarks::sentencesAt(int position) const
{
    QStringList sentences;
    for (const Mark &mark : m_marks) {
        if (position >= mark.range.selectionStart() && position <= mark.range.selectionEnd())
            sentences.append(mark.message);
    }
    return sentences.join(u'\n');
}

QString ProblemMarks::sentencesOfLine(int blockNumber) const
{
    QStringList sentences;
    for (const Mark &mark : m_marks) {
        if (mark.range.blockNumber() == blockNumber)
            sentences.append(mark.message);
    }
    return sentences.join(u'\n');
}

std::optional<Diagnostic::Severity> ProblemMarks::severityOfLine(int blockNumber) const
{
    std::optional<Diagnostic::Severity> worst;
    for (const Mark &mark : m_marks) {
        if (mark.range.blockNumber() == blockNumber)
            worst = std::min(mark.severity, worst.value_or(mark.severity)); // Error stands before Warning
    }
    return worst;
}

bool ProblemMarks::isAtVisited(int position) const
{
    return m_visited && *m_visited < count() && startOf(*m_visited) == position;
}

std::size_t ProblemMarks::firstFrom(int position) const
{
    const auto begins = [](const Mark &mark) { return mark.range.selectionStart(); };
    return std::size_t(std::ranges::lower_bound(m_marks, position, {}, begins) - m_marks.begin());
}

std::optional<std::size_t> ProblemMarks::next(int position)
{
    if (isEmpty())
        return std::nullopt;
    m_visited = (isAtVisited(position) ? *m_visited + 1 : firstFrom(position)) % count();
    return m_visited;
}

std::optional<std::size_t> ProblemMarks::previous(int position)
{
    if (isEmpty())
        return std::nullopt;
    m_visited = ((isAtVisited(position) ? *m_visited : firstFrom(position)) + count() - 1) % count();
    return m_visited;
}

} // namespace Headroom
