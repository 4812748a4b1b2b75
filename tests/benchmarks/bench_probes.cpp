// SPDX-License-Identifier: GPL-3.0-or-later
// What watching costs: time of the run thread for one look, without waiting for anybody.
#include "core/base/steadyclock.h"
#include "core/probes/hostprobe.h"
#include "core/probes/logmeasure.h"
#include "core/probes/processprobe.h"
#include "core/probes/prommeasure.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ordered.h"

#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <vector>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

constexpr int kLooks = 200;
// Twenty probes, each once a second, are to take less than 1 % of a core.
constexpr double kMostMilliseconds = 10.0 / 20.0;

void measure(Figures &figures, const char *name, const FigureBound &bound, const std::function<void()> &look)
{
    std::vector<Nanoseconds> times;
    for (int i = 0; i < kLooks; ++i) {
        const auto before = std::chrono::steady_clock::now();
        look();
        times.push_back(std::chrono::steady_clock::now() - before);
    }
    const Ordered ordered(std::move(times));
    figures.add(QByteArray(name) + ".p50", milliseconds(ordered.at(0.5)), "ms", bound);
}

/// Histograms of 20 paths with 12 buckets, as a service of some size shows them: about 20 kB.
QByteArray exposition()
{
    QByteArray text;
    for (int path = 0; path < 20; ++path) {
        for (int bucket = 0; bucket < 12; ++bucket)
            text += "http_request_duration_seconds_bucket{method=\"GET\",path=\"/p" + QByteArray::number(path)
                + "\",le=\"" + (bucket == 11 ? QByteArray("+Inf") : QByteArray::number(0.01 * bucket)) + "\"} "
                + QByteArray::number(1000 * bucket) + '\n';
    }
    return text;
}

void readMetrics(PromMeasure &measure, const QByteArray &text)
{
    static SteadyTime now;
    measure.begin();
    const auto read = readPromText(text, {[&measure](const PromSample &sample) { measure.take(sample); }, {}});
    now += 1s;
    if (!read || !measure.end(now).problem.isEmpty())
        std::abort();
}

} // namespace

int main()
{
    Figures figures("probes");
    const FigureBound bound = FigureBound::atMost(kMostMilliseconds);
    SteadyClock clock;
    ProcessProbe process(QStringLiteral("own"), {.port = {}, .pid = getpid()}, clock);
    measure(figures, "process", bound, [&process] { process.read(); });
    HostProbe host(QStringLiteral("host"), clock);
    measure(figures, "host", bound, [&host] { host.read(); });
    PromMeasure p95 = *PromMeasure::make({{}, QStringLiteral("http_request_duration_seconds"), {}, As::Quantile, 0.95});
    const QByteArray text = exposition();
    measure(figures, "metrics_of_20_kB", bound, [&] { readMetrics(p95, text); });
    LogMeasure log = *LogMeasure::make(QStringLiteral("\" 5\\d\\d "), As::Rate);
    const QByteArray lines =
        QByteArray("127.0.0.1 - - \"GET /documents/17 HTTP/1.1\" 200 512 headroom\n").repeated(1000);
    measure(figures, "log_of_1000_lines", FigureBound::none(), [&] {
        log.take(lines);
        log.end(1.0);
    });
    return figures.conclude();
}
