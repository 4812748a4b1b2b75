// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/attachment.h"
#include "core/session/sessionhead.h"

#include <memory>

namespace Headroom {

/// Writes one session: to PATH.part while the run goes on, renamed to PATH when it is finished.
///
/// When PATH.part was left by a killed run it is not touched: PATH.part-1 is written and so on. One transaction per
/// frame, WAL and synchronous=FULL, so that a killed run keeps every whole second in the .part file and the log beside
/// it. The finished file is one file without side files. An existing PATH is never touched before the rename.
/// While it is written nobody else can open the file.
/// Thread: one, the store thread. Owns: the only connection that writes.
class SessionWriter
{
public:
    /// Errors: Unwritable (PATH exists or is being written, folder missing, no rights, disk full), in one sentence with
    /// the path as subject; Internal for what a session cannot hold (more than 10,000 steps, numbers that are not finite ...).
    static Result<std::unique_ptr<SessionWriter>> create(const QString &path, const SessionHead &head);
    /// Without finish(): the .part file stays, marked as not closed.
    ~SessionWriter();

    /// From now on nothing waits for the disk but finish(): for sessions that can be made again, such as those made of others.
    void writeInBulk();

    /// Seconds come in order; steps, flows and probes have the sizes that the facts say. After an error nothing of the
    /// frame is stored and a later one may be tried. Errors: Unwritable; Internal for a frame that does not fit.
    /// `samples`: what is kept whole of the same second; they are committed together.
    Result<void> append(const MetricsFrame &frame, const SecondSamples *samples = nullptr);
    Result<void> append(const RunEvent &event); ///< One that belongs to no frame.
    /// At any time before finish(). Errors: as append().
    Result<void> attach(const Attachment &attachment);
    /// Rules that a hand has changed: what counts from now on, in place of the head's. Errors: as append().
    Result<void> setRules(const QStringList &rules);
    /// Writes the ending, closes and renames. Nothing may be appended after it. Errors: Unwritable; the .part file
    /// stays.
    Result<void> finish(const RunEnding &ending, qint64 endedAtMs);
    QString path() const; ///< The final one.
    QString partPath() const; ///< The one before finish(); where a run's seconds are when finish() failed.

private:
    struct State;
    explicit SessionWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
