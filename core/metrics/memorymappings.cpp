// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/memorymappings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Headroom {

namespace {

constexpr double kMostNumber = 9e15; // whole in a double
constexpr qsizetype kLongestName = 300;

std::optional<std::uint64_t> countIn(const QJsonObject &object, QLatin1StringView key)
{
    const double number = object[key].toDouble(-1.0);
    if (number < 0.0 || number > kMostNumber)
        return std::nullopt;
    return std::uint64_t(number);
}

std::optional<MemoryMappings::Holder> holderIn(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const auto bytes = countIn(object, QLatin1StringView("bytes"));
    const QString name = object[QLatin1StringView("name")].toString();
    if (!bytes || name.isEmpty() || name.size() > kLongestName)
        return std::nullopt;
    return MemoryMappings::Holder{name, *bytes};
}

std::optional<MappingsLook::Moment> momentIn(const QString &word)
{
    if (word == QLatin1StringView("start"))
        return MappingsLook::Moment::Start;
    return word == QLatin1StringView("end") ? std::optional(MappingsLook::Moment::End) : std::nullopt;
}

} // namespace

QByteArray textOf(const MappingsLook &look)
{
    QJsonArray holders;
    for (const MemoryMappings::Holder &holder : look.mappings.holders)
        holders.append(QJsonObject{{"name", holder.name.left(kLongestName)}, {"bytes", double(holder.bytes)}});
    const bool isStart = look.moment == MappingsLook::Moment::Start;
    const QJsonObject object{{"probe", look.probe},
                             {"moment", isStart ? "start" : "end"},
                             {"processes", look.mappings.processes},
                             {"total_bytes", double(look.mappings.totalBytes)},
                             {"is_whole", look.mappings.isWhole},
                             {"holders", holders}};
    return QJsonDocument(object).toJson();
}

std::optional<MappingsLook> mappingsLookIn(const QByteArray &text)
{
    if (text.size() > MappingsLook::kMostBytes)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const auto moment = momentIn(object[QLatin1StringView("moment")].toString());
    const auto processes = countIn(object, QLatin1StringView("processes"));
    const auto total = countIn(object, QLatin1StringView("total_bytes"));
    MappingsLook look{.probe = object[QLatin1StringView("probe")].toString()};
    const QJsonArray holders = object[QLatin1StringView("holders")].toArray();
    const bool isSane = !look.probe.isEmpty() && look.probe.size() <= kLongestName
        && holders.size() <= qsizetype(MemoryMappings::kMostHolders);
    if (!moment || !processes || *processes > 1'000'000 || !total || !isSane)
        return std::nullopt;
    look.moment = *moment;
    look.mappings.processes = int(*processes);
    look.mappings.totalBytes = *total;
    look.mappings.isWhole = object[QLatin1StringView("is_whole")].toBool();
    for (const QJsonValue value : holders) {
        const auto holder = holderIn(value);
        if (!holder)
            return std::nullopt;
        look.mappings.holders.push_back(*holder);
    }
    return look;
}

} // namespace Headroom
