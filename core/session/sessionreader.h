// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/sessionhead.h"

#include <functional>
#include <memory>

namespace Headroom {

/// Reads one session file, taken as hostile input: opened read-only and defensive, schema compared with the known one,
/// quick check, every value's type and range and every histogram validated, digests compared.
///
/// A finished session is read as one file that nobody changes. A .part file of a killed run can be read too, with the
/// write-ahead log beside it; SQLite then puts a small -shm file there, so that folder must be writable.
/// Thread: the one that opened it.
class SessionReader
{
public:
    /// Errors: NotFound, Unreadable, InvalidInput (no session, damaged, of a newer version), with the path as subject.
    static Result<std::unique_ptr<SessionReader>> open(const QString &path);
    ~SessionReader();

    const SessionHead &head() const; ///< With the rules that a hand has left.
    RunFactsPtr facts() const;
    bool wasClosedCleanly() const;
    std::optional<RunEnding> ending() const; ///< Nothing when the run was killed.
    qint64 endedAtMs() const; ///< Wall clock; of the last frame when the run was killed.
    int frameCount() const;
    /// Calls `use` for every frame in order; stops when it returns false. Errors: InvalidInput on damage.
    Result<void> forEachFrame(const std::function<bool(const FramePtr &)> &use) const;
    /// All events, of frames and of none, by time.
    Result<std::vector<RunEvent>> events() const;

private:
    struct State;
    explicit SessionReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
