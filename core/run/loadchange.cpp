// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadchange.h"

#include "core/base/humanformat.h"

#include <cmath>

namespace Headroom {

namespace {

void replaceLoad(const LoadChange &change, Scenario &scenario)
{
    Scenario::Stage stage;
    stage.name = QStringLiteral("load");
    stage.range = scenario.load.range;
    if (change.rate)
        stage.rate = std::pair(*change.rate, *change.rate);
    else
        stage.users = std::pair(double(change.users.value_or(1)), double(change.users.value_or(1)));
    if (change.duration || !change.iterations)
        stage.length = change.duration.value_or(kDefaultDuration);
    if (!change.rate) {
        scenario.load.users.reset();
        scenario.load.spacing = Scenario::Spacing::Even; // users have no arrivals to spread
    } else if (change.users) {
        scenario.load.users = change.users;
    }
    scenario.load.iterations = change.iterations;
    scenario.load.iterationsEach.reset();
    scenario.load.batches.reset();
    scenario.load.findLimit.reset();
    scenario.load.stages = {stage};
    for (Scenario::Flow &flow : scenario.flows) {
        flow.pace.reset();
        for (Scenario::Step &step : flow.steps)
            step.think = {};
    }
}

void scaleStages(Nanoseconds duration, std::vector<Scenario::Stage> &stages)
{
    Nanoseconds sum{};
    for (const Scenario::Stage &stage : stages)
        sum += stage.length;
    if (sum <= 0ns)
        return;
    const double factor = double(duration.count()) / double(sum.count());
    for (Scenario::Stage &stage : stages)
        stage.length = Nanoseconds(std::llround(double(stage.length.count()) * factor));
}

} // namespace

std::vector<std::pair<QString, QString>> LoadChange::described() const
{
    std::vector<std::pair<QString, QString>> options;
    if (rate)
        options.emplace_back(QStringLiteral("--rate"), formatRate(*rate));
    if (users)
        options.emplace_back(QStringLiteral("--users"), QString::number(*users));
    if (iterations)
        options.emplace_back(QStringLiteral("--iterations"), QString::number(*iterations));
    if (duration)
        options.emplace_back(QStringLiteral("--duration"), formatDuration(*duration));
    if (target)
        options.emplace_back(QStringLiteral("--target"), target->toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
    return options;
}

void apply(const LoadChange &change, Scenario &scenario)
{
    if (change.rate || change.users || change.iterations)
        replaceLoad(change, scenario);
    else if (change.duration)
        scaleStages(*change.duration, scenario.load.stages);
    if (change.target) {
        scenario.target.url = *change.target;
        scenario.target.practice.reset();
    }
}

} // namespace Headroom
