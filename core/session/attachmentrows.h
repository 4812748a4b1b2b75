// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/attachment.h"
#include "core/session/database.h"
#include "core/session/sessiondigest.h"

#include <vector>

namespace Headroom {

/// What about a file does not fit into a session, as part of a sentence; empty when it fits. Whatever was read from a
/// session has a name without a folder in it.
QString misfitOf(const Attachment &attachment);

/// Writes one as attachment `index`. Failures stay with the database.
void writeAttachment(Database &database, std::size_t index, const Attachment &attachment, SessionChain &chain);

/// What a session says of an attachment.
struct AttachmentHead
{
    Attachment described{}; ///< Without the bytes.
    qint64 size = 0;
    qint64 storedSize = 0; ///< Compressed.
    QByteArray digest{};
};

/// Of all, without reading their bytes; adds them to a chain.
std::vector<AttachmentHead> readAttachmentHeads(Database &database, SessionChain &chain);
/// With its bytes, compared with its digest. The head is one that was read.
Attachment readAttachment(Database &database, std::size_t index, const AttachmentHead &head);
/// Whether there are bytes of no attachment.
void checkAttachmentParts(Database &database, const std::vector<AttachmentHead> &heads);

} // namespace Headroom
