// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionwriter.h"

#include <memory>

namespace Headroom {

/// A session that is made of others: what fails before its end leaves nothing behind.
class NewSession
{
public:
    /// The head may be one that was read, whose rules a hand had changed. Errors: those of SessionWriter::create().
    static Result<std::unique_ptr<NewSession>> create(const QString &path, const SessionHead &head);
    ~NewSession(); ///< Without finish(): deletes what was written.

    SessionWriter &writer() { return *m_writer; }
    /// An error of the writer as it is told: where nothing is left, it is of the file that was to be.
    Error gone(const Error &error) const;
    /// Errors: those of SessionWriter::finish(); what they say is left is left.
    Result<void> finish(const RunEnding &ending, qint64 endedAtMs);

private:
    explicit NewSession(std::unique_ptr<SessionWriter> writer);
    std::unique_ptr<SessionWriter> m_writer;
    bool m_isFinished = false;
};

} // namespace Headroom
