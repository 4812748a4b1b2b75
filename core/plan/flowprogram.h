// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/plan/flowcondition.h"
#include "core/scenario/scenario.h"

#include <array>
#include <vector>

namespace Headroom {

/// What an iteration of a flow does, as small instructions that are carried out one behind the other, compiled once.
/// Thread: any, once it is complete.
class FlowProgram
{
public:
    struct Instruction
    {
        enum class Kind : std::uint8_t {
            Request, ///< Walks step `index`, after its think time.
            Think, ///< Thinks before a group: think time `index`.
            SkipUnless, ///< Goes on at `target` unless condition `index` holds.
            SkipIfSeen, ///< Goes on at `target` unless this is a user's first iteration of the flow.
            Repeat, ///< Goes back to `target` until it was met `times` times.
            LeaveIfDone ///< Goes on at `target` when the last answer held what its step is repeated until.
        };
        Kind kind = Kind::Request;
        std::uint8_t level = 0; ///< Of the loop: which counter is its own.
        int index = 0;
        int target = 0;
        int times = 0;
    };
    static constexpr int kMostLoops = 9; ///< Within each other: groups, and a step in the innermost of them.

    // Put together by who compiles it.
    /// Adds one; returns its place.
    int add(Instruction instruction);
    int addCondition(const Condition &condition);
    int addThink(const Scenario::ThinkTime &think);
    /// Where the next one will stand.
    int end() const { return int(m_instructions.size()); }
    void setTarget(int instruction, int target) { m_instructions[std::size_t(instruction)].target = target; }

    const std::vector<Instruction> &instructions() const { return m_instructions; }
    const FlowCondition &condition(int index) const { return m_conditions[std::size_t(index)]; }
    const Scenario::ThinkTime &think(int index) const { return m_thinks[std::size_t(index)]; }
    bool asksForFirst() const { return m_asksForFirst; } ///< Whether it makes a difference.

private:
    std::vector<Instruction> m_instructions;
    std::vector<FlowCondition> m_conditions;
    std::vector<Scenario::ThinkTime> m_thinks;
    bool m_asksForFirst = false;
};

/// Where one iteration stands in its program.
///
/// Memory: nothing is allocated. Lifetime: shorter than that of the program.
class FlowCursor
{
public:
    FlowCursor(const FlowProgram &program, bool isFirst)
        : m_program(&program)
        , m_isFirst(isFirst)
    {
    }

    /// The next request, and how long it is thought before it: the time of its own goes on top of that of the groups
    /// which begin with it.
    struct Next
    {
        StepIndex step{}; ///< None: it only thinks, and then is at its end.
        Nanoseconds groupThink{};
        std::uint64_t lap = 0; ///< Tells apart the visits to a step within an iteration; 0 without repetitions.
    };
    /// Nothing at the end. `values`: those of the iteration, as they are now.
    std::optional<Next> next(const RequestValues &values);
    /// What the answer to the last request says of its repetition: to be told before next() when its step has `until`.
    void setDone(bool isDone) { m_isDone = isDone; }
    /// Goes on behind the repetition of the last request, whatever its answer says.
    void leaveRepetition();

private:
    bool goesBack(const FlowProgram::Instruction &loop);
    Nanoseconds thinkTime(int index, std::uint64_t content) const;
    bool holds(int condition, const RequestValues &values) const;

    const FlowProgram *m_program;
    std::array<int, FlowProgram::kMostLoops> m_times{};
    std::size_t m_at = 0;
    std::uint64_t m_lap = 0;
    bool m_isFirst;
    bool m_isDone = false;
};

} // namespace Headroom
