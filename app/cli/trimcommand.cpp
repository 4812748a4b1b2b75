// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/outputsession.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/sessiontools/sessiontrimmer.h"

namespace Headroom {

namespace {

const QString kFrom = QStringLiteral("from");
const QString kTo = QStringLiteral("to");
const QString kOut = QStringLiteral("out");

int trim(const QCommandLineParser &parser, int from, std::optional<int> to)
{
    const QString out = parser.value(kOut);
    CommandFiles files;
    files.reads(parser.positionalArguments().first());
    const auto planned = OutputSession::planned(out, replacingWith(parser), files);
    if (!planned)
        return failSession(planned.error());
    SharePrinter progress(out);
    const auto trimmed =
        trimSession(parser.positionalArguments().first(), from, to, planned->writtenPath(), std::ref(progress));
    if (!trimmed)
        return failSession(trimmed.error());
    if (const auto published = planned->publish(); !published)
        return failSession(published.error());
    printOut(QStringLiteral("Session: %1, %2").arg(out, trimmed->words));
    return kExitMet;
}

} // namespace

int trimCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Makes a session of some seconds of another, counted from the first of them."));
    parser.addPositionalArgument(QStringLiteral("SESSION"), QStringLiteral("A .headroom file."));
    addOption(parser, {kFrom}, QStringLiteral("The first second, as in 1:30 or 90s; by default the start."),
              QStringLiteral("TIME"));
    addOption(parser, {kTo}, QStringLiteral("Where it ends, without that second; by default the end."),
              QStringLiteral("TIME"));
    addOption(parser, {kOut}, QStringLiteral("Where the cut session is saved."), QStringLiteral("FILE.headroom"));
    addForceOption(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("trim"), arguments); !parsed)
        return failSession(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("trim"));
        return kExitMet;
    }
    if (parser.positionalArguments().size() != 1 || parser.value(kOut).isEmpty())
        return failSession(
            {Error::Code::InvalidInput,
             QStringLiteral(
                 "name one session and where to save: headroom trim SESSION --from 0:10 --out FILE.headroom"),
             {}});
    const auto from = momentOption(parser, kFrom);
    const auto to = momentOption(parser, kTo);
    if (!from || !to)
        return failSession(from ? to.error() : from.error());
    return trim(parser, from->value_or(0), *to);
}

} // namespace Headroom
