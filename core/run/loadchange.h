// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace Headroom {

/// A search for the limit that the command line asks for; what it does not say comes from the scenario's own search,
/// else from the language's defaults.
struct LimitChange
{
    std::optional<Rate> upTo{};
    std::optional<Nanoseconds> hold{};
    std::optional<Nanoseconds> confirm{};
};

/// What the command line or a suite puts in place of a scenario's own load and target, and adds to its rules.
struct LoadChange
{
    std::optional<Rate> rate{};                ///< One stage at this rate, without think time and pace.
    std::optional<int> users{};                ///< The same with users.
    std::optional<std::uint64_t> iterations{}; ///< The same as a fixed count; by one user unless rate or users say more.
    std::optional<Nanoseconds> duration{};     ///< Of that stage; alone it scales every stage.
    std::optional<QUrl> target{};              ///< Instead of the scenario's, whatever its kind.

    /// Searches for the limit, beginning at the given rate, else at the highest of the scenario's rates.
    std::optional<LimitChange> findLimit{};

    /// Beside the scenario's, and to be met whatever its acceptance; what it says itself is not said twice.
    QStringList rules{};

    /// Written out for the session: option and value.
    std::vector<std::pair<QString, QString>> described() const;
};

/// Length of a load that is given as a rate or users without a duration.
inline constexpr Nanoseconds kDefaultDuration = std::chrono::seconds(30);

void apply(const LoadChange &change, Scenario &scenario);

} // namespace Headroom
