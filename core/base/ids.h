// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>

namespace Headroom {

/// An index that cannot be mistaken for another kind of index.
template <typename Tag>
struct TypedIndex
{
    std::int32_t value = -1; ///< -1: none.

    bool isValid() const { return value >= 0; }
    std::size_t at() const { return static_cast<std::size_t>(value); }
    auto operator<=>(const TypedIndex &) const = default;
};

using StepIndex = TypedIndex<struct StepTag>;   ///< A step of the whole plan, over all flows.
using FlowIndex = TypedIndex<struct FlowTag>;   ///< A flow of the plan.
using StageIndex = TypedIndex<struct StageTag>; ///< A stage of the load profile.
using UserIndex = TypedIndex<struct UserTag>;   ///< A virtual user, over all workers.

} // namespace Headroom
