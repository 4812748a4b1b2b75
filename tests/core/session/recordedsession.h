// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"
#include "core/session/sessionwriter.h"

#include <vector>

namespace Headroom {

/// A second as a worker records it, with everything that can become of a request; each second another one.
struct RecordedSecond
{
    MetricsFrame frame;
    SecondSamples samples; ///< What the frame's histograms and counts were made of.
};
RecordedSecond recordedSecond(int second, SampleKeeping keeping = SampleKeeping::All);
SessionHead recordedHead(SampleKeeping keeping = SampleKeeping::All);

enum class Ended { Cleanly, Killed };
/// A session of these seconds; returns where it lies. An empty string after an error.
QString writeRecorded(const QString &path, const std::vector<int> &seconds, Ended ended = Ended::Cleanly,
                      SampleKeeping keeping = SampleKeeping::All);

/// Changes the file by SQL. An error's text, or nothing.
QString changeSession(const QString &path, const QByteArray &sql);

} // namespace Headroom
