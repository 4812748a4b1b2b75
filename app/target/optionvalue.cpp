// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/optionvalue.h"

#include "core/base/quantity.h"
#include "core/base/suggestion.h"

namespace Headroom {

Result<void> readShare(const QCommandLineParser &parser, const QCommandLineOption &option, double &value)
{
    if (!parser.isSet(option))
        return {};
    const auto share = parsePercent(parser.value(option));
    if (!share || *share < 0.0 || *share > 1.0)
        return badOption(option, QStringLiteral("'%1' is not a share from 0% to 100%").arg(parser.value(option)));
    value = *share;
    return {};
}

Result<void> readTime(const QCommandLineParser &parser, const QCommandLineOption &option, const QString &longest,
                      Nanoseconds &value)
{
    if (!parser.isSet(option))
        return {};
    const auto time = parseDuration(parser.value(option));
    if (!time || *time > parseDuration(longest).value()) {
        return badOption(
            option,
            QStringLiteral("'%1' is not a time from 0 s to %2, such as 500ms").arg(parser.value(option), longest));
    }
    value = *time;
    return {};
}

Result<void> readBytes(const QCommandLineParser &parser, const QCommandLineOption &option, std::int64_t largest,
                       std::int64_t &value)
{
    if (!parser.isSet(option))
        return {};
    const auto size = parseSize(parser.value(option));
    if (!size || *size > largest) {
        return badOption(option,
                         QStringLiteral("'%1' is not a size from 0 to %2 bytes, such as 10KB")
                             .arg(parser.value(option))
                             .arg(largest));
    }
    value = *size;
    return {};
}

Result<void> readWord(const QCommandLineParser &parser, const QCommandLineOption &option, const QStringList &words,
                      int &value)
{
    if (!parser.isSet(option))
        return {};
    const qsizetype place = words.indexOf(parser.value(option));
    if (place < 0) {
        return badOption(
            option,
            QStringLiteral("'%1' is not one of %2%3")
                .arg(parser.value(option), words.join(QLatin1String(", ")), didYouMean(parser.value(option), words)));
    }
    value = static_cast<int>(place);
    return {};
}

} // namespace Headroom
