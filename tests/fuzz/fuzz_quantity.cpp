// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace {

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

} // namespace

/// Whatever the text: each parser answers with an error or with a value inside its documented range.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace Headroom;
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto duration = parseDuration(text))
        require(*duration >= 0ns && *duration <= 365 * 24h);
    if (const auto rate = parseRate(text))
        require(rate->perSecond() >= 0.0 && rate->perSecond() <= 1e7);
    if (const auto bytes = parseSize(text))
        require(*bytes >= 0 && *bytes <= std::int64_t(1) << 60);
    if (const auto share = parsePercent(text))
        require(std::isfinite(*share));
    if (const auto number = parseNumber(text))
        require(std::isfinite(*number));
    return 0;
}
