// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewfixture.h"

namespace Headroom {

namespace {

RunView::Step stepOf(const QString &name, const QString &request, std::uint64_t requests, double factor)
{
    RunView::Step step;
    step.name = name;
    step.request = request;
    step.requests = requests;
    step.rejected = requests / 100;
    step.ratePerSecond = double(requests) / 50.0;
    step.response = {8.4 * factor, 12.3 * factor, 16.9 * factor, requests < 368};
    step.service = {8.0 * factor, 11.9 * factor, 16.1 * factor, requests < 368};
    step.minimum = 2.0 * factor;
    step.mean = 8.6 * factor;
    step.maximum = 44.0 * factor;
    step.bytesIn = requests * 2048;
    step.bytesOut = requests * 128;
    return step;
}

} // namespace

RunFactsPtr viewFacts(bool isOpenModel)
{
    RunFacts facts;
    facts.name = QStringLiteral("Retrieval mix");
    facts.isOpenModel = isOpenModel;
    facts.plannedLength = 60s;
    const double load = isOpenModel ? 60.0 : 20.0;
    facts.stages = {{QStringLiteral("steady"), 0s, 60s, load, load, false}};
    facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")},
                    {QStringLiteral("api"), QStringLiteral("cpu"), QStringLiteral("percent")}};
    return std::make_shared<const RunFacts>(facts);
}

RuleResult ruleThatIs(RuleResult::Standing standing, const QString &text)
{
    RuleResult result;
    result.rule.text = text;
    result.rule.bound = 900.0; // ms
    result.standing = standing;
    result.value = 912.0;
    result.low = 880.0;
    result.high = 950.0;
    result.samples = 3000;
    return result;
}

RunView exampleView(const RunFactsPtr &facts)
{
    RunView view;
    view.facts = facts;
    view.lengthSeconds = 60.0;
    view.latest.emplace();
    view.latest->second = 59;
    view.latest->offered = 60.0;
    view.latest->achieved = 59.8;
    view.latest->requests = 118.0;
    view.latest->inFlight = 7;
    view.latest->users = 9;
    view.trailing = {8.2, 12.1, 15.4, false};
    view.wholeRun = {8.4, 12.3, 16.9, false};
    view.requests = 7000;
    view.rejected = 70;
    view.targetCpuPercent = 85.0;
    view.targetRssBytes = 300.0 * 1024 * 1024;
    view.sendLagP99 = 0.31;
    view.measuredSeconds = view.validity.measuredSeconds = 50;
    view.steps = {stepOf(QStringLiteral("retrieve"), QStringLiteral("POST /retrieve"), 3000, 1.0),
                  stepOf(QStringLiteral("document"), QStringLiteral("GET /documents/${first}"), 2900, 0.5),
                  stepOf(QStringLiteral("/extract/pico"), QStringLiteral("POST /extract/pico"), 100, 10.0)};
    view.allSteps = stepOf(QString(), QString(), 6000, 1.0);
    view.rules = {ruleThatIs(RuleResult::Standing::Met, QStringLiteral("p95(retrieve) < 900 ms")),
                  ruleThatIs(RuleResult::Standing::Met, QStringLiteral("max < 900 ms"))};
    view.verdict.result = Verdict::Result::Met;
    return view;
}

QString hostileText()
{
    return QStringLiteral("<img src='http://evil/'><b>x</b>") + QChar(0x1b) + QStringLiteral("[2J") + QChar(0x202e)
        + QLatin1Char('\n') + QStringLiteral("y");
}

} // namespace Headroom
