// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"
#include "core/session/sessionwriter.h"

namespace Headroom {

/// A head in which no field has its default.
SessionHead sampleHead();
/// A frame of that run in which no field has its default; each second another one.
MetricsFrame sampleFrame(int second);
/// Raw samples of that second, of which some were left out.
SecondSamples sampleSamples(int second);
Attachment sampleAttachment();
RunEnding sampleEnding();
inline constexpr qint64 kSampleEndedAtMs = 1'700'000'123'456;

/// Empty when both are the same, else the name of the first field that is not.
QString differenceOf(const MetricsFrame &a, const MetricsFrame &b);

/// Writes and finishes a session with seconds 0 to frames - 1, their raw samples and an attachment. An error's text, or
/// nothing.
QString writeSampleSession(const QString &path, int frames);

/// What reading a session gave: its frames, or an error's text.
struct ReadSession
{
    QString error;
    std::vector<FramePtr> frames;
    std::vector<RunEvent> events;
    bool wasClosedCleanly = false;
};
ReadSession readSession(const QString &path);

/// Empty when a session holds exactly the sample's head and its seconds 0 to frames - 1; else what is different. Samples
/// and attachments are not looked at.
QString differenceFromSample(const QString &path, int frames);

} // namespace Headroom
