// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/flowprogram.h"

#include "core/base/random.h"
#include "core/plan/thinktime.h"

#include <utility>

namespace Headroom {

namespace {

// Random numbers for one purpose have nothing to do with those for another: think times of steps have the numbers of
// the steps, from 0 on.
constexpr std::uint64_t kForConditions = 0x636f6e6400000000; // "cond"
constexpr std::uint64_t kForThinks = 0x74686e6b00000000; // "thnk"

using Kind = FlowProgram::Instruction::Kind;

} // namespace

int FlowProgram::add(Instruction instruction)
{
    m_asksForFirst = m_asksForFirst || instruction.kind == Kind::SkipIfSeen;
    m_instructions.push_back(instruction);
    return end() - 1;
}

int FlowProgram::addCondition(const Condition &condition)
{
    m_conditions.emplace_back(condition, kForConditions + (std::uint64_t(m_conditions.size() + 1) << 20));
    return int(m_conditions.size()) - 1;
}

int FlowProgram::addThink(const Scenario::ThinkTime &think)
{
    m_thinks.push_back(think);
    return int(m_thinks.size()) - 1;
}

std::optional<FlowCursor::Next> FlowCursor::next(const RequestValues &values)
{
    Nanoseconds think{};
    const auto &instructions = m_program->instructions();
    while (m_at < instructions.size()) {
        const FlowProgram::Instruction &instruction = instructions[m_at++];
        bool jumps = false;
        switch (instruction.kind) {
        case Kind::Request:
            return Next{StepIndex{instruction.index}, think, m_lap};
        case Kind::Think:
            think += thinkTime(instruction.index, values.content);
            break;
        case Kind::SkipUnless:
            jumps = !holds(instruction.index, values);
            break;
        case Kind::SkipIfSeen:
            jumps = !m_isFirst;
            break;
        case Kind::Repeat:
            jumps = goesBack(instruction);
            break;
        case Kind::LeaveIfDone:
            jumps = std::exchange(m_isDone, false);
            if (jumps)
                m_times[instruction.level] = 0;
            break;
        }
        if (jumps)
            m_at = std::size_t(instruction.target);
    }
    return think > 0ns ? std::optional(Next{{}, think, m_lap}) : std::nullopt;
}

void FlowCursor::leaveRepetition()
{
    const auto &instructions = m_program->instructions();
    const auto isAt = [&](std::size_t at, Kind kind) { return at < instructions.size() && instructions[at].kind == kind; };
    const std::size_t repeat = isAt(m_at, Kind::LeaveIfDone) ? m_at + 1 : m_at;
    if (!isAt(repeat, Kind::Repeat) || instructions[repeat].target + 1 != int(m_at))
        return; // it has none of its own
    m_times[instructions[repeat].level] = 0;
    m_at = repeat + 1;
}

bool FlowCursor::goesBack(const FlowProgram::Instruction &loop)
{
    int &times = m_times[loop.level];
    if (++times < loop.times) {
        ++m_lap;
        return true;
    }
    times = 0;
    return false;
}

Nanoseconds FlowCursor::thinkTime(int index, std::uint64_t content) const
{
    return thinkTimeAt(m_program->think(index), randomAt(content, kForThinks + std::uint64_t(index), m_lap));
}

bool FlowCursor::holds(int condition, const RequestValues &values) const
{
    RequestValues here = values;
    here.repetition = m_lap;
    return m_program->condition(condition).holds(
        here, randomAt(values.content, kForConditions + std::uint64_t(condition), m_lap));
}

} // namespace Headroom
