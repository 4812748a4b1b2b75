// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sessionoptions.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "core/base/humanformat.h"
#include "core/base/quantity.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

const QString kForce = QStringLiteral("force");

} // namespace

void addForceOption(QCommandLineParser &parser)
{
    addOption(parser, {kForce}, QStringLiteral("Replaces files that are there already."));
}

Replacing replacingWith(const QCommandLineParser &parser)
{
    return parser.isSet(kForce) ? Replacing::Anything : Replacing::Nothing;
}

int failSession(const Error &error)
{
    printError(error.text());
    const bool isOurs = error.code == Error::Code::Unwritable || error.code == Error::Code::Internal;
    return isOurs ? kExitFault : kExitUsage;
}

Result<int> parseMoment(const QString &text)
{
    static const QRegularExpression kElapsed(
        QStringLiteral("^\\s*(?:(\\d{1,5}):([0-5]\\d)|(\\d{1,5})):([0-5]\\d)\\s*$"));
    if (const auto match = kElapsed.match(text); match.hasMatch()) {
        const int minutes = match.captured(1).toInt() * 60 + match.captured(2).toInt() + match.captured(3).toInt();
        return minutes * 60 + match.captured(4).toInt();
    }
    const Result<Nanoseconds> duration = parseDuration(text);
    if (duration && *duration % Nanoseconds(1s) == 0ns)
        return int(*duration / Nanoseconds(1s));
    return failure(
        Error::Code::InvalidInput,
        QStringLiteral("%1 is no whole second of a run; write it as in 1:30, or 90 s").arg(formatQuoted(text)));
}

Result<std::optional<int>> momentOption(const QCommandLineParser &parser, const QString &option)
{
    if (!parser.isSet(option))
        return std::nullopt;
    const Result<int> moment = parseMoment(parser.value(option));
    if (!moment)
        return failure(Error::Code::InvalidInput, QStringLiteral("--%1: %2").arg(option, moment.error().message));
    return *moment;
}

} // namespace Headroom
