// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/rawsample.h"

namespace Headroom {

/// Whether what was kept of a second is what its frame counted: recorded again, whole seconds must give the same
/// histograms and counts for every step; of a run that keeps only errors those of rejections and errors. A part of a
/// sentence on what is different; empty when nothing is, or when requests were left out.
QString differenceOf(const SecondSamples &samples, const MetricsFrame &frame, const RunFacts &facts);

} // namespace Headroom
