// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/stacksjob.h"

#include "core/session/sessionreader.h"

#include <QtConcurrentRun>

namespace Headroom {

namespace {

Result<std::shared_ptr<const StackTree>> readNow(const QString &session, std::size_t index)
{
    const auto reader = SessionReader::open(session);
    if (!reader)
        return std::unexpected(reader.error());
    const Result<Attachment> attachment = (*reader)->attachment(index);
    if (!attachment)
        return std::unexpected(attachment.error());
    auto tree = std::make_shared<const StackTree>(StackTree::parse(attachment->bytes));
    if (tree->isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("there are no stacks with counts in it; save it to look at it"),
                       attachment->name);
    return tree;
}

} // namespace

QFuture<Result<std::shared_ptr<const StackTree>>> readStacks(const QString &session, std::size_t index)
{
    return QtConcurrent::run(readNow, session, index);
}

} // namespace Headroom
