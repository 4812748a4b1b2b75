// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/recordings.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kDigits = 16; // of a digest's 32: still never twice by chance
const QString kBetween = QStringLiteral(", ");

} // namespace

QStringList recordingsOf(const SessionReader &session)
{
    const auto &environment = session.head().environment;
    const auto noted = std::ranges::find(environment, kRecordings, &std::pair<QString, QString>::first);
    if (noted != environment.end())
        return noted->second.split(kBetween, Qt::SkipEmptyParts);
    return {QString::fromLatin1(session.origin().toHex().first(kDigits))};
}

void setRecordings(SessionHead &head, const QStringList &recordings)
{
    std::erase_if(head.environment, [](const auto &fact) { return fact.first == kRecordings; });
    head.environment.emplace_back(kRecordings, recordings.join(kBetween));
}

} // namespace Headroom
