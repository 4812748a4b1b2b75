// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/runfacts.h"

#include <functional>
#include <optional>
#include <vector>

namespace Headroom {

/// Whole seconds of a session: from the one up to, but without, the other.
struct SecondRange
{
    int from = 0;
    int to = 0;
    int count() const { return to - from; }
    bool operator==(const SecondRange &) const = default;
};

/// A session as it was cut.
struct TrimmedSession
{
    SecondRange range{};
    QString words{}; ///< "0:01 to 0:10": as the length of the session says, whose last second is rarely a whole one.
};

/// Makes a session of some seconds of another, as if the run had begun with the first of them: times, events, raw
/// samples and attachments count from there, stages are cut to what is left of them. An event and a fact of the
/// environment (kCutFrom) say what it was cut from, and another one of which recordings it is (recordings.h).
///
/// Left out: stages of which no second is left, batches and actions that began before, events of no second outside of
/// it. The ending stays where the last second is among them; else it is that of a run which came to its end. `to`:
/// nothing: up to the end. Memory: one second. Gives the range as it was cut. Errors: those of SessionReader and
/// SessionWriter; InvalidInput for a range without seconds, and for a search for the limit, which is judged as a whole.
/// Nothing is left of an `out` that failed.
Result<TrimmedSession> trimSession(const QString &path, int from, std::optional<int> to, const QString &out,
                                   const std::function<void(double)> &progress = {});

/// The facts as they are in some seconds. `isUsed`: by stage, whether a second of it is among them.
RunFacts trimmed(const RunFacts &facts, const std::vector<bool> &isUsed, SecondRange range);

} // namespace Headroom
