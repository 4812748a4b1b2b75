// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetoptions.h"

#include "core/base/quantity.h"

#include <QCommandLineParser>

#include <concepts>
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
    QCommandLineOption cacheHits{QStringLiteral("cache-hits"),
                                 QStringLiteral("Share of worked answers with X-Cache: HIT, the others MISS (default 50%)."),
                                 QStringLiteral("SHARE")};
    QCommandLineOption leaks{
        QStringLiteral("leaks"),
        QStringLiteral("Share of worked answers that echo the X-Agent-Id of somebody else (default 0%), for identity checks to find."),
        QStringLiteral("SHARE")};
    QCommandLineOption seed{QStringLiteral("seed"), QStringLiteral("Number that decides all samples (default 1)."),
                            QStringLiteral("N")};
    QCommandLineOption adminToken{
        QStringLiteral("admin-token"),
        QStringLiteral("Lets POST /admin/service-time, with this bearer token and such a list as body, change the times."),
        QStringLiteral("TOKEN")};
    QCommandLineOption truthLog{QStringLiteral("truth-log"), QStringLiteral("CSV file with a row for every request."),
                                QStringLiteral("FILE")};
    QCommandLineOption exitWithStdin{QStringLiteral("exit-with-stdin"),
                                     QStringLiteral("End when standard input, a pipe, is closed.")};

    QList<QCommandLineOption> all() const
    {
        return {address, port, workers, queue, serviceTime, cacheHits, leaks, adminToken, seed, truthLog, exitWithStdin};
    }
};

std::unexpected<Error> badUsage(const QString &message) { return failure(Error::Code::InvalidInput, message); }

/// Reads a share into `value` when the option is set.
Result<void> readShare(const QCommandLineParser &parser, const QCommandLineOption &option, double &value)
{
    if (!parser.isSet(option))
        return {};
    const auto share = parsePercent(parser.value(option));
    if (!share || *share < 0.0 || *share > 1.0)
        return badUsage(QStringLiteral("--%1: '%2' is not a share from 0% to 100%")
                            .arg(option.names().first(), parser.value(option)));
    value = *share;
    return {};
}

/// Reads a whole number into `value` when the option is set.
template <std::integral T>
Result<void> readNumber(const QCommandLineParser &parser, const QCommandLineOption &option, T lowest, T highest,
                        T &value)
{
    if (!parser.isSet(option))
        return {};
    const QString text = parser.value(option);
    bool isNumber = false;
    const qulonglong number = text.toULongLong(&isNumber);
    if (!isNumber || number < static_cast<qulonglong>(lowest) || number > static_cast<qulonglong>(highest)) {
        return badUsage(QStringLiteral("--%1: '%2' is not a whole number from %3 to %4")
                            .arg(option.names().constFirst(), text)
                            .arg(lowest)
                            .arg(highest));
    }
    value = static_cast<T>(number);
    return {};
}

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

Result<TargetOptions> read(const QCommandLineParser &parser, const Options &known)
{
    TargetOptions options;
    if (const auto numbers = readNumbers(parser, known, options); !numbers)
        return std::unexpected(numbers.error());
    if (parser.isSet(known.address)) {
        if (const auto address = readAddress(parser.value(known.address), options.address); !address)
            return std::unexpected(address.error());
    }
    for (const auto &[option, value] : {std::pair(&known.cacheHits, &options.cacheHits), {&known.leaks, &options.leaks}}) {
        if (const auto share = readShare(parser, *option, *value); !share)
            return std::unexpected(share.error());
    }
    const auto times = ServiceTimes::parse(parser.values(known.serviceTime));
    if (!times)
        return badUsage(QStringLiteral("--service-time: %1").arg(times.error().message));
    options.serviceTimes = *times;
    options.adminToken = parser.value(known.adminToken).toUtf8();
    options.truthLog = parser.value(known.truthLog);
    if (parser.isSet(known.truthLog) && options.truthLog.isEmpty())
        return badUsage(QStringLiteral("--truth-log: name a file"));
    options.exitsWithStdin = parser.isSet(known.exitWithStdin);
    return options;
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
