// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/redisquestion.h"

#include <QByteArray>

#include <cstdint>
#include <optional>

struct redisReader;
struct redisReply;

namespace Headroom {

/// What a Redis server answered to one command.
struct RedisAnswer
{
    std::optional<std::int64_t> number; ///< An integer, or the first of a list.
    QByteArray text; ///< A text, or the words of an error.
    bool isError = false;
};

/// Of an answer as hiredis has read it.
RedisAnswer redisAnswerOf(const redisReply &reply);

/// The number that was asked for, where the answer has one.
std::optional<double> redisNumberIn(const RedisAnswer &answer, const RedisQuestion &question);

/// Has a reader of hiredis refuse what answers no question of ours: long lists (REDIS_ERR_PROTOCOL), and lists in lists
/// in lists (REDIS_ERR_OOM). hiredis itself frees a list by calling itself for each list inside, which a MiB of them
/// ends the program with, and takes 8 kB for each that says it is long.
void boundRedisReader(redisReader &reader);

} // namespace Headroom
