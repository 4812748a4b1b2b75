// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <functional>

namespace Headroom {

/// A session of which every byte was compared with what vouches for it.
struct CheckedSession
{
    std::uint64_t samples = 0; ///< Raw ones that it holds.
    std::size_t attachments = 0;
    Nanoseconds length{}; ///< Up to the end of its last second.
    bool wasClosed = true; ///< False: the recording program was killed or could not write on; the seconds before are whole.
    qint64 endedAtMs = 0; ///< Wall clock.
};

/// Errors: those of SessionReader::open() and verify(), with the path as subject; InvalidInput also for what is left of
/// a killed run without the log that it left.
Result<CheckedSession> checkSession(const QString &path, const std::function<void(double)> &progress = {});

/// "whole; 1:00:00 long, 180,000 raw samples, closed at 2026-01-31 12:00:00 UTC", "interrupted at 0:59, whole until
/// then; 2,950 raw samples"
QString checkText(const CheckedSession &session);

} // namespace Headroom
