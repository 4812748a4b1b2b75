// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionloader.h"

#include "core/base/ownedthread.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

constexpr std::size_t kPieceFrames = 128; // some ten milliseconds of reading

} // namespace

void SessionLoader::load(const QString &path)
{
    ASSERT_THREAD(this);
    const Result<LoadedSessionPtr> session = read(path);
    if (thread()->isInterruptionRequested())
        return;
    beforeHandOver();
    if (session)
        Q_EMIT loaded(*session);
    else
        Q_EMIT failed(session.error());
}

Result<LoadedSessionPtr> SessionLoader::read(const QString &path)
{
    const auto reader = SessionReader::open(path);
    if (!reader)
        return std::unexpected(reader.error());
    const SessionReader &session = **reader;
    std::vector<FramePtr> piece;
    int frames = 0;
    const auto handOver = [&] {
        beforeHandOver();
        Q_EMIT framesRead(std::exchange(piece, {}), double(frames) / std::max(1, session.frameCount()));
    };
    const Result<void> done = session.forEachFrame([&](const FramePtr &frame) {
        piece.push_back(frame);
        ++frames;
        if (piece.size() >= kPieceFrames)
            handOver();
        return !thread()->isInterruptionRequested();
    });
    if (!done)
        return std::unexpected(done.error());
    handOver();
    return session.events().transform([&](const std::vector<RunEvent> &events) {
        return std::make_shared<const LoadedSession>(session.head(), session.facts(), session.ending(), events,
                                                     session.attachments());
    });
}

} // namespace Headroom
