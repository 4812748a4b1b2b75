// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/actionreader.h"
#include "core/scenario/capturereader.h"
#include "core/scenario/feedreader.h"
#include "core/scenario/flowreader.h"
#include "core/scenario/judgementreader.h"
#include "core/scenario/loadreader.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/observationreader.h"
#include "core/scenario/overrides.h"
#include "core/scenario/probereader.h"
#include "core/scenario/profilemerge.h"
#include "core/scenario/schemacheck.h"
#include "core/scenario/servicereader.h"
#include "core/scenario/secretreader.h"
#include "core/scenario/targetreader.h"
#include "core/scenario/templatereader.h"
#include "core/yaml/yamlreader.h"

#include <algorithm>

namespace Headroom {

namespace {

/// Whether the tree can be a scenario at all; when not, one sentence says more than all that is missing.
bool isScenario(const YamlNode &root, Problems &problems)
{
    if (root.isNull()) {
        problems.error(
            {}, QStringLiteral("the scenario is empty; begin it with 'headroom: 1', then target, flows and load"));
        return false;
    }
    if (!root.isMapping()) {
        problems.error(root.range,
                       QStringLiteral("a scenario is a mapping of fields that begins with 'headroom: 1', not %1")
                           .arg(root.isSequence() ? QLatin1String("a list") : QLatin1String("a single value")));
        return false;
    }
    const YamlNode *version = root.find(u"headroom");
    const auto number = version && !version->isQuoted ? parseWhole(version->text) : failure(Error::Code::NotFound, {});
    if (number && *number != 1) {
        problems.error(version->range,
                       QStringLiteral("language version %1 is not known to this program; it reads 1").arg(*number));
        return false;
    }
    return true;
}

/// Iterations of a rate begin when the rate says so.
void refusePacesOfRates(const std::vector<FieldReader> &flows, const Scenario::Load &load, Problems &problems)
{
    const bool isOpen = !load.stages.empty() && load.stages.front().rate;
    for (const FieldReader &flow : flows) {
        if (isOpen && flow.has(u"pace"))
            problems.error(
                flow.keyRange(u"pace"),
                QStringLiteral("'pace' is for users that begin again when they are done; with a rate, the rate "
                               "says when, so remove it, or write users instead of the rate"));
    }
}

Scenario::Record readRecord(const FieldReader &fields)
{
    using Samples = Scenario::Record::Samples;
    constexpr std::pair<QStringView, Samples> kWords[] = {
        {u"all", Samples::All}, {u"errors", Samples::Errors}, {u"sample", Samples::Sample}, {u"off", Samples::Off}};
    const QString word = fields.text(u"samples");
    const auto found = std::ranges::find(kWords, QStringView(word), &std::pair<QStringView, Samples>::first);
    return found == std::end(kWords) ? Scenario::Record() : Scenario::Record{found->second};
}

Scenario readTyped(const FieldReader &root, Problems &problems)
{
    Scenario scenario;
    scenario.name = root.text(u"name");
    if (const YamlNode *name = root.find(u"name"))
        checkName(scenario.name, name->range, problems);
    scenario.seed = root.wholeIfWritten(u"seed");
    for (const TemplateScope::Var &var : root.scope()->vars())
        scenario.vars.emplace_back(var.name, var.value);
    scenario.variables.assign(root.scope()->variables().begin(), root.scope()->variables().end());
    scenario.feeds = readFeeds(root, problems);
    scenario.secrets = readSecrets(root, problems);
    scenario.target = readTarget(root.object(u"target"), problems);
    scenario.flows = readFlows(root.items(u"flows"), problems);
    scenario.load = readLoad(root.object(u"load"), problems);
    refusePacesOfRates(root.items(u"flows"), scenario.load, problems);
    scenario.observations = readObservations(root, scenario.target.serverTime, problems);
    scenario.services = readServices(root, problems);
    scenario.probes = readProbes(root, problems);
    scenario.actions = readActions(root, problems);
    scenario.dashboards = readDashboards(root, problems);
    readJudgement(root, scenario, problems);
    scenario.achievedRule = root.boolean(u"achieved_rule");
    scenario.record = readRecord(root.object(u"record"));
    return scenario;
}

/// Problems of the text itself come first; where one stands, nothing more is said about the same place.
Diagnostics merged(const std::vector<YamlProblem> &textProblems, Diagnostics found)
{
    Diagnostics all;
    for (const YamlProblem &problem : textProblems)
        all.push_back({Diagnostic::Severity::Error, problem.range, problem.message});
    const auto isTold = [&textProblems](const Diagnostic &diagnostic) {
        return std::ranges::contains(textProblems, diagnostic.range.start,
                                     [](const YamlProblem &p) { return p.range.start; });
    };
    std::erase_if(found, isTold);
    all.insert(all.end(), found.begin(), found.end());
    std::ranges::stable_sort(all, {}, [](const Diagnostic &diagnostic) { return diagnostic.range.start; });
    return all;
}

} // namespace

ScenarioReading readScenario(const QByteArray &text, const std::vector<ScenarioOverride> &overrides,
                             const ProfileChoice &choice)
{
    ScenarioReading reading;
    Problems problems(overrides);
    YamlReading yaml = readYamlWithProblems(text);
    if (yaml.root) {
        applyOverrides(*yaml.root, overrides, OverrideOf::Profiles, problems);
        const ChosenProfiles profiles = applyProfiles(*yaml.root, choice, problems);
        applyOverrides(*yaml.root, overrides, OverrideOf::Rest, problems);
        if (isScenario(*yaml.root, problems)) {
            refuseMisplacedTemplates(*yaml.root, problems);
            SchemaCheck(problems).checkScenario(*yaml.root);
            TemplateScope vars = readScope({&*yaml.root, schemaTree()}, problems);
            reading.scenario = readTyped({&*yaml.root, schemaTree(), &vars}, problems);
            reading.scenario.profiles = profiles;
            reading.scenario.environment = choice.environment;
            takeColumns(reading.scenario.feeds, vars, problems);
            useVarsOfProfiles(*yaml.root, vars);
            reportUnusedVars(vars, problems);
            reportUnusedSecrets(reading.scenario, problems);
        }
    }
    reading.diagnostics = merged(yaml.problems, problems.take());
    return reading;
}

} // namespace Headroom
