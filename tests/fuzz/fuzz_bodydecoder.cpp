// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/bodydecoder.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

using namespace Headroom;

/// The first line is Content-Encoding, the rest the body: whatever they are, it is decoded within its limit, or there
/// is a sentence on why not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr qsizetype kMost = 64 * 1024;
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype end = input.indexOf('\n');
    const QByteArray body = input.sliced(end + 1);
    const auto decoded = decodedBody(body, end < 0 ? QByteArray() : input.first(end), kMost);
    if (decoded ? decoded->size() > std::max(kMost, body.size()) : decoded.error().isEmpty())
        std::abort();
    return 0;
}
