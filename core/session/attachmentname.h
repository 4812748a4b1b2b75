// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

inline constexpr qsizetype kLongestAttachmentName = 255; ///< In UTF-8, as on every usual file system.

/// A text as the name of an attachment: what can stand in no file name becomes _, and what is too long loses its front,
/// so that it keeps its ending.
QString attachmentName(const QString &text);

} // namespace Headroom
