// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/intervalsnapshot.h"

#include <QStringView>

#include <set>
#include <tuple>
#include <vector>

namespace Headroom {

/// Counts the failures of one interval by step, kind, status and text.
///
/// At most kMaxTexts of them are told apart; what comes later is counted by step and kind as "further failures".
/// The first of a kind over all intervals can have an example; at most kMaxExamples, so that texts which never repeat
/// do not fill the memory.
class FailureTable
{
public:
    static constexpr std::size_t kMaxTexts = 100;
    static constexpr std::size_t kMaxExamples = 100;

    /// True for the first of its kind: keepExample() may follow.
    bool count(StepIndex step, FailureKind kind, int status, QStringView message);
    /// Of the failure that was counted last.
    void keepExample(std::shared_ptr<const FailureExample> example) { m_newest->example = std::move(example); }
    /// Moves out what was counted since the last call, in the order of first occurrence, further failures behind.
    std::vector<FailureCount> take();

private:
    bool isFirstOfAll(const FailureCount &failure);

    std::vector<FailureCount> m_failures;
    std::vector<FailureCount> m_further;
    FailureCount *m_newest = nullptr; // in one of the two, until the next call
    std::set<std::tuple<StepIndex, FailureKind, int, QString>> m_known; // those that had their example
};

/// A text from outside made fit for a table: at most 200 characters, without control and formatting characters.
QString presentableMessage(QStringView message);

} // namespace Headroom
