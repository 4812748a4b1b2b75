// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/problems.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

constexpr std::ptrdiff_t kMostProblems = 200; // as many as the YAML reader reports
constexpr int kOverrideLine = 0; // real lines begin at 1; the column is the override's index

bool isFromOverride(const TextRange &range) { return range.start.line == kOverrideLine; }

} // namespace

void Problems::error(const TextRange &range, const QString &message)
{
    add(Diagnostic::Severity::Error, range, message);
}

void Problems::warning(const TextRange &range, const QString &message)
{
    add(Diagnostic::Severity::Warning, range, message);
}

void Problems::overrideError(std::size_t index, const QString &message) { error(placeOfOverride(index), message); }

void Problems::closePlaces()
{
    for (const Diagnostic &diagnostic : m_diagnostics)
        m_closed.push_back(diagnostic.range.start);
    std::ranges::sort(m_closed);
}

bool Problems::isFull() const { return std::ssize(m_diagnostics) >= kMostProblems; }

Diagnostics Problems::take()
{
    std::ranges::stable_sort(m_diagnostics, {}, [](const Diagnostic &d) { return shownPlace(d.range).start; });
    return std::exchange(m_diagnostics, {});
}

TextRange Problems::placeOfOverride(std::size_t index)
{
    const TextPosition place{kOverrideLine, int(index)};
    return {place, place};
}

TextRange Problems::shownPlace(const TextRange &range) { return isFromOverride(range) ? TextRange{} : range; }

QString Problems::placeWords(const TextRange &range)
{
    return isFromOverride(range) ? QStringLiteral("an override") : QStringLiteral("line %1").arg(range.start.line);
}

void Problems::add(Diagnostic::Severity severity, const TextRange &range, const QString &message)
{
    if (isFull() || std::ranges::binary_search(m_closed, range.start))
        return;
    QString text = message;
    if (isFromOverride(range)) {
        const ScenarioOverride &source = m_overrides.at(std::size_t(range.start.column));
        text = QStringLiteral("override %1: %2").arg(formatQuoted(source.path), message);
    }
    m_diagnostics.push_back({severity, shownPlace(range), text});
}

} // namespace Headroom
