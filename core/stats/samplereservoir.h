// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/rawsample.h"

#include <atomic>
#include <memory>
#include <vector>

namespace Headroom {

/// The raw samples of one worker, handed over and begun anew once a second.
///
/// Of a second with more of them than there is room for, a uniform sample is kept: the same one for the same seed,
/// worker and requests. Memory: room for a second is reserved ahead, for kMostInSecond samples 4 MiB of addresses, of
/// which only what is used becomes memory; nothing when nothing is kept. Thread: the worker's. add() takes no lock,
/// allocates nothing and costs O(1).
class SampleReservoir
{
public:
    static constexpr std::size_t kMostInSecond = 65'536; ///< Of a worker, as long as none is to be left out.

    /// How many all workers of a run have kept so far: asked and told once a second.
    using KeptByAll = std::shared_ptr<std::atomic<std::uint64_t>>;
    struct Setup
    {
        SampleKeeping keeping = SampleKeeping::Off;
        std::uint64_t seed = 0; ///< The run's.
        int worker = 0;
        SteadyTime start{}; ///< Of the run.
        KeptByAll kept{}; ///< Null: this worker counts for itself.
    };
    explicit SampleReservoir(Setup setup);

    void add(const Sample &sample)
    {
        if ((m_wanted >> unsigned(sample.outcome)) & 1U)
            keep(sample);
    }
    /// Moves out what was added since the last call; null when that is nothing.
    std::shared_ptr<const SecondSamples> takeSecond(int second);

private:
    void keep(const Sample &sample);
    void makeRoom();
    std::uint64_t nextRandom();

    const Setup m_setup; // with a count of its own where it is alone
    const unsigned m_wanted; // a bit for each outcome that is kept
    std::size_t m_capacity = 0; // of this second
    std::uint64_t m_candidates = 0;
    std::uint64_t m_random = 0; // state of the generator
    std::vector<RawSample> m_kept;
};

RawSample rawSampleOf(const Sample &sample, SteadyTime start); ///< `start`: of the run.
Sample sampleOf(const RawSample &raw, SteadyTime start); ///< As it was recorded, but for its connection's opening.

/// What several workers have kept of one second as one: all of it where they have all and it is not more than `most`;
/// else of all their candidates a uniform sample, as large as the smallest of those that left some out, and of at most
/// `most`. In the order of the parts, and of each in the order in which its requests finished. Null without parts.
std::shared_ptr<const SecondSamples> mergeSamples(const std::vector<std::shared_ptr<const SecondSamples>> &parts,
                                                  int second, std::uint64_t seed, std::size_t most = std::size_t(-1));

} // namespace Headroom
