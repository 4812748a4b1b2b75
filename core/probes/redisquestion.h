// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QByteArrayView>

#include <optional>

namespace Headroom {

/// What a Redis server is asked for one number. Only commands that change nothing and take no time there.
struct RedisQuestion
{
    QByteArrayList command; ///< As it is sent: "LLEN", "jobs".
    QByteArray infoField; ///< Of INFO, whose answer holds many numbers; else empty.
    bool operator==(const RedisQuestion &) const = default;
};

/// Reads "LLEN key", also XLEN, SCARD, ZCARD, HLEN, "XPENDING key group" and "INFO field". Double quotes keep blanks.
/// Errors: InvalidInput with a sentence that shows how to write it.
Result<RedisQuestion> parseRedisQuestion(const QString &text);

/// The number of a field in the answer to INFO; of "db0:keys=5,expires=0" the field is "db0.keys".
std::optional<double> redisInfoNumber(QByteArrayView info, const QByteArray &field);

} // namespace Headroom
