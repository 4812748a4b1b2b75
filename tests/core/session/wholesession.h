// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"

namespace Headroom {

/// All that a session gives through every door of its reader: in order, by ranges, merged, and the verification.
struct WholeSession
{
    QString error; ///< The first one; empty when there was none.
    std::optional<SessionHead> head; ///< Nothing when it could not even be opened.
    bool wasClosedCleanly = false;
    std::optional<RunEnding> ending;
    qint64 endedAtMs = 0;
    int frameCount = 0;
    std::vector<FramePtr> frames;
    std::vector<FramePtr> laterHalf; ///< Read from the middle on.
    std::vector<RunEvent> events;
    std::vector<SecondSamples> samples;
    std::vector<Attachment> attachments;
    std::vector<QByteArray> merged; ///< Histograms of every step over all seconds, and over the later half; encoded.
    std::vector<RequestCounts> mergedCounts;
};

/// Goes on behind an error, as a program would that shows what it can.
WholeSession readWhole(const QString &path);

/// Empty when both hold the same; else what is different. Errors are not compared.
QString differenceOf(const WholeSession &a, const WholeSession &b);

/// Whether an error is one that a person can use: "PATH: what is wrong; what to do", in one sentence on one line. Empty,
/// or what is missing.
QString unclearIn(const QString &error, const QString &path);

} // namespace Headroom
