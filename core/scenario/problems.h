// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/scenarioreader.h"

namespace Headroom {

/// Collects what is wrong with a scenario while it is read.
class Problems
{
public:
    explicit Problems(const std::vector<ScenarioOverride> &overrides)
        : m_overrides(overrides)
    {
    }

    void error(const TextRange &range, const QString &message);
    void warning(const TextRange &range, const QString &message);
    /// A problem with an override as a whole.
    void overrideError(std::size_t index, const QString &message);
    /// From here on nothing more is said about the places that have a problem by now.
    void closePlaces();
    /// An empty collection that understands the same places.
    Problems emptied() const { return Problems(m_overrides); }
    /// Whether so many were found that looking for more is of no use.
    bool isFull() const;
    bool hasErrors() const { return Headroom::hasErrors(m_diagnostics); }
    /// All of them, sorted by place; those of overrides at 1:1.
    Diagnostics take();

    /// The place of what an override brought in; only this class understands it.
    static TextRange placeOfOverride(std::size_t index);
    /// What the outside may see of a place: that of an override is 1:1.
    static TextRange shownPlace(const TextRange &range);
    /// "line 3", or "an override".
    static QString placeWords(const TextRange &range);

private:
    void add(Diagnostic::Severity severity, const TextRange &range, const QString &message);

    const std::vector<ScenarioOverride> &m_overrides;
    Diagnostics m_diagnostics;
    std::vector<TextPosition> m_closed; ///< Sorted.
};

} // namespace Headroom
