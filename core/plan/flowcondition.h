// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/requesttemplate.h"
#include "core/scenario/check.h"

#include <QRegularExpression>

namespace Headroom {

/// Whether a step is walked, compiled once.
/// Thread: any. Memory: looking at a variable by itself copies nothing.
class FlowCondition
{
public:
    /// Needs a condition that readCondition() has let through. `salt`: where the numbers of its random values begin.
    FlowCondition(const Condition &condition, std::uint64_t salt);

    /// `random`: what a condition by chance is decided by. A side that cannot be rendered, such as a variable that is
    /// not set, is missing: nothing compares with it, not even as different.
    bool holds(const RequestValues &values, std::uint64_t random) const;

private:
    /// One side of it.
    class Side
    {
    public:
        Side() = default;
        Side(const TextTemplate &text, std::uint64_t salt);
        std::optional<QByteArray> value(const RequestValues &values) const;

    private:
        int m_variable = -1; // the whole side is this one; or else ...
        RequestTemplate::Bytes m_text;
    };

    bool compares(const QByteArray &left, const QByteArray &right) const;

    std::optional<double> m_chance;
    Comparison m_comparison;
    Side m_left;
    Side m_right;
    QRegularExpression m_pattern; // of Matches
};

} // namespace Headroom
