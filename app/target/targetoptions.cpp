// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetoptions.h"

#include "app/target/optionvalue.h"
#include "app/target/tokenoptions.h"

#include <limits>

namespace Headroom {

namespace {

/// The options, each with its help.
struct Options
{
    QCommandLineOption address{QStringLiteral("address"), QStringLiteral("Address to listen on (default 127.0.0.1)."),
                               QStringLiteral("ADDRESS")};
    QCommandLineOption port{QStringLiteral("port"), QStringLiteral("Port to listen on; 0, the default: a free one."),
                            QStringLiteral("PORT")};
    QCommandLineOption workers{QStringLiteral("workers"), QStringLiteral("Requests worked on at a time (default 8)."),
                               QStringLiteral("N")};
    QCommandLineOption queue{QStringLiteral("queue"),
                             QStringLiteral("Requests that may wait for a worker (default 64); the next gets 429."),
                             QStringLiteral("N")};
    QCommandLineOption serviceTime{
        QStringLiteral("service-time"),
        QStringLiteral("Time of work, as a list and repeatable: retrieve=5ms, extract=bimodal(5ms,50ms,10%), "
                       "facets=lognormal(20ms,0.5), *=2ms. Endpoints: retrieve, extract, facets, transcript, "
                       "documents; * is the others (default 2ms)."),
        QStringLiteral("LIST")};
    QCommandLineOption leaks{
        QStringLiteral("leaks"),
        QStringLiteral("Share of worked answers that echo the X-Agent-Id of somebody else (default 0%), for identity checks to find."),
        QStringLiteral("SHARE")};
    QCommandLineOption seed{QStringLiteral("seed"), QStringLiteral("Number that decides all samples (default 1)."),
                            QStringLiteral("N")};
    QCommandLineOption truthLog{QStringLiteral("truth-log"), QStringLiteral("CSV file with a row for every request."),
                                QStringLiteral("FILE")};
    QCommandLineOption exitWithStdin{QStringLiteral("exit-with-stdin"),
                                     QStringLiteral("End when standard input, a pipe, is closed.")};

    QList<QCommandLineOption> all() const
    {
        return QList<QCommandLineOption>{address, port, workers, queue, serviceTime, leaks, seed, truthLog, exitWithStdin}
            + answerOptions() + troubleOptions() + tokenOptions();
    }
};

std::unexpected<Error> badUsage(const QString &message) { return failure(Error::Code::InvalidInput, message); }

Result<void> readNumbers(const QCommandLineParser &parser, const Options &known, TargetOptions &options)
{
    constexpr quint16 kHighestPort = 65535;
    return readNumber<quint16>(parser, known.port, 0, kHighestPort, options.port)
        .and_then([&] { return readNumber(parser, known.workers, 1, 100'000, options.workers); })
        .and_then([&] { return readNumber(parser, known.queue, 0, 1'000'000, options.queue); })
        .and_then([&] {
            return readNumber<std::uint64_t>(parser, known.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                                             options.seed);
        });
}

Result<void> readAddress(const QString &text, QHostAddress &address)
{
    const bool isRead =
        text == QLatin1String("localhost") ? address.setAddress(QStringLiteral("127.0.0.1")) : address.setAddress(text);
    if (!isRead)
        return badUsage(QStringLiteral("--address: '%1' is not an IP address; write one such as 127.0.0.1").arg(text));
    return {};
}

/// What stands in files of its own.
Result<TargetOptions> readGroups(const QCommandLineParser &parser, TargetOptions options)
{
    const auto answers = readAnswerOptions(parser);
    if (!answers)
        return std::unexpected(answers.error());
    const auto troubles = readTroubleOptions(parser);
    if (!troubles)
        return std::unexpected(troubles.error());
    const auto token = readToken(parser);
    if (!token)
        return std::unexpected(token.error());
    options.answers = *answers;
    options.troubles = *troubles;
    options.adminToken = *token;
    return options;
}

Result<TargetOptions> read(const QCommandLineParser &parser, const Options &known)
{
    TargetOptions options;
    if (const auto numbers = readNumbers(parser, known, options); !numbers)
        return std::unexpected(numbers.error());
    if (parser.isSet(known.address)) {
        if (const auto address = readAddress(parser.value(known.address), options.address); !address)
            return std::unexpected(address.error());
    }
    if (const auto share = readShare(parser, known.leaks, options.leaks); !share)
        return std::unexpected(share.error());
    const auto times = ServiceTimes::parse(parser.values(known.serviceTime));
    if (!times)
        return badUsage(QStringLiteral("--service-time: %1").arg(times.error().message));
    options.serviceTimes = *times;
    options.truthLog = parser.value(known.truthLog);
    if (parser.isSet(known.truthLog) && options.truthLog.isEmpty())
        return badUsage(QStringLiteral("--truth-log: name a file"));
    options.exitsWithStdin = parser.isSet(known.exitWithStdin);
    return readGroups(parser, std::move(options));
}

} // namespace

Result<TargetOptions> parseTargetOptions(const QStringList &arguments, const QString &version)
{
    const Options known;
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A small HTTP service to practise load testing on."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption versionOption = parser.addVersionOption();
    parser.addOptions(known.all());
    if (!parser.parse(arguments)) {
        QString text = parser.errorText();
        if (text.endsWith(u'.'))
            text.chop(1);
        return badUsage(QStringLiteral("%1; see --help").arg(text));
    }
    if (parser.isSet(help) || parser.isSet(versionOption)) {
        TargetOptions options;
        options.information =
            parser.isSet(help) ? parser.helpText() : QStringLiteral("headroom-target %1\n").arg(version);
        return options;
    }
    if (const QStringList rest = parser.positionalArguments(); !rest.isEmpty())
        return badUsage(QStringLiteral("'%1' is not an option; see --help").arg(rest.constFirst()));
    return read(parser, known);
}

} // namespace Headroom
