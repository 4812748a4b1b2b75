// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/moved.h"

namespace Headroom {

MetricsFrame moved(const MetricsFrame &frame, std::chrono::seconds by)
{
    MetricsFrame there = frame;
    there.second += int(by.count());
    for (RunEvent &event : there.events)
        event.at += by;
    for (Exemplar &exemplar : there.exemplars)
        exemplar.sample.planned += by;
    for (ActionDone &action : there.actions)
        action.at += by;
    for (BatchResult &batch : there.batches) {
        batch.start += by;
        batch.end += by;
    }
    return there;
}

SecondSamples moved(const SecondSamples &samples, std::chrono::seconds by)
{
    SecondSamples there = samples;
    there.second += int(by.count());
    for (RawSample &sample : there.kept)
        sample.planned += by;
    return there;
}

RunEvent moved(const RunEvent &event, std::chrono::seconds by) { return {event.at + by, event.kind, event.text}; }

} // namespace Headroom
