// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace Headroom {

/// What is wrong in a file of rows.
struct FeedProblem
{
    int line = 0; ///< From 1; 0: none in particular.
    int column = 0; ///< In characters, from 1; 0: the whole line.
    QString message;

    /// "line 3, column 7: ..."
    QString text() const;
};

/// What a feed may be at most.
struct FeedLimits
{
    static constexpr qint64 kBytes = 64 * 1024 * 1024; ///< Of the file.
    static constexpr std::size_t kRows = 1'000'000;
    static constexpr std::size_t kColumns = 1'000;
    static constexpr qsizetype kFieldBytes = 1024 * 1024;
};

} // namespace Headroom
