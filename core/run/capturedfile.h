// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/attachment.h"

#include <cstdint>
#include <optional>

namespace Headroom {

/// What a profiler has left, as a file of a session: named after the action and the time it was done, "flame-1.folded",
/// with the ending and media type that the bytes have; `contentType`: what a server calls them, if anybody knows that.
/// Folded stacks are "text/x-folded-stacks". Time: 0.
Attachment capturedFile(const QString &name, int number, const QByteArray &bytes, const QByteArray &contentType = {});

/// Of folded stacks; nothing for all else.
std::optional<std::uint64_t> samplesOf(const Attachment &captured);

/// "990 samples in 10 s, attached as flame-1.folded", or with its size for what has no samples. `length`: 0: not known.
QString capturedText(const Attachment &captured, Nanoseconds length);

} // namespace Headroom
