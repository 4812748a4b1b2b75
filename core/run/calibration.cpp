// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/calibration.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kMostUsers = 64; // more do not make one machine faster
constexpr qsizetype kLargestBody = 2 * 1024 * 1024; // of the highest class (loadShape())

const Plan::Flow &longestFlow(const Plan &plan)
{
    return *std::ranges::max_element(plan.flows, {}, [](const Plan::Flow &flow) { return flow.steps.size(); });
}

qsizetype bodySize(const Plan::Step &step) { return step.request.body ? step.request.body->size() : 0; }

/// Sizes of the bodies of an iteration's steps; the largest of all flows is among them.
std::vector<qsizetype> bodySizes(const Plan &plan)
{
    std::vector<qsizetype> sizes;
    for (const StepIndex index : longestFlow(plan).steps)
        sizes.push_back(bodySize(plan.steps[index.at()]));
    qsizetype largest = 0;
    for (const Plan::Step &step : plan.steps)
        largest = std::max(largest, bodySize(step));
    *std::ranges::max_element(sizes) = largest;
    return sizes;
}

QByteArray stepText(qsizetype bodySize)
{
    if (bodySize == 0)
        return "      - get: /health/live\n";
    return "      - { post: /retrieve, text: \"" + QByteArray(std::min(bodySize, kLargestBody), 'x') + "\" }\n";
}

QByteArray loadText(const CalibrationLoad &load)
{
    const bool isOpen = load.ratePerSecond > 0.0;
    const QByteArray users = "users: " + QByteArray::number(load.users);
    const QByteArray amount = isOpen ? "rate: " + QByteArray::number(load.ratePerSecond, 'f', 3) + "/s" : users;
    return "load:\n" + (isOpen ? "  " + users + '\n' : QByteArray()) + "  stages:\n    - { name: warm up, " + amount
        + ", for: 1 s, warm_up: true }\n    - { name: calibration, " + amount
        + ", for: " + QByteArray::number(load.seconds) + " s }\n";
}

} // namespace

QByteArray calibrationScenario(const Plan *plan, const CalibrationLoad &load)
{
    QByteArray text = "headroom: 1\nname: calibration\ntarget:\n  transport: "
        + (plan ? plan->transport.toUtf8() : QByteArray("qnam"))
        + (plan && !plan->connections.isReused ? QByteArray("\n  connection: { reuse: false }") : QByteArray())
        + "\n  practice: { workers: 1000, queue: 100000, service_time: \"*=0ms\" }\nflows:\n  - steps:\n";
    for (const qsizetype size : plan ? bodySizes(*plan) : std::vector<qsizetype>{0})
        text += stepText(size);
    return text + loadText(load);
}

int calibrationUsers(const Plan *plan) { return plan ? std::clamp(plan->userCap, 1, kMostUsers) : kMostUsers; }

} // namespace Headroom
