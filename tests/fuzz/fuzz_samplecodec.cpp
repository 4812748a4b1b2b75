// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/compression.h"
#include "core/session/samplecodec.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

constexpr size_t kHeadBytes = 3; // how it is meant, and the count

RunFacts threeSteps()
{
    RunFacts facts;
    facts.steps.resize(3);
    return facts;
}

} // namespace

/// The first byte says whether the rest is a block, or the columns that a block is made of here: behind a compression
/// hardly any input would get far.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < kHeadBytes)
        return 0;
    const size_t count = size_t(data[1]) | size_t(data[2]) << 8;
    const QByteArray rest(reinterpret_cast<const char *>(data + kHeadBytes), qsizetype(size - kHeadBytes));
    static const RunFacts facts = threeSteps();
    const auto samples = decodeSamples(data[0] % 2 == 0 ? rest : compressed(rest), count, facts);
    if (!samples)
        return 0;
    const bool areFine = samples->size() == count
        && std::ranges::all_of(*samples, [](const RawSample &sample) { return isFine(sample, facts); });
    const auto again = decodeSamples(encodeSamples(*samples), count, facts);
    if (!areFine || !again || *again != *samples)
        std::abort();
    return 0;
}
