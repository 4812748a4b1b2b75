// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes either are no histogram or become one that survives its own bytes.
#include "core/stats/histogramcodec.h"

#include <cstdlib>

using namespace Headroom;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto histogram = decodeHistogram(bytes);
    if (!histogram)
        return 0;
    const auto again = decodeHistogram(encodeHistogram(*histogram));
    if (!again || *again != *histogram)
        std::abort();
    if (histogram->valueAtQuantile(0.5) > histogram->max()
        || histogram->countAtOrBelow(histogram->max()) != histogram->count())
        std::abort();
    return 0;
}
