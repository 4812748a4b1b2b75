// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/selfreport.h"

#include "core/base/random.h"

namespace Headroom {

namespace {

QByteArray milliseconds(double time) { return QByteArray::number(time, 'f', 2); }

} // namespace

std::vector<std::pair<QByteArray, QByteArray>> SelfReport::headers() const
{
    const double total = latency.toDouble();
    const QByteArray parts = "total;dur=" + latency + ", model;dur=" + milliseconds(total * 0.60)
        + ", db;dur=" + milliseconds(total * 0.25) + ", render;dur=" + milliseconds(total * 0.10);
    return {{"X-Request-Latency-Ms", latency}, {"Server-Timing", parts}, {"X-Cache", isHit ? "HIT" : "MISS"}};
}

SelfReport selfReportOf(Nanoseconds took, std::uint64_t seed, std::uint64_t number, double hitShare)
{
    constexpr std::uint64_t kCache = 0x63616368; // of all random numbers of a request, those of its cache
    return {milliseconds(std::chrono::duration<double, std::milli>(took).count()),
            unitInterval(randomAt(seed, kCache, number)) < hitShare};
}

int tokensOf(std::uint64_t number) { return 100 + int(mix(number) % 200); }

} // namespace Headroom
