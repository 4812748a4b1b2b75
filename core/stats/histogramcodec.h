// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/hdrhistogram.h"

#include <QByteArray>

namespace Headroom {

/// A histogram as compact bytes: the HdrHistogram V2 compressed encoding in front (what other tools read), and behind
/// it a small trailer of ours with the exact minimum, maximum, sum and clamped count, in ns.
/// An empty histogram is an empty byte array.
QByteArray encodeHistogram(const HdrHistogram &histogram);

/// Reads what encodeHistogram() wrote; also plain V2 bytes without our trailer (then min, max and sum come from
/// buckets). The bytes are taken as hostile: size limits, no overflow. Errors: InvalidInput.
Result<HdrHistogram> decodeHistogram(const QByteArray &bytes);

/// The front of what encodeHistogram() wrote alone: exactly the bytes that HdrHistogram's own tools write and read.
QByteArray plainHistogram(const QByteArray &bytes);

/// Adds the bytes' counts to `into`. Errors: InvalidInput, and `into` is unchanged.
Result<void> mergeEncodedHistogram(const QByteArray &bytes, HdrHistogram &into);

} // namespace Headroom
