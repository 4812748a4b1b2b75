// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <QByteArray>
#include <QRegularExpression>

#include <chrono>
#include <optional>
#include <vector>

namespace Headroom {

/// One number out of the lines that a log has grown by, look after look.
/// Thread: one at a time. A line is looked at up to kMostLineBytes, and what all looks took is bounded by kPatience.
class LogMeasure
{
public:
    static constexpr qsizetype kMostLineBytes = 4096;
    static constexpr std::chrono::milliseconds kPatience{100};
    /// `as`: Rate, or Last, Mean, Sum, Max or Quantile of what the one group in brackets catches.
    /// Errors: as boundedPattern().
    static Result<LogMeasure> make(const QString &pattern, Scenario::Probe::As as, double quantile = 0.0);

    Scenario::Probe::As as() const { return m_as; }

    /// The next bytes of the log; what does not end in a line feed waits for more.
    void take(QByteArrayView bytes);
    /// What is left of a line will not go on: the log was cut or replaced.
    void breakLine();
    /// What the lines since the last call come to. Nothing when none of them caught a number that is asked for.
    std::optional<double> end(double elapsedSeconds);
    bool isTooSlow() const { return m_isTooSlow; } ///< Lines were left out since the last end().
    /// What a group has caught that is no number; empty when it never did.
    const QString &oddText() const { return m_oddText; }

private:
    void takeLine(QByteArrayView line);
    double ofNumbers();

    QRegularExpression m_pattern;
    Scenario::Probe::As m_as = Scenario::Probe::As::Rate;
    double m_quantile = 0.0;

    QByteArray m_rest; ///< Of a line without its end, up to kMostLineBytes.
    std::uint64_t m_matches = 0;
    std::vector<double> m_numbers;
    std::chrono::nanoseconds m_spent{};
    bool m_isTooSlow = false;
    QString m_oddText;
};

} // namespace Headroom
