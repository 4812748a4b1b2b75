// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"

namespace Headroom {

/// What the run that is on has attached to its session so far, for whoever wants to look at it before that can be
/// opened. Memory: at most kMostBytes; of more, the newest stay, and the others are to be had from the session.
class RunFiles
{
public:
    static constexpr qint64 kMostBytes = 256 * 1024 * 1024;
    explicit RunFiles(qint64 mostBytes = kMostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    void clear();
    void add(const Attachment &file); ///< The newest always stays.
    /// All of them, in their order, also those that are not here any more.
    const std::vector<SessionReader::AttachmentEntry> &entries() const { return m_entries; }
    /// By its place in entries(). Errors: NotFound when it is not here any more.
    Result<Attachment> file(std::size_t index) const;

private:
    qint64 m_mostBytes;
    qint64 m_bytes = 0;
    std::vector<SessionReader::AttachmentEntry> m_entries;
    std::vector<Attachment> m_files; // as many
    std::size_t m_firstHere = 0;
};

} // namespace Headroom
