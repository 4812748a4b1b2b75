// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "core/base/descriptorlimit.h"
#include "core/base/suggestion.h"
#include "core/base/version.h"
#include "core/help/helppages.h"

#include <QCoreApplication>
#include <QNetworkProxy>

#include <map>

using namespace Headroom;

namespace {

struct Command
{
    int (*function)(const QStringList &);
    const char *usage;
    const char *help;
};

const std::map<QString, Command> &commands()
{
    static const std::map<QString, Command> kCommands{
        {QStringLiteral("run"), {runCommand, "run SCENARIO|URL|SESSION [options]", "puts load on a service, saves a session, judges the rules"}},
        {QStringLiteral("report"), {reportCommand, "report SESSION [--report FORMAT=FILE]", "shows or exports a saved session"}},
        {QStringLiteral("replay"), {replayCommand, "replay SESSION [--speed N]", "plays a saved session as if it ran again"}},
        {QStringLiteral("export"), {exportCommand, "export SESSION --csv FILE ...", "writes a session as CSV, JSON or HdrHistogram's log"}},
        {QStringLiteral("merge"), {mergeCommand, "merge SESSION... --out FILE", "makes one session of those of several generators"}},
        {QStringLiteral("trim"), {trimCommand, "trim SESSION --from T --to T --out FILE", "makes a session of some seconds of another"}},
        {QStringLiteral("verify"), {verifyCommand, "verify SESSION...", "says whether anything in a session was damaged"}},
        {QStringLiteral("calibrate"), {calibrateCommand, "calibrate [SCENARIO]", "finds out what this generator can do on this machine"}},
        {QStringLiteral("validate"), {validateCommand, "validate FILE...", "checks scenarios and names every problem with its place"}},
        {QStringLiteral("help"), {helpCommand, "help PAGE", "shows a page of the help"}},
        {QStringLiteral("schema"), {schemaCommand, "schema NAME", "prints a format as JSON Schema"}},
    };
    return kCommands;
}

QString helpText()
{
    QString text = QStringLiteral("headroom %1, load tests with honest numbers\n\n").arg(QLatin1String(kVersion));
    for (const auto &[name, command] : commands())
        text += QStringLiteral("  headroom %1  %2\n").arg(QLatin1String(command.usage), -40).arg(QLatin1String(command.help));
    QStringList pages;
    for (const HelpPage &page : helpPages())
        pages << page.name;
    text += QStringLiteral("\nPages of the help: %1.\n").arg(pages.join(QStringLiteral(", ")));
    return text + QStringLiteral("\nheadroom COMMAND --help tells more. Exit codes: 0 rules met, 1 fault or unwritable output, 2 bad usage or\n"
                                 "input, 3 target not reachable, 4 rules not met, 5 run not valid, 130 interrupted.");
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event dispatcher in every thread: cheaper per turn than GLib's
    raiseDescriptorLimit();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headroom"));
    QCoreApplication::setOrganizationName(QStringLiteral("headroom"));
    // Load goes straight to the target; without this Qt asks libproxy before every request.
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);

    QStringList arguments = QCoreApplication::arguments().sliced(1);
    const QString name = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (name == QLatin1String("--version")) {
        printOut(QStringLiteral("headroom %1").arg(QLatin1String(kVersion)));
        return kExitMet;
    }
    if (name.isEmpty() || name == QLatin1String("--help") || name == QLatin1String("-h")
        || (name == QLatin1String("help") && arguments.isEmpty())) {
        printOut(helpText());
        return name.isEmpty() ? kExitUsage : kExitMet;
    }
    const auto command = commands().find(name);
    if (command != commands().end()) {
        const int exitCode = command->second.function(arguments);
        return isAllPrinted() || exitCode == kExitInterrupted ? exitCode : int(kExitFault);
    }
    QStringList known;
    for (const auto &entry : commands())
        known.append(entry.first);
    printError(QStringLiteral("there is no command '%1'%2; see headroom --help").arg(name, didYouMean(name, known)));
    return kExitUsage;
}
