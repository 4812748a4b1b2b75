// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/session/attachmentrows.h"
#include "core/session/database.h"

#include <functional>

namespace Headroom {

/// Looks at everything in a session that was opened well. Failures stay with the database.
class SessionVerifier
{
public:
    struct Opened ///< What opening it found.
    {
        const RunFacts &facts;
        QByteArray headDigest;
        int frames = 0;
        int lastSecond = -1;
        const std::vector<AttachmentHead> &attachments;
    };
    SessionVerifier(Database &database, const Opened &opened, const std::function<void(double)> &progress);
    void verify();

private:
    void checkPages();
    void checkFrames();
    void checkMinutes();
    void checkAttachments();
    void advance(int work);

    Database &m_database;
    const Opened &m_opened;
    const std::function<void(double)> &m_progress;
    double m_done = 0.0; ///< Frames, or what takes as long.
    double m_whole = 1.0;
};

} // namespace Headroom
