// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/stopwatcher.h"
#include "app/target/targetoptions.h"
#include "app/target/targetserver.h"
#include "app/target/truthlog.h"
#include "core/base/descriptorlimit.h"
#include "core/base/humanformat.h"
#include "core/base/steadyclock.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace Headroom;

namespace {

enum ExitCode { Fine = 0, Fault = 1, BadUsage = 2 };

int complain(ExitCode code, const Error &error)
{
    std::fprintf(stderr, "headroom-target: %s\n", qUtf8Printable(error.text()));
    return code;
}

void say(const QString &text)
{
    std::fputs(qUtf8Printable(text), stdout);
    std::fflush(stdout);
}

/// Whoever started it waits for this line; the address stands at its end.
QString announcement(const TargetOptions &options, const QUrl &url)
{
    const TroubleOptions &troubles = options.troubles;
    return troubles.readyAfter > 0s && troubles.untilReady == TroubleOptions::UntilReady::Closed
        ? QStringLiteral("headroom-target: in %1 listening on %2\n").arg(formatDuration(troubles.readyAfter), url.toString())
        : QStringLiteral("headroom-target: listening on %1\n").arg(url.toString());
}

int serve(QCoreApplication &application, StopWatcher &stop, const TargetOptions &options)
{
    std::unique_ptr<TruthLog> log;
    if (!options.truthLog.isEmpty()) {
        auto created = TruthLog::create(options.truthLog);
        if (!created)
            return complain(Fault, created.error());
        log = std::move(*created);
    }
    SteadyClock clock;
    TargetServer server(options, clock, log.get());
    const auto url = server.listen();
    if (!url)
        return complain(Fault, url.error());
    QTimer flushing;
    if (log) {
        QObject::connect(&flushing, &QTimer::timeout, &server, [&log] { (void)log->flush(); });
        flushing.start(1s);
    }
    QObject::connect(&stop, &StopWatcher::stopRequested, &server, &TargetServer::stop);
    QObject::connect(&server, &TargetServer::stopped, &application, &QCoreApplication::quit, Qt::QueuedConnection);
    stop.watchSignals();
    if (options.exitsWithStdin)
        stop.watchStandardInput();
    std::optional<Error> fault;
    QObject::connect(&server, &TargetServer::failed, &application, [&fault](const Error &error) {
        fault = error;
        QCoreApplication::quit();
    });
    say(announcement(options, *url));
    QCoreApplication::exec();
    if (fault)
        return complain(Fault, *fault);
    if (const auto flushed = log ? log->flush() : Result<void>(); !flushed)
        return complain(Fault, flushed.error());
    return Fine;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event dispatcher: fewer system calls a request
    StopWatcher stop;
    QCoreApplication application(argc, argv);
    const auto options = parseTargetOptions(QCoreApplication::arguments(), QStringLiteral(HEADROOM_VERSION));
    if (!options)
        return complain(BadUsage, options.error());
    if (!options->information.isEmpty()) {
        say(options->information);
        return Fine;
    }
    if (options->exitsWithStdin && fcntl(STDIN_FILENO, F_GETFD) == -1)
        return complain(BadUsage,
                        {Error::Code::InvalidInput,
                         QStringLiteral("--exit-with-stdin: standard input is not open; start it with a pipe"),
                         {}});
    raiseDescriptorLimit();
    removeTimerSlack();
    return serve(application, stop, *options);
}
