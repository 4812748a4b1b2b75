// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/descriptorlimit.h"
#include "core/base/steadyclock.h"
#include "core/base/version.h"
#include "core/run/ceilingcache.h"
#include "ui/sessions/sessionjobs.h"
#include "ui/theme/legibleicon.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QNetworkProxy>

using namespace Headroom;

namespace {

const QString kFirstRun = QStringLiteral("first-run");

RunDesk::Setup setupFor(const Settings &settings)
{
    return {QCoreApplication::applicationDirPath() + QStringLiteral("/headroom-target"), defaultCeilingFile(), newSessionPath,
            [&settings](const QString &host) { return settings.allowedHosts().contains(host, Qt::CaseInsensitive); },
            [&settings](const QString &path, const QString &command) { return settings.isCommandAllowed(path, command); }};
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QStringLiteral("Headroom, load tests with honest numbers: the workbench"));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("A scenario or a .headroom session."),
                                 QStringLiteral("[FILE...]"));
    parser.addOption({kFirstRun, QStringLiteral("Starts the bundled scenario against the practice target.")});
    parser.addHelpOption();
    parser.addVersionOption();
}

/// Help and version need no window system.
void answerWithoutDisplay(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headroom-workbench"));
    QCoreApplication::setApplicationVersion(QLatin1String(kVersion));
    QCommandLineParser parser;
    describe(parser);
    parser.parse(QCoreApplication::arguments());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(0);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event dispatcher in every thread: cheaper per turn than GLib's
    raiseDescriptorLimit();
    askForShortSlices(); // painting holds up neither the load nor a target on the same machine for long
    answerWithoutDisplay(argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headroom"));
    QApplication::setOrganizationName(QStringLiteral("headroom"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setApplicationVersion(QLatin1String(kVersion));
    QApplication::setDesktopFileName(QStringLiteral("io.headroom.Workbench"));
    QApplication::setStyle(legibleFusion());
    // Load goes straight to the target; without this Qt asks libproxy before every request.
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);

    QCommandLineParser parser;
    describe(parser);
    parser.process(application);

    Settings settings;
    applyColorMode(settings.colorMode());
    MainWindow window(settings, setupFor(settings));
    window.show();
    for (const QString &file : parser.positionalArguments())
        window.openFile(file);
    if (parser.isSet(kFirstRun))
        window.startFirstRun();
    return QApplication::exec();
}
