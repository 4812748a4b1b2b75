// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/sample.h"

#include <vector>

namespace Headroom {

/// One finished request, kept whole: everything that its step's histograms and counts are made of. Units: ns.
struct RawSample
{
    Nanoseconds planned{}; ///< Since the start of the run.
    Nanoseconds sent{}; ///< Since planned: the send lag.
    Nanoseconds firstByte{}; ///< Since sent.
    Nanoseconds finished{}; ///< Since sent: the service time.
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    StepIndex step{};
    std::uint16_t status = 0;
    std::uint16_t resends = 0;
    Outcome outcome = Outcome::Answered;
    FailureKind failure = FailureKind::None;

    Nanoseconds responseTime() const { return sent + finished; }
    bool operator==(const RawSample &) const = default;
};

/// The raw samples of one second of the run: all that finished in it, or as many as were to be kept, each finished
/// request as likely as any other. In the order in which they finished, worker by worker.
struct SecondSamples
{
    int second = 0;
    std::uint64_t candidates = 0; ///< Requests that finished and could have been kept: all, or only the errors.
    std::vector<RawSample> kept{};
    bool isWhole() const { return kept.size() == candidates; }
    bool operator==(const SecondSamples &) const = default;
};

/// Which requests are kept as raw samples.
enum class SampleKeeping : std::uint8_t {
    All, ///< Every request, up to a million in the run; from then on as Sample.
    Errors, ///< Errors and rejections; bounded alike.
    Sample, ///< Of each second a uniform sample of at most kSampledPerSecond.
    Off,
};
inline constexpr std::uint64_t kWholeSamples = 1'000'000; ///< Until so many have been kept, none is left out.
inline constexpr std::uint64_t kSampledPerSecond = 100; ///< Of all workers together.

} // namespace Headroom
