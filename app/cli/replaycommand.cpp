// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/interruptwatch.h"
#include "app/cli/options.h"
#include "app/cli/progressprinter.h"
#include "app/cli/reportfiles.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/base/steadyclock.h"
#include "core/report/textsummary.h"
#include "core/session/sessionreplayer.h"

#include <QEventLoop>

namespace Headroom {

namespace {

/// What `headroom replay` was told.
struct ReplayOptions
{
    QString path;
    double speed = 1.0;
    int from = 0;
    std::optional<int> to{};
    ProgressPrinter::Style style = ProgressPrinter::Style::Plain;
};

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Shows a saved session as if it ran again: second by second, with the lines of a live run, and then its "
                       "verdict; the exit code is 0 whatever that is."));
    parser.addPositionalArgument(QStringLiteral("SESSION"), QStringLiteral("A .headroom file."));
    addOption(parser, {QStringLiteral("speed")},
              QStringLiteral("Seconds of the run in each second, from 0.25 to 120; by default 1."),
              QStringLiteral("FACTOR"));
    addOption(parser, {QStringLiteral("from")},
              QStringLiteral("The first second, as in 1:30 or 90s; by default the start."), QStringLiteral("TIME"));
    addOption(parser, {QStringLiteral("to")}, QStringLiteral("Where it ends, without that second; by default the end."),
              QStringLiteral("TIME"));
    addOption(parser, {QStringLiteral("progress")}, QStringLiteral("auto, plain, json or none."),
              QStringLiteral("STYLE"));
}

std::unexpected<Error> invalid(const QString &text) { return failure(Error::Code::InvalidInput, text); }

Result<double> speedOf(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("speed")))
        return 1.0;
    const QString text = parser.value(QStringLiteral("speed"));
    const Result<double> speed = parseNumber(text);
    if (speed && *speed >= SessionReplayer::kSlowest && *speed <= SessionReplayer::kFastest)
        return speed;
    return invalid(QStringLiteral("--speed: %1 is no factor from %2 to %3")
                       .arg(formatQuoted(text))
                       .arg(SessionReplayer::kSlowest)
                       .arg(SessionReplayer::kFastest));
}

Result<ReplayOptions> optionsOf(const QCommandLineParser &parser)
{
    if (parser.positionalArguments().size() != 1)
        return invalid(QStringLiteral("name one session: headroom replay SESSION"));
    const auto speed = speedOf(parser);
    const auto from = momentOption(parser, QStringLiteral("from"));
    const auto to = momentOption(parser, QStringLiteral("to"));
    if (!speed || !from || !to)
        return std::unexpected(!speed ? speed.error() : !from ? from.error() : to.error());
    const QString word =
        parser.isSet(QStringLiteral("progress")) ? parser.value(QStringLiteral("progress")) : QStringLiteral("auto");
    const auto style = ProgressPrinter::styleNamed(word);
    if (!style)
        return invalid(QStringLiteral("--progress: %1 is not auto, plain, json or none").arg(formatQuoted(word)));
    if (*to && **to <= from->value_or(0))
        return invalid(QStringLiteral("--to: the end is not behind the beginning; let it be later"));
    return ReplayOptions{parser.positionalArguments().first(), *speed, from->value_or(0), *to, *style};
}

/// Reads the whole session. Errors: those of the reader.
std::optional<Error> load(SessionReplayer &replayer, const QString &path)
{
    std::optional<Error> problem;
    QEventLoop loop;
    SharePrinter progress(path);
    const QObject context;
    QObject::connect(&replayer, &SessionReplayer::progressed, &context, [&](double share) { progress(share); });
    QObject::connect(&replayer, &SessionReplayer::loaded, &context, [&] { loop.quit(); });
    QObject::connect(&replayer, &SessionReplayer::failed, &context, [&](const Error &error) {
        problem = error;
        loop.quit();
    });
    replayer.open(path);
    loop.exec();
    return problem;
}

/// Plays until the end, or until it is interrupted. True when it was.
bool play(SessionReplayer &replayer, const ReplayOptions &options)
{
    QEventLoop loop;
    bool isInterrupted = false;
    InterruptWatch interrupts;
    const ProgressPrinter printer(options.style, replayer);
    QObject::connect(&interrupts, &InterruptWatch::interrupted, &loop, [&] {
        isInterrupted = true;
        loop.quit();
    });
    QObject::connect(&replayer, &SessionReplayer::playingChanged, &loop, [&](bool isPlaying) {
        if (!isPlaying)
            loop.quit();
    });
    // Behind the printer, so that the last second is told; the jump ends the delivery, however many were due at once.
    QObject::connect(&replayer, &MetricsSource::frameReady, &loop, [&](const FramePtr &frame) {
        if (!options.to || frame->second + 1 < *options.to)
            return;
        loop.quit();
        replayer.seek(frame->second * Nanoseconds(1s) + frame->length);
    });
    replayer.setSpeed(options.speed);
    if (options.from > 0)
        replayer.seek(std::chrono::seconds(options.from));
    // Playing can come to its end before it returns: then the loop must not begin.
    QMetaObject::invokeMethod(&loop, [&] { replayer.play(); }, Qt::QueuedConnection);
    loop.exec();
    return isInterrupted;
}

/// What was not shown stands in the summary all the same. Empty when all was shown.
QString partText(const SessionReplayer &replayer, const ReplayOptions &options)
{
    const Nanoseconds end = replayer.position();
    if (options.from == 0 && end >= replayer.length())
        return {};
    return QStringLiteral("Shown: %1 to %2 of %3. What follows is of the whole session.\n")
        .arg(formatElapsed(std::chrono::seconds(options.from)), formatElapsed(end), formatElapsed(replayer.length()));
}

int replay(const ReplayOptions &options)
{
    SteadyClock clock;
    SessionReplayer replayer(clock);
    if (const auto problem = load(replayer, options.path))
        return failSession(*problem);
    if (std::chrono::seconds(options.from) >= replayer.length() && options.from > 0)
        return failSession(
            {Error::Code::InvalidInput,
             QStringLiteral("--from: the session ends at %1; begin earlier").arg(formatElapsed(replayer.length())),
             options.path});
    const bool isInterrupted = play(replayer, options);
    if (options.style != ProgressPrinter::Style::Json) {
        const Result<ReportModel> model = reportOf(options.path);
        if (!model)
            return failSession(model.error());
        if (const QString part = partText(replayer, options); !part.isEmpty())
            printOut(part);
        printOut(textSummary(*model));
    }
    return isInterrupted ? kExitInterrupted : kExitMet;
}

} // namespace

int replayCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("replay"), arguments); !parsed)
        return failSession(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("replay"));
        return kExitMet;
    }
    const auto options = optionsOf(parser);
    return options ? replay(*options) : failSession(options.error());
}

} // namespace Headroom
