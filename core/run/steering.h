// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/plantime.h"
#include "core/base/rate.h"
#include "core/base/result.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace Headroom {

/// The load as a hand has set it.
struct SteeredLoad
{
    std::optional<double> value{}; ///< Arrivals per second (open) or users (closed); nothing: as planned.
    bool isPaused = false;
    bool isHeld = false;
    std::vector<double> mix{};     ///< Weights of the weighted flows, in their order; empty: as planned.
    double thinkFactor = 1.0;      ///< Of think times and paces.
    PlanTime time{};               ///< Where in the plan the run is; also waits and jumps that are over.
    bool operator==(const SteeredLoad &) const = default;

    bool isWaiting() const { return isPaused || isHeld; } ///< The plan's time stands still.
    /// Whether something is other than the plan wants it there. (A stage that was skipped or extended is not.)
    bool isByHand() const { return value || isWaiting() || !mix.empty() || thinkFactor != 1.0; }
};

/// The hand on a run that is on.
///
/// A change of the load takes effect at one instant, a little in the future and the same for all workers; it holds until
/// the next one or backToPlan() and is an event of the run. The plan has its own time: it stands still while the run is
/// paused or held, and jumps when a stage is skipped, and the run's planned end moves with it. A plan that is left
/// waiting ends the run after an hour; so does a run without a planned end, which ends with a count, an hour after it
/// was first steered. Values out of range are clamped. Outside of RunState::Running, and for the other model, all of it
/// does nothing. Thread: main.
class Steering
{
public:
    virtual ~Steering() = default;
    virtual void setRate(Rate rate) = 0;   ///< Open model; the weighted flows together. Range: 0 to kMaxSteeredRate.
    virtual void setUsers(int users) = 0;  ///< Closed model. Range: 0 to kMaxSteeredUsers.
    /// Weights of the weighted flows in the order of RunFacts::flows: how iterations are shared out from now on. All of
    /// them, finite and not negative, one above 0; anything else does nothing.
    virtual void setMix(const std::vector<double> &weights) = 0;
    /// Think times and paces that begin from now on are this many times as long. Range: 0 to kMaxThinkFactor.
    virtual void setThinkFactor(double factor) = 0;
    /// Nothing is planned and the plan waits, flows with a rate of their own included; what was planned before still
    /// runs. Paused seconds belong to no stage and are not measured.
    virtual void pause() = 0;
    virtual void resume() = 0;             ///< To what held before the pause or was set in it.
    /// The load stays what it is and the plan waits; held seconds belong to the stage and are measured. Not for batches.
    virtual void hold() = 0;
    virtual void release() = 0;            ///< The plan goes on where it was held.
    virtual void skipStage() = 0;          ///< The next stage begins now; after the last, the load ends. Not for batches.
    /// The stage that is on lasts longer: at its end, the load there is kept for that time. Range: above 0 to
    /// kMaxSteeredExtension; a stage without a length has no end to move.
    virtual void extendStage(Nanoseconds by) = 0;
    virtual void backToPlan() = 0;         ///< Ends a pause and a hold too; what was skipped or added stays.
    /// From now on these are the run's rules. One that the run has keeps what it has seen, one that is not among them is
    /// out of the verdict, a new one is judged from the next second on and says so in its text ("from 13 s").
    /// Errors: InvalidInput, in one sentence, for the first that cannot be read or does not fit the run; then nothing
    /// is changed.
    virtual Result<void> setRules(const QStringList &texts) = 0;
    /// Does an action that waits for a hand, beside the load. Range: index into RunFacts::actions; any other, and one that
    /// is under way, does nothing.
    virtual void doAction(int action) = 0;
    /// Records with perf where the target spends its time, for that long, and attaches what comes of it; events of the kind
    /// "profile" tell of both. Of the process that the run has started, else of that of the first process probe, else of
    /// who listens on the target's port of this machine. While one is under way it does nothing.
    virtual void captureProfile(Nanoseconds length) = 0;
};

inline constexpr Rate kMaxSteeredRate = Rate::perSecond(1e6);
inline constexpr int kMaxSteeredUsers = 100'000;
inline constexpr double kMaxThinkFactor = 10.0;
inline constexpr Nanoseconds kMaxSteeredExtension = std::chrono::hours(1); // at once; LANGUAGE, section 2

} // namespace Headroom
