// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"

#include <memory>
#include <vector>

namespace Headroom {

using SecondSamplesPtr = std::shared_ptr<const SecondSamples>;

/// The second behind the last one of a session; 0 without any. Errors: InvalidInput on damage.
Result<int> endSecondOf(const SessionReader &session);

/// From the start to the end of its last second, which is rarely a whole one. Errors: InvalidInput on damage.
Result<Nanoseconds> lengthOf(const SessionReader &session);

/// A session's seconds, asked for one after the other: for whoever reads several sessions side by side.
/// Memory: a few seconds. Thread: the reader's. Owns: nothing; the session outlives it.
class SourceSeconds
{
public:
    explicit SourceSeconds(const SessionReader &session)
        : m_session(session)
    {
    }

    struct Second
    {
        FramePtr frame{}; ///< Null: the session has none.
        SecondSamplesPtr samples{}; ///< Null: nothing was kept of it.
    };
    /// Seconds are asked for in order. Errors: InvalidInput on damage.
    Result<Second> take(int second);

private:
    Result<void> fill(int from);

    const SessionReader &m_session;
    int m_from = 0; // what is here: of [m_from, m_to)
    int m_to = 0;
    std::vector<FramePtr> m_frames;
    std::vector<SecondSamplesPtr> m_samples;
};

} // namespace Headroom
