// SPDX-License-Identifier: GPL-3.0-or-later
// How long the editor waits for an answer: a long scenario is checked anew behind every change.
#include "core/run/preparation.h"
#include "tests/benchmarks/figures.h"

#include <algorithm>

using namespace Headroom;

namespace {

constexpr int kRounds = 20;
constexpr double kMostMilliseconds = 100.0; // below, an answer seems to come at once

/// 2,000 lines of flows, steps, checks, templates, stages, objectives and rules.
QByteArray longScenario()
{
    QByteArray text = "headroom: 1\nname: Long\nvars:\n  tenant: demo\ntarget:\n  url: http://127.0.0.1:8080\nflows:\n";
    for (int flow = 0; flow < 53; ++flow) {
        const QByteArray number = QByteArray::number(flow);
        text += "  - name: flow " + number + "\n    weight: 2\n    steps:\n";
        for (int step = 0; step < 3; ++step) {
            const QByteArray name = "ask-" + number + '-' + QByteArray::number(step);
            text += "      - name: " + name + "\n        post: /retrieve/${user}/" + name
                + "\n        headers: { X-Tenant: \"${tenant}\", X-Request: \"${uuid}\" }\n        json:\n          "
                  "query: \"${tenant} asks "
                  "${iteration}\"\n          top_k: ${random(1, 10)}\n        expect: [200, 429]\n        check:\n     "
                  "     - $.results[0].id "
                  "exists\n          - time < 5 s\n        think: 10 ms to 20 ms\n";
        }
    }
    text += "load:\n  users: 100\n  stages:\n";
    for (int stage = 0; stage < 20; ++stage)
        text += "    - { name: stage " + QByteArray::number(stage) + ", rate: 50/s, for: 10 s }\n";
    text += "rules:\n";
    for (int flow = 0; flow < 30; ++flow)
        text += "  - p95(ask-" + QByteArray::number(flow) + "-0) < 900 ms during stage " + QByteArray::number(flow % 20)
            + "\n";
    return text + QByteArray("# and so on\n").repeated(2000 - text.count('\n'));
}

template <typename Call> Nanoseconds timeOf(Call call)
{
    const auto before = std::chrono::steady_clock::now();
    call();
    return std::chrono::steady_clock::now() - before;
}

} // namespace

int main()
{
    const QByteArray text = longScenario();
    Figures figures("scenario");
    if (const auto preparation = prepare(text); !preparation) {
        figures.addFailure({Error::Code::InvalidInput, formatDiagnostic({}, preparation.error().front()), {}});
        return figures.conclude();
    }
    std::vector<Nanoseconds> reading;
    std::vector<Nanoseconds> preparing;
    for (int round = 0; round < kRounds; ++round) {
        reading.push_back(timeOf([&] { readScenario(text); }));
        preparing.push_back(timeOf([&] { static_cast<void>(prepare(text)); }));
    }
    std::ranges::sort(reading);
    std::ranges::sort(preparing);
    figures.add("lines", double(text.count('\n')), "");
    figures.add("read.p50", milliseconds(reading[kRounds / 2]), "ms");
    figures.add("check.p50", milliseconds(preparing[kRounds / 2]), "ms");
    figures.add("check.max", milliseconds(preparing.back()), "ms", FigureBound::atMost(kMostMilliseconds));
    return figures.conclude();
}
