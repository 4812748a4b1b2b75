// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/http/connectionoptions.h"
#include "core/http/exchange.h"
#include "core/plan/arrivalschedule.h"
#include "core/plan/flowprogram.h"
#include "core/plan/loadprofile.h"
#include "core/plan/plannedfeed.h"
#include "core/plan/requesttemplate.h"
#include "core/scenario/scenario.h"
#include "core/stats/rawsample.h"

#include <QString>
#include <QUrl>

#include <memory>
#include <utility>
#include <vector>

namespace Headroom {

class Redactor;

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
        std::vector<Check> checks{}; ///< Of each answer as expected; with those below, what core/answers is made of.
        std::vector<std::pair<int, AnswerPlace>> extract{}; ///< Variables, by their places in Scenario::variables.
        std::optional<Scenario::Identity> identity{};       ///< Its own or that of the target.
        std::vector<std::size_t> observations{}; ///< Of Plan::observations, those that its answers are looked at for ...
        std::vector<std::size_t> ofRejections{}; ///< ... and those that its rejections are.
        std::optional<Check> until{}; ///< What ends its repetition.
        bool expects(int status) const;
        void repeatUntil(const Check &check);
    };
    struct Flow
    {
        QString name;
        double weight = 1.0;
        double share = 1.0; ///< Of the weighted flows; 0 with a rate of its own.
        std::optional<Rate> rate;
        std::vector<StepIndex> steps;
        Nanoseconds pace{}; ///< Closed model: least time from an iteration's planned start to that of the user's next.
        FlowProgram program{}; ///< What an iteration does with the steps.
        double requests = 1.0; ///< Of an iteration, as far as can be said (expectedRequests()).
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

    /// Done beside the load; those of a ladder stand one behind the other.
    struct Action
    {
        QString name;
        QString ladder;  ///< Whose rung it is; empty: of none.
        QString text;    ///< What is done, for people: "POST /admin/reload".
        Scenario::Action::When when = Scenario::Action::When::ByHand;
        QString place;   ///< For people: "at 1:00", "at the start of burst"; empty: by a condition or by hand.
        Nanoseconds at{}; ///< In the plan's own time: AtTime, StageStart, StageEnd.
        QString rule;    ///< Rule: the condition that it waits for.
        int after = -1;  ///< Of a ladder: the rung that must have been done and settled before; -1: none.
        std::optional<HttpRequest> call; ///< Or else ...
        std::vector<Scenario::StatusRange> expect; ///< Of the call.
        QString command; ///< ... a program, or else ...
        bool stopsTarget = false; ///< ... the target is ended.
        std::optional<Scenario::Capture> capture; ///< What comes of call, command or a profiler is attached to the session.
        QString expectEffect;
        Nanoseconds settle{};
        Nanoseconds window{};
        Nanoseconds within{}; ///< What takes longer is cut.
        TextRange range{};
    };

    QString name;
    QUrl target;
    std::optional<Scenario::Lines> lines; ///< Then the target is only a name: "lines:" and the command or socket.
    QString transport;
    ConnectionOptions connections{}; ///< Of HTTP.
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
    SampleKeeping sampleKeeping = SampleKeeping::All;
    LoadProfile profile;   ///< Closed: users. Open: arrivals of the weighted flows.
    std::vector<Step> steps;
    std::vector<Flow> flows;
    std::size_t variables = 0; ///< That a user has (Scenario::variables).
    std::vector<Stage> stages;
    std::vector<PlannedFeed> feeds{};  ///< In the order of the scenario's; empty when their files were not read.
    bool endsWithFeed = false;         ///< The rows of one of them end the load; then iterations are counted.
    std::vector<Scenario::Observation> observations{}; ///< What answers say of themselves.
    std::vector<Stream> streams; ///< Closed model: one, of the weighted flows, whose schedule is empty.
    std::shared_ptr<const Redactor> redactor{};  ///< Hides the values of secrets in what is told; null: there are none.
    std::vector<Action> actions{};
    std::vector<std::pair<Nanoseconds, double>> thinkFactors{}; ///< By hand, from an instant on; in order.

    /// What think times and paces that begin at a time of the run are multiplied with; 1 until a hand changed it.
    double thinkFactorAt(Nanoseconds time) const;
};

using PlanPtr = std::shared_ptr<const Plan>;

} // namespace Headroom
