// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/sessiontools/sessioncheck.h"

namespace Headroom {

namespace {

/// One line, whatever it is.
bool verify(const QString &path)
{
    const auto checked = [&] {
        SharePrinter progress(path);
        return checkSession(path, std::ref(progress));
    }();
    printOut(checked ? QStringLiteral("%1: %2").arg(path, checkText(*checked)) : checked.error().text());
    return checked.has_value();
}

} // namespace

int verifyCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Reads sessions as a whole and says whether anything in them was damaged."));
    parser.addPositionalArgument(QStringLiteral("SESSION..."), QStringLiteral(".headroom files."));
    if (const auto parsed = parseArguments(parser, QStringLiteral("verify"), arguments); !parsed)
        return failSession(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("verify"));
        return kExitMet;
    }
    if (parser.positionalArguments().isEmpty())
        return failSession(
            {Error::Code::InvalidInput, QStringLiteral("name at least one session: headroom verify SESSION..."), {}});
    int exitCode = kExitMet;
    for (const QString &path : parser.positionalArguments()) {
        if (!verify(path))
            exitCode = kExitUsage;
    }
    return exitCode;
}

} // namespace Headroom
