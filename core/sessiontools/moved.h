// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

namespace Headroom {

/// The same at another place of the time axis, by whole seconds; with everything in it that says when it was. A second
/// must not come to lie before 0.
MetricsFrame moved(const MetricsFrame &frame, std::chrono::seconds by);
SecondSamples moved(const SecondSamples &samples, std::chrono::seconds by);
RunEvent moved(const RunEvent &event, std::chrono::seconds by);

} // namespace Headroom
