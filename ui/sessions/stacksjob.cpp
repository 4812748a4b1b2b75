// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/stacksjob.h"

#include "core/session/sessionreader.h"

#include <QtConcurrentRun>

namespace Headroom {

namespace {

Result<std::shared_ptr<const StackTree>> stacksIn(const Attachment &file)
{
    auto tree = std::make_shared<const StackTree>(StackTree::parse(file.bytes));
    if (tree->isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("there are no stacks with counts in it; save it to look at it"), file.name);
    return tree;
}

Result<std::shared_ptr<const StackTree>> readNow(const QString &session, std::size_t index)
{
    const auto reader = SessionReader::open(session);
    if (!reader)
        return std::unexpected(reader.error());
    const Result<Attachment> attachment = (*reader)->attachment(index);
    return attachment ? stacksIn(*attachment) : std::unexpected(attachment.error());
}

} // namespace

QFuture<Result<std::shared_ptr<const StackTree>>> readStacks(const QString &session, std::size_t index)
{
    return QtConcurrent::run(readNow, session, index);
}

QFuture<Result<std::shared_ptr<const StackTree>>> readStacks(const Attachment &file)
{
    return QtConcurrent::run(stacksIn, file);
}

} // namespace Headroom
