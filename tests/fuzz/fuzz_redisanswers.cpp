// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisanswer.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace Headroom;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

const std::vector<RedisQuestion> &questions()
{
    static const std::vector<RedisQuestion> kQuestions{
        {{"LLEN", "jobs"}, {}}, {{"INFO"}, "used_memory"}, {{"INFO"}, "db0.keys"}};
    return kQuestions;
}

int depthOf(const redisReply &reply)
{
    int deepest = 0;
    for (std::size_t i = 0; reply.element && i < reply.elements; ++i)
        deepest = std::max(deepest, reply.element[i] ? depthOf(*reply.element[i]) : 0);
    return deepest + 1;
}

void look(const redisReply &reply)
{
    require(depthOf(reply) <= 9); // eight lists, and what is in the last
    const RedisAnswer answer = redisAnswerOf(reply);
    require(!answer.isError || answer.text.size() <= 200);
    for (const RedisQuestion &question : questions()) {
        const auto number = redisNumberIn(answer, question);
        require(!number || std::isfinite(*number));
    }
}

/// Whether there may be more; after an error there is nothing.
bool takeReplies(redisReader &reader)
{
    void *reply = nullptr;
    while (redisReaderGetReply(&reader, &reply) == REDIS_OK) {
        if (!reply)
            return true;
        look(*static_cast<const redisReply *>(reply));
        freeReplyObject(reply);
    }
    return false;
}

} // namespace

/// Whatever a Redis server answers, in two pieces, as it may come: no list is deeper than we let it be, and what is
/// made of it is finite.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    redisReader *reader = redisReaderCreate();
    require(reader);
    boundRedisReader(*reader);
    const auto *bytes = reinterpret_cast<const char *>(data);
    const std::size_t half = size / 2;
    redisReaderFeed(reader, bytes, half);
    if (takeReplies(*reader)) {
        redisReaderFeed(reader, bytes + half, size - half);
        takeReplies(*reader);
    }
    redisReaderFree(reader);
    return 0;
}
