// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/resourcename.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

using enum Rule::Resource;

constexpr std::array kNames{
    std::pair{Processor, QLatin1String("cpu")},    std::pair{Memory, QLatin1String("memory")},
    std::pair{Read, QLatin1String("read_bytes")},  std::pair{Written, QLatin1String("write_bytes")},
    std::pair{BytesIn, QLatin1String("bytes_in")}, std::pair{BytesOut, QLatin1String("bytes_out")}};

} // namespace

QString resourceName(Rule::Resource resource)
{
    return std::ranges::find(kNames, resource, &decltype(kNames)::value_type::first)->second;
}

std::optional<Rule::Resource> resourceNamed(QStringView name)
{
    for (const auto &[resource, known] : kNames) {
        if (name == known)
            return resource;
    }
    return std::nullopt;
}

QString resourceNames()
{
    QStringList names;
    for (const auto &[resource, name] : kNames)
        names << name;
    const QString last = names.takeLast();
    return names.join(QStringLiteral(", ")) + QStringLiteral(" or ") + last;
}

bool isOfProbe(Rule::Resource resource) { return resource != BytesIn && resource != BytesOut; }

} // namespace Headroom
