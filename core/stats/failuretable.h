// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/intervalsnapshot.h"

#include <QStringView>

#include <vector>

namespace Headroom {

/// Counts the failures of one interval by step, kind, status and text.
///
/// At most kMaxTexts of them are told apart; what comes later is counted by step and kind as "further failures".
class FailureTable
{
public:
    static constexpr std::size_t kMaxTexts = 100;

    void count(StepIndex step, FailureKind kind, int status, QStringView message);
    /// Moves out what was counted since the last call, in the order of first occurrence, further failures behind.
    std::vector<FailureCount> take();

private:
    std::vector<FailureCount> m_failures;
    std::vector<FailureCount> m_further;
};

/// A text from outside made fit for a table: at most 200 characters, without control and formatting characters.
QString presentableMessage(QStringView message);

} // namespace Headroom
