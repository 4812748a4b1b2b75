// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisquestion.h"

#include "core/base/humanformat.h"

#include <QProcess>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

const QByteArrayList &lengthCommands()
{
    static const QByteArrayList kCommands{"LLEN", "XLEN", "SCARD", "ZCARD", "HLEN"};
    return kCommands;
}

std::optional<double> numberOf(QByteArrayView text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// The part behind "name" and a sign, among parts that are separated by another.
std::optional<QByteArrayView> partOf(QByteArrayView text, QByteArrayView name, char sign, char separator)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(separator);
        const QByteArrayView part = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (part.size() > name.size() && part.startsWith(name) && part[name.size()] == sign)
            return part.sliced(name.size() + 1);
    }
    return std::nullopt;
}

} // namespace

Result<RedisQuestion> parseRedisQuestion(const QString &text)
{
    const QStringList words = QProcess::splitCommand(text);
    QByteArrayList command;
    for (const QString &word : words)
        command.append(word.toUtf8());
    if (!command.isEmpty())
        command.first() = command.first().toUpper();
    const QByteArray name = command.value(0);
    if (name == "INFO" && command.size() == 2)
        return RedisQuestion{{"INFO"}, command[1]};
    const bool isLength = lengthCommands().contains(name) && command.size() == 2;
    if (isLength || (name == "XPENDING" && command.size() == 3))
        return RedisQuestion{command, {}};
    return failure(
        Error::Code::InvalidInput,
        QStringLiteral("%1 is nothing to ask Redis; write LLEN key, XLEN key, SCARD key, ZCARD key, HLEN key, "
                       "XPENDING key group or INFO field")
            .arg(formatQuoted(text)));
}

std::optional<double> redisInfoNumber(QByteArrayView info, const QByteArray &field)
{
    const qsizetype dot = field.indexOf('.');
    auto value = partOf(info, dot < 0 ? QByteArrayView(field) : QByteArrayView(field).first(dot), ':', '\n');
    if (!value)
        return std::nullopt;
    if (value->endsWith('\r'))
        value->chop(1);
    if (dot >= 0)
        value = partOf(*value, QByteArrayView(field).sliced(dot + 1), '=', ',');
    return value ? numberOf(*value) : std::nullopt;
}

} // namespace Headroom
