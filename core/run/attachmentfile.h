// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/attachment.h"

#include <QStringList>

#include <vector>

namespace Headroom {

/// Of all files that are attached when a run begins: they are read before it, and held until they are stored.
inline constexpr qint64 kMostAttachedBytes = 4 * Attachment::kMaxBytes;

/// A file as it lies in a session, under its name without the folder. Time: 0.
/// Errors: NotFound, Unreadable, InvalidInput for what is no file or larger than Attachment::kMaxBytes, with the path.
Result<Attachment> readAttachment(const QString &path);
/// Several of them, in order. Errors: the same; InvalidInput for more than a session takes, or kMostAttachedBytes.
Result<std::vector<Attachment>> readAttachments(const QStringList &paths);

} // namespace Headroom
