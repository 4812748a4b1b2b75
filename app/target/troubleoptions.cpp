// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/troubleoptions.h"

#include "app/target/optionvalue.h"

namespace Headroom {

namespace {

struct Options
{
    QCommandLineOption cpuTime{
        QStringLiteral("cpu-time"),
        QStringLiteral("CPU time that a worked request burns behind its time of work (default 0)."),
        QStringLiteral("TIME")};
    QCommandLineOption leakBytes{QStringLiteral("leak-bytes"),
                                 QStringLiteral("Memory that a worked request leaves behind for good (default 0)."),
                                 QStringLiteral("SIZE")};
    QCommandLineOption leakLimit{QStringLiteral("leak-limit"), QStringLiteral("At which the leak ends (default 1GiB)."),
                                 QStringLiteral("SIZE")};
    QCommandLineOption freeze{
        QStringLiteral("freeze"),
        QStringLiteral(
            "Does nothing for a time, as a list such as 3s@10s, 1s@20s: for how long, and when after the start."),
        QStringLiteral("LIST")};
    QCommandLineOption readyAfter{QStringLiteral("ready-after"),
                                  QStringLiteral("Time that it takes to start up (default 0)."),
                                  QStringLiteral("TIME")};
    QCommandLineOption untilReady{
        QStringLiteral("until-ready"),
        QStringLiteral("What requests get until then: answer (503, the default) or closed (it does not listen)."),
        QStringLiteral("WAY")};
    QCommandLineOption drain{
        QStringLiteral("drain"),
        QStringLiteral(
            "What new connections get from SIGTERM until the work under way has ended: close (they are refused, the "
            "default) or answer (503)."),
        QStringLiteral("WAY")};
    QCommandLineOption drainWithin{QStringLiteral("drain-within"),
                                   QStringLiteral("After that time it ends all the same (default 5s)."),
                                   QStringLiteral("TIME")};
    QCommandLineOption degradedTime{
        QStringLiteral("degraded-time"),
        QStringLiteral(
            "Share of their time that work and CPU time take once POST /admin/reload said degraded (default 50%)."),
        QStringLiteral("SHARE")};
};

Result<void> readStart(const QCommandLineParser &parser, const Options &known, TroubleOptions &options)
{
    int untilReady = 0;
    const QStringList ways{QStringLiteral("answer"), QStringLiteral("closed")};
    return readTime(parser, known.readyAfter, QStringLiteral("1 h"), options.readyAfter)
        .and_then([&] { return readWord(parser, known.untilReady, ways, untilReady); })
        .transform([&] { options.untilReady = static_cast<TroubleOptions::UntilReady>(untilReady); });
}

Result<void> readEnd(const QCommandLineParser &parser, const Options &known, TroubleOptions &options)
{
    int drain = 0;
    const QStringList ways{QStringLiteral("close"), QStringLiteral("answer")};
    return readWord(parser, known.drain, ways, drain)
        .and_then([&] { return readTime(parser, known.drainWithin, QStringLiteral("1 h"), options.drainWithin); })
        .transform([&] { options.drain = static_cast<TroubleOptions::Drain>(drain); });
}

Result<void> readUse(const QCommandLineParser &parser, const Options &known, TroubleOptions &options)
{
    constexpr std::int64_t kLargestLeak = 64LL << 20;
    constexpr std::int64_t kLargestSum = 1LL << 40;
    return readTime(parser, known.cpuTime, QStringLiteral("10 s"), options.cpuTime)
        .and_then([&] { return readBytes(parser, known.leakBytes, kLargestLeak, options.leakBytes); })
        .and_then([&] { return readBytes(parser, known.leakLimit, kLargestSum, options.leakLimit); })
        .and_then([&] { return readShare(parser, known.degradedTime, options.degradedTime); });
}

} // namespace

QList<QCommandLineOption> troubleOptions()
{
    const Options known;
    return {known.cpuTime,    known.leakBytes, known.leakLimit,   known.freeze,      known.readyAfter,
            known.untilReady, known.drain,     known.drainWithin, known.degradedTime};
}

Result<TroubleOptions> readTroubleOptions(const QCommandLineParser &parser)
{
    const Options known;
    TroubleOptions options;
    const auto read =
        readUse(parser, known, options).and_then([&] { return readStart(parser, known, options); }).and_then([&] {
            return readEnd(parser, known, options);
        });
    if (!read)
        return std::unexpected(read.error());
    if (parser.isSet(known.freeze)) {
        const auto freezes = parseFreezes(parser.value(known.freeze));
        if (!freezes)
            return badOption(known.freeze, freezes.error().message);
        options.freezes = *freezes;
    }
    return options;
}

} // namespace Headroom
