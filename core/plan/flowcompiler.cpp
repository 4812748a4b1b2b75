// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/flowcompiler.h"

#include <QHash>

#include <utility>

namespace Headroom {

namespace {

using Step = Scenario::Step;
using Instruction = FlowProgram::Instruction;
using Kind = Instruction::Kind;

class FlowCompiler
{
public:
    explicit FlowCompiler(const AddStep &addStep)
        : m_addStep(addStep)
    {
    }

    void addAll(const std::vector<Step> &steps, int level)
    {
        for (const Step &step : steps)
            add(step, level);
    }
    FlowProgram take() { return std::move(m_program); }

private:
    void add(const Step &step, int level)
    {
        std::vector<int> skips; // to behind the step
        if (step.isOnce)
            skips.push_back(m_program.add({.kind = Kind::SkipIfSeen}));
        if (!step.condition.text.isEmpty())
            skips.push_back(m_program.add({.kind = Kind::SkipUnless, .index = m_program.addCondition(step.condition)}));
        const int start = m_program.end();
        if (step.isGroup())
            addGroup(step, step.repeat > 1 ? level + 1 : level);
        else
            m_program.add({.kind = Kind::Request, .index = m_addStep(step, m_groups.join(QLatin1String(" / "))).value});
        if (step.until)
            skips.push_back(m_program.add({.kind = Kind::LeaveIfDone, .level = std::uint8_t(level)}));
        if (step.repeat > 1)
            m_program.add({.kind = Kind::Repeat, .level = std::uint8_t(level), .target = start, .times = step.repeat});
        for (const int skip : skips)
            m_program.setTarget(skip, m_program.end());
    }

    void addGroup(const Step &group, int level)
    {
        const Scenario::ThinkTime &think = group.think;
        if (think.high > 0ns)
            m_program.add({.kind = Kind::Think, .index = m_program.addThink(think)});
        m_groups.append(group.name);
        addAll(group.steps, level);
        m_groups.removeLast();
    }

    const AddStep &m_addStep;
    QStringList m_groups;
    FlowProgram m_program;
};

} // namespace

FlowProgram compileFlow(const std::vector<Step> &steps, const AddStep &addStep)
{
    FlowCompiler compiler(addStep);
    compiler.addAll(steps, 0);
    return compiler.take();
}

void qualifyNames(std::vector<QString *> names, const std::vector<QString> &groups)
{
    QHash<QString, int> counts;
    for (const QString *name : names)
        ++counts[*name];
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (counts.value(*names[i]) > 1 && !groups[i].isEmpty())
            *names[i] = groups[i] + QLatin1String(" / ") + *names[i];
    }
}

double expectedRequests(const std::vector<Step> &steps)
{
    double sum = 0.0;
    for (const Step &step : steps)
        sum += step.condition.chance.value_or(1.0) * (step.until ? 1.0 : double(step.repeat))
            * (step.isGroup() ? expectedRequests(step.steps) : 1.0);
    return sum;
}

} // namespace Headroom
