// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/answeroptions.h"

#include "app/target/optionvalue.h"

namespace Headroom {

namespace {

struct Options
{
    QCommandLineOption cacheHits{
        QStringLiteral("cache-hits"),
        QStringLiteral("Share of worked answers with X-Cache: HIT, the others MISS (default 50%)."),
        QStringLiteral("SHARE")};
    QCommandLineOption cacheEntries{
        QStringLiteral("cache-entries"),
        QStringLiteral(
            "Instead of --cache-hits: hits are requests (method, address and body) that were answered lately; so "
            "many are kept, the longest unused goes first."),
        QStringLiteral("N")};
    QCommandLineOption cacheTtl{QStringLiteral("cache-ttl"),
                                QStringLiteral("How long an entry of --cache-entries is good (default 1 h)."),
                                QStringLiteral("TIME")};
    QCommandLineOption cacheTime{
        QStringLiteral("cache-time"),
        QStringLiteral("Time of work of a hit, which then burns no CPU time either (default: that of a miss)."),
        QStringLiteral("TIME")};
    QCommandLineOption timing{
        QStringLiteral("timing"),
        QStringLiteral("Which answers have X-Request-Latency-Ms and Server-Timing: worked (the default), all or none."),
        QStringLiteral("WHICH")};
    QCommandLineOption parts{
        QStringLiteral("parts"),
        QStringLiteral("Parts of the time of work in Server-Timing, as in db=60%,render=30% (default "
                       "model=60%,db=25%,render=10%)."),
        QStringLiteral("LIST")};
};

Result<void> readCache(const QCommandLineParser &parser, const Options &known, AnswerOptions &options)
{
    constexpr int kMostEntries = 1'000'000; // of some 200 bytes each
    if (parser.isSet(known.cacheHits) && parser.isSet(known.cacheEntries))
        return badOption(known.cacheEntries, QStringLiteral("a cache with entries has no --cache-hits; leave one out"));
    if (parser.isSet(known.cacheTtl) && !parser.isSet(known.cacheEntries))
        return badOption(known.cacheTtl, QStringLiteral("only entries grow old; add --cache-entries"));
    Nanoseconds hitTime{};
    return readShare(parser, known.cacheHits, options.cacheHits)
        .and_then([&] { return readNumber(parser, known.cacheEntries, 1, kMostEntries, options.cacheEntries); })
        .and_then([&] { return readTime(parser, known.cacheTtl, QStringLiteral("1 d"), options.cacheTtl); })
        .and_then([&] { return readTime(parser, known.cacheTime, QStringLiteral("1 h"), hitTime); })
        .transform([&] {
            if (parser.isSet(known.cacheTime))
                options.cacheTime = hitTime;
        });
}

} // namespace

QList<QCommandLineOption> answerOptions()
{
    const Options known;
    return {known.cacheHits, known.cacheEntries, known.cacheTtl, known.cacheTime, known.timing, known.parts};
}

Result<AnswerOptions> readAnswerOptions(const QCommandLineParser &parser)
{
    const Options known;
    AnswerOptions options;
    if (const auto cache = readCache(parser, known, options); !cache)
        return std::unexpected(cache.error());
    int timing = 0;
    const QStringList words{QStringLiteral("worked"), QStringLiteral("all"), QStringLiteral("none")};
    if (const auto read = readWord(parser, known.timing, words, timing); !read)
        return std::unexpected(read.error());
    options.timing = static_cast<AnswerOptions::Timing>(timing);
    if (parser.isSet(known.parts)) {
        const auto parts = TimingParts::parse(parser.value(known.parts));
        if (!parts)
            return badOption(known.parts, parts.error().message);
        options.parts = *parts;
    }
    return options;
}

} // namespace Headroom
