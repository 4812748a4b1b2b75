// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/origintext.h"

#include "core/session/cutfrom.h"
#include "core/session/mergedfrom.h"

#include <algorithm>

namespace Headroom {

namespace {

/// Also one that a merged session has of its sources: "a.headroom: cut from".
bool isOrigin(const QString &name)
{
    return std::ranges::any_of(std::initializer_list{kMergedFrom, kCutFrom}, [&](const QString &fact) {
        return name == fact || name.endsWith(QLatin1String(": ") + fact);
    });
}

} // namespace

QStringList originTexts(const SessionHead &head)
{
    QStringList texts;
    for (const auto &[name, value] : head.environment) {
        if (isOrigin(name))
            texts << name + QLatin1Char(' ') + value;
    }
    return texts;
}

QString changesText(const std::vector<std::pair<QString, QString>> &overrides)
{
    QStringList texts;
    for (const auto &[path, value] : overrides) {
        const bool isOption = path.startsWith(QLatin1String("--"));
        texts << (isOption ? QStringLiteral("%1 %2").arg(path, value).trimmed() : path + QLatin1Char('=') + value);
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace Headroom
