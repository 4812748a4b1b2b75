// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadchange.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/scenario/limitreader.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

void dropThinkTimes(std::vector<Scenario::Step> &steps)
{
    for (Scenario::Step &step : steps) {
        step.think = {};
        dropThinkTimes(step.steps);
    }
}

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
        dropThinkTimes(flow.steps);
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

/// The highest rate of an open load; 0 for users.
Rate highestRate(const Scenario &scenario)
{
    Rate highest;
    for (const Scenario::Stage &stage : scenario.load.stages) {
        if (!stage.rate)
            return {};
        const Rate swing = stage.sine ? stage.sine->amplitude : Rate();
        highest = std::max(highest, Rate::perSecond(std::max(stage.rate->first, stage.rate->second).perSecond()
                                                    + swing.perSecond()));
    }
    return highest;
}

/// Leaves a load of users as it is: prepare() tells.
void searchLimit(const LimitChange &change, const std::optional<Scenario::FindLimit> &written, Scenario &scenario)
{
    const Rate planned = highestRate(scenario);
    if (planned <= Rate())
        return;
    Scenario::FindLimit limit = written.value_or(Scenario::FindLimit{});
    limit.upTo = change.upTo.value_or(written ? written->upTo : standardUpTo(planned));
    limit.hold = change.hold.value_or(limit.hold);
    limit.confirm = change.confirm.value_or(limit.confirm);
    Scenario::Stage stage;
    stage.name = QStringLiteral("search");
    stage.range = scenario.load.range;
    stage.rate = std::pair(planned, planned);
    scenario.load.stages = {stage};
    scenario.load.iterations.reset();
    scenario.load.findLimit = limit;
}

void addFromOutside(const QString &rule, Scenario &scenario)
{
    using Source = Scenario::RuleText::Source;
    const auto known = std::ranges::find(scenario.rules, rule, &Scenario::RuleText::text);
    if (known == scenario.rules.end())
        scenario.rules.push_back({rule, {}, Source::Outside});
    else if (known->source == Source::Scenario)
        known->source = Source::Both;
}

/// As people write it, with all digits where that would say something else: a session is run again with it.
QString exactText(Rate rate)
{
    const QString text = formatRate(rate);
    return parseRate(text) == rate
        ? text
        : QString::number(rate.perSecond(), 'f', QLocale::FloatingPointShortest) + QStringLiteral("/s");
}

QString exactText(Nanoseconds duration)
{
    const QString text = formatDuration(duration);
    return parseDuration(text) == duration ? text : QStringLiteral("%1 ns").arg(duration.count());
}

} // namespace

std::vector<std::pair<QString, QString>> LoadChange::described() const
{
    std::vector<std::pair<QString, QString>> options;
    if (rate)
        options.emplace_back(QStringLiteral("--rate"), exactText(*rate));
    if (users)
        options.emplace_back(QStringLiteral("--users"), QString::number(*users));
    if (iterations)
        options.emplace_back(QStringLiteral("--iterations"), QString::number(*iterations));
    if (duration)
        options.emplace_back(QStringLiteral("--duration"), exactText(*duration));
    if (findLimit)
        options.emplace_back(QStringLiteral("--find-limit"), QString());
    if (findLimit && findLimit->upTo)
        options.emplace_back(QStringLiteral("--up-to"), exactText(*findLimit->upTo));
    if (findLimit && findLimit->hold)
        options.emplace_back(QStringLiteral("--hold"), exactText(*findLimit->hold));
    if (findLimit && findLimit->confirm)
        options.emplace_back(QStringLiteral("--confirm"), exactText(*findLimit->confirm));
    if (target)
        options.emplace_back(QStringLiteral("--target"), target->toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
    return options;
}

void apply(const LoadChange &change, Scenario &scenario)
{
    const auto written = scenario.load.findLimit;
    if (change.findLimit && change.users && !change.rate)
        scenario.load.users = change.users; // the cap of the search
    else if (change.rate || change.users || change.iterations)
        replaceLoad(change, scenario);
    else if (change.duration)
        scaleStages(*change.duration, scenario.load.stages);
    if (change.findLimit)
        searchLimit(*change.findLimit, written, scenario);
    for (const QString &rule : change.rules)
        addFromOutside(rule, scenario);
    if (change.target) {
        scenario.target.url = *change.target;
        scenario.target.practice.reset();
        scenario.target.start.reset(); // it serves the other one
        scenario.target.lines.reset();
    }
}

} // namespace Headroom
