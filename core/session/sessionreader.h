// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/attachment.h"
#include "core/session/sessionhead.h"

#include <functional>
#include <memory>

namespace Headroom {

/// Reads one session file, taken as hostile input: opened read-only and defensive, schema compared with the known one,
/// every value's type and range, every histogram and the order of rows validated, digests compared. Opening takes as long
/// as there are seconds, not bytes: what is large is looked into when it is read, and all of it by verify().
///
/// A finished session is read as one file that nobody changes, whatever lies beside it. A .part file of a killed run can
/// be read too, with the write-ahead log beside it. Nothing is written anywhere.
/// Thread: the one that opened it.
class SessionReader
{
public:
    /// Errors: NotFound, Unreadable, InvalidInput (no session, damaged, of a newer version), with the path as subject.
    static Result<std::unique_ptr<SessionReader>> open(const QString &path);
    ~SessionReader();

    const SessionHead &head() const; ///< With the rules that a hand has left.
    RunFactsPtr facts() const;
    /// Tells recordings apart: a copy, also a shorter one, has the same. 16 bytes: those that vouch for its first second.
    QByteArray origin() const;
    bool wasClosedCleanly() const;
    /// Whether its run was killed and the log that it left beside the file, with the last seconds, is not there.
    bool isLogMissing() const;
    std::optional<RunEnding> ending() const; ///< Nothing when the session was not closed.
    qint64 endedAtMs() const; ///< Wall clock; of the last frame when the run was killed.
    int frameCount() const;
    /// Calls `use` for every frame in order; stops when it returns false. Errors: InvalidInput on damage.
    Result<void> forEachFrame(const std::function<bool(const FramePtr &)> &use) const;
    /// The same for the seconds from `from` up to, but without, `to`; finds the first one without reading those before.
    Result<void> forEachFrame(int from, int to, const std::function<bool(const FramePtr &)> &use) const;
    /// Latencies and counts of every step, by StepIndex, over the seconds from `from` up to, but without, `to`: exact,
    /// and quick for any range, since whole minutes lie merged in the file. Errors: InvalidInput on damage.
    Result<std::vector<LatencySet>> merged(int from, int to) const;
    /// The raw samples, second by second, in order; stops when `use` returns false. Errors: InvalidInput on damage.
    Result<void> forEachSamples(const std::function<bool(const SecondSamples &)> &use) const;
    /// The same for the seconds from `from` up to, but without, `to`.
    Result<void> forEachSamples(int from, int to, const std::function<bool(const SecondSamples &)> &use) const;
    /// Name, type, time and size of what lies in it; without the bytes.
    struct AttachmentEntry
    {
        QString name;
        QString mediaType;
        Nanoseconds at{};
        qint64 size = 0;
    };
    const std::vector<AttachmentEntry> &attachments() const;
    Result<Attachment> attachment(std::size_t index) const; ///< With its bytes. Errors: InvalidInput on damage.
    struct SampleTotals
    {
        std::uint64_t kept = 0;
        std::uint64_t candidates = 0; ///< That could have been kept.
    };
    SampleTotals sampleTotals() const; ///< Of the raw samples of all seconds.
    /// Reads everything: SQLite's own check, every digest, the merged minutes against their seconds, and whole seconds of
    /// raw samples against their histograms and counts. `progress`: share read so far. Errors: InvalidInput: what does
    /// not fit.
    Result<void> verify(const std::function<void(double)> &progress = {}) const;
    /// All events, of frames and of none, by time.
    Result<std::vector<RunEvent>> events() const;

private:
    struct State;
    explicit SessionReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
