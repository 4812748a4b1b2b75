// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sourceseconds.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

constexpr int kPiece = 10; // seconds that are read at once; to find the first one costs as much as to read some

} // namespace

namespace {

/// The last one of a session; null without any.
Result<FramePtr> lastFrameOf(const SessionReader &session)
{
    FramePtr last;
    const int from = std::max(0, session.frameCount() - 1); // or later, where seconds are missing
    const auto read = session.forEachFrame(from, std::numeric_limits<int>::max(), [&](const FramePtr &frame) {
        last = frame;
        return true;
    });
    return read.transform([&] { return last; });
}

} // namespace

Result<int> endSecondOf(const SessionReader &session)
{
    return lastFrameOf(session).transform([](const FramePtr &last) { return last ? last->second + 1 : 0; });
}

Result<Nanoseconds> lengthOf(const SessionReader &session)
{
    return lastFrameOf(session).transform(
        [](const FramePtr &last) { return last ? last->second * Nanoseconds(1s) + last->length : 0ns; });
}

Result<SourceSeconds::Second> SourceSeconds::take(int second)
{
    if (second < m_from || second >= m_to) {
        if (const auto filled = fill(second); !filled)
            return std::unexpected(filled.error());
    }
    const auto frame = std::ranges::find(m_frames, second, [](const FramePtr &one) { return one->second; });
    const auto samples = std::ranges::find(m_samples, second, [](const SecondSamplesPtr &one) { return one->second; });
    return Second{frame == m_frames.end() ? nullptr : *frame, samples == m_samples.end() ? nullptr : *samples};
}

Result<void> SourceSeconds::fill(int from)
{
    m_from = from;
    m_to = from + kPiece;
    m_frames.clear();
    m_samples.clear();
    const auto read = m_session.forEachFrame(m_from, m_to, [this](const FramePtr &frame) {
        m_frames.push_back(frame);
        return true;
    });
    if (!read)
        return read;
    return m_session.forEachSamples(m_from, m_to, [this](const SecondSamples &samples) {
        m_samples.push_back(std::make_shared<const SecondSamples>(samples));
        return true;
    });
}

} // namespace Headroom
