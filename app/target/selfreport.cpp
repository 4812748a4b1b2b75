// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/selfreport.h"

#include "core/base/random.h"

namespace Headroom {

namespace {

QByteArray milliseconds(Nanoseconds time)
{
    return QByteArray::number(std::chrono::duration<double, std::milli>(time).count(), 'f', 2);
}

} // namespace

std::vector<std::pair<QByteArray, QByteArray>> SelfReport::headers(const TimingParts &parts) const
{
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    if (!latency.isEmpty()) {
        headers.emplace_back("X-Request-Latency-Ms", latency);
        headers.emplace_back("Server-Timing",
                             "total;dur=" + latency + ", queue;dur=" + queue + ", work;dur=" + latency
                                 + parts.of(latency.toDouble())
                                 + (isHit ? ", cache;desc=" + cacheWord() : QByteArray()));
    }
    if (isHit)
        headers.emplace_back("X-Cache", cacheWord());
    return headers;
}

QByteArray SelfReport::cacheWord() const { return isHit ? QByteArray(*isHit ? "HIT" : "MISS") : QByteArray(); }

SelfReport selfReportOf(Nanoseconds waited, Nanoseconds took, std::optional<bool> isHit)
{
    return {milliseconds(took), milliseconds(waited), isHit};
}

bool isHitByShare(std::uint64_t seed, std::uint64_t number, double share)
{
    constexpr std::uint64_t kCache = 0x63616368; // of all random numbers of a request, those of its cache
    return unitInterval(randomAt(seed, kCache, number)) < share;
}

int tokensOf(std::uint64_t number) { return 100 + int(mix(number) % 200); }

} // namespace Headroom
