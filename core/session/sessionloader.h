// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/session/sessionreader.h"

#include <memory>
#include <vector>

namespace Headroom {

/// What a session says beside its frames. Immutable.
struct LoadedSession
{
    SessionHead head;
    RunFactsPtr facts;
    std::optional<RunEnding> ending;
    std::vector<RunEvent> events; ///< By time.
    std::vector<SessionReader::AttachmentEntry> attachments;
};

using LoadedSessionPtr = std::shared_ptr<const LoadedSession>;

/// Reads a whole session and hands it over in pieces.
/// Thread: one of its own; asking that for interruption ends the reading at once and in silence.
class SessionLoader : public ThreadDoor
{
    Q_OBJECT
public:
    using ThreadDoor::ThreadDoor;
    /// framesRead() as often as needed, then loaded() or failed(); the file is closed by then.
    void load(const QString &path);

Q_SIGNALS:
    void framesRead(const std::vector<Headroom::FramePtr> &frames, double share); ///< Share: of all, so far.
    void loaded(const Headroom::LoadedSessionPtr &session);
    void failed(const Headroom::Error &error);

private:
    Result<LoadedSessionPtr> read(const QString &path);
};

} // namespace Headroom
