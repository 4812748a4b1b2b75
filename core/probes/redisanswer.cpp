// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisanswer.h"

#include <hiredis/hiredis.h>

namespace Headroom {

namespace {

constexpr long long kMostElements = 1000; // of a list; the answer to XPENDING has one element for each consumer
constexpr int kDeepestList = 8; // XPENDING has a list of consumers, which are lists themselves

QByteArray textIn(const redisReply &reply) { return QByteArray(reply.str, qsizetype(reply.len)); }

std::optional<std::int64_t> integerIn(const redisReply *reply)
{
    return reply && reply->type == REDIS_REPLY_INTEGER ? std::optional<std::int64_t>(reply->integer) : std::nullopt;
}

/// Of the reader that hiredis makes by default.
const redisReplyObjectFunctions &usualFunctions()
{
    static const redisReplyObjectFunctions kFunctions = [] {
        redisReader *reader = redisReaderCreate();
        const redisReplyObjectFunctions functions = reader ? *reader->fn : redisReplyObjectFunctions{};
        redisReaderFree(reader);
        return functions;
    }();
    return kFunctions;
}

void *createList(const redisReadTask *task, std::size_t elements)
{
    int depth = 1;
    for (const redisReadTask *outer = task->parent; outer; outer = outer->parent) {
        if (++depth > kDeepestList)
            return nullptr;
    }
    return usualFunctions().createArray(task, elements);
}

} // namespace

RedisAnswer redisAnswerOf(const redisReply &reply)
{
    switch (reply.type) {
    case REDIS_REPLY_INTEGER:
        return {reply.integer, {}, false};
    case REDIS_REPLY_ERROR:
        return {std::nullopt, textIn(reply).left(200), true};
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        return {std::nullopt, textIn(reply), false};
    case REDIS_REPLY_ARRAY:
        return {reply.elements > 0 ? integerIn(reply.element[0]) : std::nullopt, {}, false};
    default:
        return {};
    }
}

std::optional<double> redisNumberIn(const RedisAnswer &answer, const RedisQuestion &question)
{
    if (!question.infoField.isEmpty())
        return redisInfoNumber(answer.text, question.infoField);
    return answer.number.transform([](std::int64_t number) { return double(number); });
}

void boundRedisReader(redisReader &reader)
{
    static redisReplyObjectFunctions kBounded = [] { // hiredis takes a pointer to what may change, and changes nothing
        redisReplyObjectFunctions functions = usualFunctions();
        functions.createArray = createList;
        return functions;
    }();
    reader.maxelements = kMostElements;
    reader.fn = &kBounded;
}

} // namespace Headroom
