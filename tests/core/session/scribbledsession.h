// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionwriter.h"

#include <functional>

namespace Headroom {

/// A session whose content is a function of a seed alone: what tests-sessionscribbler writes, and what must be read
/// after it was killed. Raw samples, histograms and counts of a second are of the same requests.
SessionHead scribbledHead(std::uint64_t seed);
MetricsFrame scribbledFrame(std::uint64_t seed, int second);
SecondSamples scribbledSamples(std::uint64_t seed, int second);
RunEvent scribbledEvent(std::uint64_t seed, int number);
Attachment scribbledAttachment(std::uint64_t seed, int number);

inline constexpr qint64 kScribbledEndedAtMs = 1'700'000'999'000;

/// Appends a second; after second 2, 5, 8 ... event 0, 1, 2 ...; after second 6, 13 ... attachment 0, 1 ... What is
/// committed is told: "committed", "event" or "attached", and its number.
using Telling = std::function<void(const char *what, int number)>;
Result<void> scribble(SessionWriter &writer, std::uint64_t seed, int second, const Telling &tell);

/// The same from second 0 on, and the sample's ending. Empty, or an error's text.
QString writeScribbledSession(const QString &path, std::uint64_t seed, int seconds);

} // namespace Headroom
