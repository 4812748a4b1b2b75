// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <cstddef>
#include <cstdlib>

namespace {

void check(const Headroom::Scenario::Step &step)
{
    const bool isRequest = !step.path.pieces().empty();
    if (step.isGroup() ? isRequest || step.isLine || step.until : isRequest == step.isLine)
        std::abort();
    if (step.expect.empty() || step.think.high < step.think.low || step.repeat < 1)
        std::abort();
    for (const Headroom::Scenario::Header &header : step.headers) {
        if (header.second.with(u"1").contains(u'\n'))
            std::abort();
    }
    for (const Headroom::Scenario::Step &child : step.steps)
        check(child);
}

} // namespace

/// Whatever the bytes: the reader answers, and a scenario without errors has all that a plan is made of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const Headroom::ScenarioReading reading = Headroom::readScenario(text);
    if (Headroom::hasErrors(reading.diagnostics))
        return 0;
    const Headroom::Scenario &scenario = reading.scenario;
    if (scenario.flows.empty() || scenario.load.stages.empty()
        || scenario.target.url.isEmpty() != (scenario.target.practice || scenario.target.lines))
        std::abort();
    for (const Headroom::Scenario::Flow &flow : scenario.flows) {
        if (flow.steps.empty() || !(flow.weight > 0.0))
            std::abort();
        for (const Headroom::Scenario::Step &step : flow.steps)
            check(step);
    }
    for (const Headroom::Scenario::Stage &stage : scenario.load.stages) {
        if (stage.rate.has_value() == stage.users.has_value())
            std::abort();
    }
    return 0;
}
