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
    int seconds = 0;
    std::uint64_t samples = 0; ///< Raw ones that it holds.
    std::size_t attachments = 0;
    Nanoseconds length{}; ///< Up to the end of its last second.
    bool wasClosed = true; ///< False: the recording program was killed, and the seconds before are whole.
    qint64 endedAtMs = 0; ///< Wall clock.
};

/// Errors: those of SessionReader::open() and verify(), with the path as subject.
Result<CheckedSession> checkSession(const QString &path, const std::function<void(double)> &progress = {});

/// "whole; 3,600 seconds, 180,000 raw samples, closed at 2026-01-31 12:00:00 UTC", "interrupted at 0:59; ..."
QString checkText(const CheckedSession &session);

} // namespace Headroom
