// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"
#include "ui/sessions/sessionjobs.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QNetworkProxy>
#include <QStyleFactory>

using namespace Headroom;

namespace {

RunDesk::Setup setupFor(const Settings &settings)
{
    return {QCoreApplication::applicationDirPath() + QStringLiteral("/headroom-target"), newSessionPath,
            [&settings](const QString &host) { return settings.allowedHosts().contains(host, Qt::CaseInsensitive); }};
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event dispatcher in every thread: cheaper per turn than GLib's
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("headroom"));
    QApplication::setOrganizationName(QStringLiteral("headroom"));
    QApplication::setApplicationDisplayName(QStringLiteral("Headroom"));
    QApplication::setApplicationVersion(QLatin1String(kVersion));
    QApplication::setDesktopFileName(QStringLiteral("io.headroom.Workbench"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    // Load goes straight to the target; without this Qt asks libproxy before every request.
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Headroom, load tests with honest numbers: the workbench"));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("A scenario or a .headroom session."), QStringLiteral("[FILE...]"));
    const QCommandLineOption firstRun(QStringLiteral("first-run"), QStringLiteral("Starts the bundled scenario against the practice target."));
    parser.addOption(firstRun);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    Settings settings;
    applyColorMode(settings.colorMode());
    MainWindow window(settings, setupFor(settings));
    window.show();
    for (const QString &file : parser.positionalArguments())
        window.openFile(file);
    if (parser.isSet(firstRun))
        window.startFirstRun();
    return QApplication::exec();
}
