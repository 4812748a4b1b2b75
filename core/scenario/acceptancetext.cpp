// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/acceptancetext.h"

#include "core/base/humanformat.h"
#include "core/scenario/fieldvalue.h"

namespace Headroom {

namespace {

constexpr std::uint64_t kMostRules = 10'000; // as many as a session takes

std::optional<int> ruleCount(QStringView text)
{
    const auto count = parseWhole(text.trimmed());
    return count && *count >= 1 && *count <= kMostRules ? std::optional(int(*count)) : std::nullopt;
}

std::optional<Scenario::Acceptance> acceptanceOf(const QString &words)
{
    const QLatin1String start("at least ");
    if (!words.startsWith(start))
        return std::nullopt;
    const QStringView amount = QStringView(words).sliced(start.size());
    Scenario::Acceptance acceptance;
    if (const auto share = parsePercent(amount)) {
        acceptance.share = *share;
        return *share > 0.0 && *share <= 1.0 ? std::optional(acceptance) : std::nullopt;
    }
    const qsizetype of = amount.indexOf(u" of ");
    acceptance.count = ruleCount(of < 0 ? amount : amount.first(of));
    if (of >= 0)
        acceptance.of = ruleCount(amount.sliced(of + 4));
    const bool isWhole = acceptance.count && (of < 0 || (acceptance.of && *acceptance.count <= *acceptance.of));
    return isWhole ? std::optional(acceptance) : std::nullopt;
}

} // namespace

Result<Scenario::Acceptance> parseAcceptance(QStringView text)
{
    if (const auto acceptance = acceptanceOf(text.toString().simplified()))
        return *acceptance;
    return failure(
        Error::Code::InvalidInput,
        QStringLiteral("%1 is not an acceptance; write at least 5 of 6, or at least 80 %").arg(formatQuoted(text)));
}

QString acceptanceText(const Scenario::Acceptance &acceptance)
{
    if (acceptance.share)
        return QStringLiteral("at least %1 %").arg(*acceptance.share * 100.0, 0, 'g', 12);
    if (!acceptance.count)
        return {};
    const QString text = QStringLiteral("at least %1").arg(*acceptance.count);
    return acceptance.of ? text + QStringLiteral(" of %1").arg(*acceptance.of) : text;
}

} // namespace Headroom
