// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/samplereservoir.h"

#include "core/base/random.h"

#include <algorithm>
#include <utility>

namespace Headroom {
namespace {

constexpr std::size_t kCopied = 1024; // so few are copied out, and the room stays: 64 KiB instead of a map of 4 MiB
constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL; // the step of splitmix64
constexpr std::uint64_t kMerging = 0x6d65726765ULL; // sets the numbers of the merge apart from those of the workers

unsigned bitOf(Outcome outcome) { return 1U << unsigned(outcome); }

unsigned wantedBy(SampleKeeping keeping)
{
    switch (keeping) {
    case SampleKeeping::All:
    case SampleKeeping::Sample:
        return bitOf(Outcome::Answered) | bitOf(Outcome::Rejected) | bitOf(Outcome::Error);
    case SampleKeeping::Errors:
        return bitOf(Outcome::Rejected) | bitOf(Outcome::Error);
    case SampleKeeping::Off:
        break;
    }
    return 0;
}

SampleReservoir::Setup withCount(SampleReservoir::Setup setup)
{
    if (!setup.kept)
        setup.kept = std::make_shared<std::atomic<std::uint64_t>>(0);
    return setup;
}

Nanoseconds finishOf(const RawSample &sample) { return sample.planned + sample.sent + sample.finished; }

/// Every choice of `wanted` of them is as likely; they stay in order.
/// Source: selection sampling, algorithm S of Knuth, The Art of Computer Programming 2, 3.4.2.
void select(std::vector<RawSample> from, std::size_t wanted, std::uint64_t seed, std::vector<RawSample> &into)
{
    std::ranges::stable_sort(from, {}, finishOf); // a replaced one stands where another was
    for (std::size_t i = 0; i < from.size() && wanted > 0; ++i) {
        if (randomAt(seed, i) % (from.size() - i) >= wanted)
            continue;
        into.push_back(from[i]);
        --wanted;
    }
}

using Parts = std::vector<std::shared_ptr<const SecondSamples>>;

/// How many of each part stand in a uniform sample of `size` of all their candidates: drawn one by one, as from an urn.
std::vector<std::size_t> drawnOf(const Parts &parts, std::size_t size, std::uint64_t seed)
{
    std::vector<std::size_t> drawn(parts.size(), 0);
    std::uint64_t left = 0;
    for (const auto &part : parts)
        left += part->candidates;
    for (std::size_t i = 0; i < size; ++i, --left) {
        std::uint64_t ball = randomAt(seed, i) % left;
        std::size_t urn = 0;
        while (ball >= parts[urn]->candidates - drawn[urn]) {
            ball -= parts[urn]->candidates - drawn[urn];
            ++urn;
        }
        ++drawn[urn];
    }
    return drawn;
}

std::vector<RawSample> sampled(const Parts &parts, std::uint64_t seed, std::size_t size)
{
    for (const auto &part : parts) {
        if (!part->isWhole())
            size = std::min(size, part->kept.size());
    }
    const std::vector<std::size_t> drawn = drawnOf(parts, size, mix(seed));
    std::vector<RawSample> kept;
    kept.reserve(size);
    for (std::size_t i = 0; i < parts.size(); ++i)
        select(parts[i]->kept, drawn[i], randomAt(seed, i + 1), kept);
    return kept;
}

} // namespace

RawSample rawSampleOf(const Sample &sample, SteadyTime start)
{
    const RequestTimings &times = sample.timings;
    return {.planned = times.planned - start,
            .sent = times.sendLag(),
            .firstByte = times.firstByteTime(),
            .finished = times.serviceTime(),
            .bytesIn = sample.bytesIn,
            .bytesOut = sample.bytesOut,
            .step = sample.step,
            .status = sample.status,
            .resends = sample.resends,
            .outcome = sample.outcome,
            .failure = sample.failure};
}

Sample sampleOf(const RawSample &raw, SteadyTime start)
{
    const SteadyTime planned = start + raw.planned;
    const SteadyTime sent = planned + raw.sent;
    return {.step = raw.step,
            .timings = {planned, sent, sent + raw.firstByte, sent + raw.finished},
            .outcome = raw.outcome,
            .failure = raw.failure,
            .status = raw.status,
            .resends = raw.resends,
            .bytesIn = raw.bytesIn,
            .bytesOut = raw.bytesOut};
}

SampleReservoir::SampleReservoir(Setup setup)
    : m_setup(withCount(std::move(setup)))
    , m_wanted(wantedBy(m_setup.keeping))
{
    if (m_wanted == 0)
        return;
    m_random = randomAt(m_setup.seed, std::uint64_t(m_setup.worker), 0);
    makeRoom();
}

/// For the second that begins.
void SampleReservoir::makeRoom()
{
    const bool isWholeOver = m_setup.kept->load(std::memory_order_relaxed) >= kWholeSamples;
    const bool isSampled = m_setup.keeping == SampleKeeping::Sample || isWholeOver;
    m_capacity = isSampled ? std::size_t(kSampledPerSecond) : kMostInSecond;
    m_kept.reserve(m_capacity);
}

/// Source of the choice: algorithm R of Vitter, Random Sampling with a Reservoir (1985).
void SampleReservoir::keep(const Sample &sample)
{
    ++m_candidates;
    if (m_kept.size() < m_capacity) {
        m_kept.push_back(rawSampleOf(sample, m_setup.start));
        return;
    }
    const std::uint64_t place = nextRandom() % m_candidates;
    if (place < m_capacity)
        m_kept[place] = rawSampleOf(sample, m_setup.start);
}

/// Source: splitmix64, see core/base/random.h.
std::uint64_t SampleReservoir::nextRandom()
{
    m_random += kGolden;
    return mix(m_random - kGolden);
}

std::shared_ptr<const SecondSamples> SampleReservoir::takeSecond(int second)
{
    if (m_candidates == 0) {
        if (m_wanted != 0)
            makeRoom();
        return nullptr;
    }
    auto taken = std::make_shared<SecondSamples>();
    taken->second = second;
    taken->candidates = std::exchange(m_candidates, 0);
    if (m_kept.size() <= kCopied) {
        taken->kept = m_kept; // no larger than it must be
        m_kept.clear();
    } else {
        taken->kept = std::exchange(m_kept, {});
    }
    m_setup.kept->fetch_add(taken->kept.size(), std::memory_order_relaxed);
    m_random = randomAt(m_setup.seed, std::uint64_t(m_setup.worker), std::uint64_t(second) + 1);
    makeRoom();
    return taken;
}

std::shared_ptr<const SecondSamples> mergeSamples(const Parts &parts, int second, std::uint64_t seed, std::size_t most)
{
    if (parts.empty())
        return nullptr;
    std::uint64_t candidates = 0;
    for (const auto &part : parts)
        candidates += part->candidates;
    const bool isWhole =
        candidates <= most && std::ranges::all_of(parts, [](const auto &part) { return part->isWhole(); });
    if (isWhole && parts.size() == 1 && parts.front()->second == second)
        return parts.front();
    auto merged = std::make_shared<SecondSamples>();
    merged->second = second;
    merged->candidates = candidates;
    if (!isWhole) {
        merged->kept = sampled(parts, randomAt(seed, kMerging, std::uint64_t(second)), most);
        return merged;
    }
    merged->kept.reserve(merged->candidates);
    for (const auto &part : parts)
        merged->kept.insert(merged->kept.end(), part->kept.begin(), part->kept.end());
    return merged;
}

} // namespace Headroom
