// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/outputsession.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/sessiontools/sessionmerger.h"

namespace Headroom {

namespace {

const QString kOut = QStringLiteral("out");

int merge(const QStringList &paths, const OutputSession &out, const QString &name)
{
    SharePrinter progress(name);
    const auto merged = mergeSessions(paths, out.writtenPath(), std::ref(progress));
    if (!merged)
        return failSession(merged.error());
    if (const auto published = out.publish(); !published)
        return failSession(published.error());
    if (merged->isWithoutSamples)
        printError(QStringLiteral("raw samples were left out, as the sessions keep different kinds of them"));
    for (const MergedSource &source : merged->sources)
        printOut(QStringLiteral("%1: %2").arg(source.name, alignmentText(source)));
    printOut(QStringLiteral("Session: %1").arg(name));
    return kExitMet;
}

} // namespace

int mergeCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Makes one session of several of the same scenario that ran at the same time on several generators."));
    parser.addPositionalArgument(QStringLiteral("SESSION..."), QStringLiteral("Two .headroom files or more."));
    addOption(parser, {kOut}, QStringLiteral("Where the merged session is saved."), QStringLiteral("FILE.headroom"));
    addForceOption(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("merge"), arguments); !parsed)
        return failSession(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("merge"));
        return kExitMet;
    }
    const QString out = parser.value(kOut);
    if (parser.positionalArguments().size() < 2 || out.isEmpty())
        return failSession(
            {Error::Code::InvalidInput,
             QStringLiteral("name two sessions or more and where to save: headroom merge A B --out FILE.headroom"),
             {}});
    CommandFiles files;
    for (const QString &path : parser.positionalArguments())
        files.reads(path);
    const auto planned = OutputSession::planned(out, replacingWith(parser), files);
    return planned ? merge(parser.positionalArguments(), *planned, out) : failSession(planned.error());
}

} // namespace Headroom
