// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/http/exchange.h"
#include "core/plan/arrivalschedule.h"
#include "core/plan/loadprofile.h"
#include "core/plan/requesttemplate.h"
#include "core/scenario/scenario.h"

#include <QString>
#include <QUrl>

#include <memory>
#include <utility>
#include <vector>

namespace Headroom {

/// The compiled scenario: checked, complete, immutable; what the engine runs.
/// Thread: any, as shared_ptr<const Plan>. Times count from the start of the run.
struct Plan
{
    struct Step
    {
        QString name;
        QString path;
        FlowIndex flow;
        HttpRequest request; ///< As it goes out; with a template, all of it that is the same every time.
        std::shared_ptr<const RequestTemplate> varying{}; ///< What differs from user to user; null: nothing.
        std::vector<Scenario::StatusRange> expect;
        Scenario::ThinkTime think;
        bool expects(int status) const;
    };
    struct Flow
    {
        QString name;
        double weight = 1.0;
        double share = 1.0; ///< Of the weighted flows; 0 with a rate of its own.
        std::optional<Rate> rate;
        std::vector<StepIndex> steps;
        Nanoseconds pace{}; ///< Closed model: least time from an iteration's planned start to that of the user's next.
    };
    struct Stage
    {
        QString name;
        Nanoseconds start{};
        Nanoseconds length{}; ///< 0: until the fixed count is reached.
        double from = 0.0;    ///< Arrivals per second (open) or users (closed).
        double to = 0.0;
        bool isWarmUp = false;
    };
    /// A sequence of arrivals of its own: that of all weighted flows, and one for each flow with its own rate.
    struct Stream
    {
        std::vector<FlowIndex> flows;
        std::vector<double> upTo; ///< Cumulated shares of the flows; the last is 1.
        ArrivalSchedule schedule{LoadProfile()};
        std::vector<std::pair<Nanoseconds, std::vector<double>>> laterUpTo{}; ///< By hand, from an instant on; in order.
        FlowIndex flowAt(double unit) const; ///< As written. Range: unit in [0, 1).
        FlowIndex flowAt(double unit, Nanoseconds planned) const; ///< Of what is planned for that time of the run.
        bool isWeighted(const Plan &plan) const { return !plan.flows[flows.front().at()].rate; }
    };

    QString name;
    QUrl target;
    std::optional<Scenario::Lines> lines; ///< Then the target is only a name: "lines:" and the command or socket.
    QString transport;
    ExchangeTimeouts timeouts;
    std::optional<QUrl> readyUrl;
    Nanoseconds readyWithin{};
    bool isOpenModel = false;
    int userCap = 0;       ///< Open: iterations under way at once. Closed: the most users of the profile.
    Scenario::Late late = Scenario::Late::Queue;
    Scenario::Spacing spacing = Scenario::Spacing::Even;
    std::optional<std::uint64_t> iterations;
    std::optional<std::uint64_t> iterationsEach; ///< Closed model: of every user.
    std::optional<Scenario::Batches> batches;    ///< Closed model: barriers instead of a profile.
    std::optional<HttpRequest> betweenCall;      ///< Made at each of these barriers but the last.
    std::optional<Scenario::FindLimit> findLimit; ///< Open model: the profile's one rate is the planned one.
    Nanoseconds grace{};
    Nanoseconds length{};  ///< Of all stages; 0 when only a fixed count ends the load.
    std::uint64_t seed = 0;
    LoadProfile profile;   ///< Closed: users. Open: arrivals of the weighted flows.
    std::vector<Step> steps;
    std::vector<Flow> flows;
    std::vector<Stage> stages;
    std::vector<Stream> streams; ///< Closed model: one, of the weighted flows, whose schedule is empty.
    std::vector<std::pair<Nanoseconds, double>> thinkFactors{}; ///< By hand, from an instant on; in order.

    /// What think times and paces that begin at a time of the run are multiplied with; 1 until a hand changed it.
    double thinkFactorAt(Nanoseconds time) const;
};

using PlanPtr = std::shared_ptr<const Plan>;

} // namespace Headroom
