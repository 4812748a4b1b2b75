// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "core/base/humanformat.h"
#include "core/run/preparation.h"

namespace Headroom {

namespace {

QString summaryOf(const Preparation &preparation)
{
    const Plan &plan = *preparation.plan;
    const QString endless = plan.findLimit ? QStringLiteral("until the limit is found") : QStringLiteral("until the count is reached");
    const QString length = plan.length > 0ns ? formatDuration(plan.length) : endless;
    return QStringLiteral("fine: %1 flows, %2 steps, %3 stages, %4, %5 rules")
        .arg(plan.flows.size()).arg(plan.steps.size()).arg(plan.stages.size()).arg(length).arg(preparation.rules.size());
}

bool validate(const QString &path)
{
    const Result<QByteArray> text = readFile(path);
    if (!text) {
        printError(text.error().text());
        return false;
    }
    const auto preparation = prepare(*text, {}, {}, 1, folderOf(path));
    if (!preparation) {
        printDiagnostics(path, preparation.error());
        return false;
    }
    printDiagnostics(path, preparation->warnings);
    printOut(QStringLiteral("%1: %2").arg(path, summaryOf(*preparation)));
    return true;
}

} // namespace

int validateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Checks scenarios without any load and names every problem as file:line:column."));
    parser.addPositionalArgument(QStringLiteral("FILE..."), QStringLiteral("Scenario files; - is standard input."));
    if (const auto parsed = parseArguments(parser, QStringLiteral("validate"), arguments); !parsed) {
        printError(parsed.error().text());
        return kExitUsage;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("validate"));
        return kExitMet;
    }
    if (parser.positionalArguments().isEmpty()) {
        printError(QStringLiteral("name at least one file: headroom validate FILE..."));
        return kExitUsage;
    }
    int exitCode = kExitMet;
    for (const QString &path : parser.positionalArguments()) {
        if (!validate(path))
            exitCode = kExitUsage;
    }
    return exitCode;
}

} // namespace Headroom
