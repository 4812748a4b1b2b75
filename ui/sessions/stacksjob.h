// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/attachment.h"
#include "core/stacks/stacktree.h"

#include <QFuture>

#include <memory>

namespace Headroom {

/// The folded stacks that lie in a session, by their place in SessionReader::attachments(), read in the background.
/// Errors: those of the session's reader; InvalidInput for what has no stacks in it. Thread: any.
QFuture<Result<std::shared_ptr<const StackTree>>> readStacks(const QString &session, std::size_t index);
/// Likewise those of a file that is to lie in one.
QFuture<Result<std::shared_ptr<const StackTree>>> readStacks(const Attachment &file);

} // namespace Headroom
