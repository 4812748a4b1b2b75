// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runoptions.h"

#include "app/cli/options.h"
#include "app/cli/profileoptions.h"
#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/base/suggestion.h"

namespace Headroom {

namespace {

const QString kSources = QStringLiteral("A scenario or suite file, - for standard input, a URL, or a saved session, whose scenario runs again as it ran.");

void describe(QCommandLineParser &parser)
{
    const auto option = [&](const char *name, const char *help, const char *value = "") {
        addOption(parser, {QLatin1String(name)}, QLatin1String(help), QLatin1String(value));
    };
    parser.setApplicationDescription(QStringLiteral("Puts load on a service, saves a session, judges the rules."));
    parser.addPositionalArgument(QStringLiteral("SCENARIO|URL|SESSION"), kSources);
    option("rate", "One constant stage at this rate instead of the scenario's load, as in 50/s.", "RATE");
    option("users", "One constant stage with this many users; with --rate: the cap on iterations under way.", "N");
    option("iterations", "A fixed count of iterations instead of the scenario's load.", "N");
    option("duration", "Length of that stage, as in 30s; alone it scales every stage.", "TIME");
    option("find-limit", "Searches for the highest rate that the rules hold at, beginning at --rate, else at the highest rate of the scenario.");
    option("up-to", "The search never goes beyond this rate; by default 10 times the rate it begins at.", "RATE");
    option("hold", "How long the search judges each rate; by default 10 s.", "TIME");
    option("confirm", "How long the search judges the rate it has found again; by default 30 s.", "TIME");
    option("sweep", "Runs the plan once for each value, as in users=1,2,4,8, rate=10/s,20/s or load.stages[0].rate=10/s,20/s, and reports them side by side.", "NAME=VALUES");
    option("target", "Another target than the scenario's.", "URL");
    addOption(parser, {QStringLiteral("host")}, QStringLiteral("The same as --target."), QStringLiteral("URL"));
    option("set", "Changes one field of the scenario, as in load.stages[0].rate=20/s. May be repeated.", "PATH=VALUE");
    addProfileOptions(parser);
    option("only", "Of a suite, runs this member alone, whatever it needs. May be repeated.", "MEMBER");
    option("seed", "Seed of everything random, where the scenario names none.", "N");
    option("transport", "How requests are made: qnam, or direct, which takes far less CPU for each.", "qnam|direct");
    option("http", "Version of HTTP: 1.1 or 2; 2 needs the transport direct.", "1.1|2");
    option("samples", "Which requests the session keeps whole: all up to a million, errors, of each second a sample, or none (off).", "all|errors|sample|off");
    option("workers", "Worker threads; by default cores minus one.", "N");
    option("strict", "Rules that are undecided or were not run, and none at all, are exit code 4.");
    option("allow-host", "Allows load on this host from now on. Loopback needs no leave.", "HOST");
    option("allow-commands", "Lets the scenario run its own commands on this machine, such as target.start.");
    option("out", "Where the session is saved; by default ./NAME-YYYYMMDD-HHMMSS.headroom.", "FILE.headroom");
    option("attach", "A file that the session is to hold, such as a log or a configuration, of at most 64 MiB. May be repeated.", "FILE");
    option("report", "Writes a report at the end: json=FILE or html=FILE. May be repeated.", "FORMAT=FILE");
    option("progress", "auto, plain, json or none.", "STYLE");
}

Error problem(const char *option, const QString &text)
{
    return {Error::Code::InvalidInput, QStringLiteral("--%1: %2").arg(QLatin1String(option), text), {}};
}

/// Reads an option's value by a parser of quantities, when the option is there.
template <typename T, typename Parse>
Result<void> readValue(const QCommandLineParser &parser, const char *option, std::optional<T> &into, Parse parse)
{
    if (!parser.isSet(QLatin1String(option)))
        return {};
    const auto value = parse(parser.value(QLatin1String(option)));
    if (!value)
        return std::unexpected(problem(option, value.error().message));
    into = *value;
    return {};
}

Result<std::uint64_t> parseWhole(const QString &text)
{
    bool isNumber = false;
    const qulonglong number = text.trimmed().toULongLong(&isNumber);
    if (isNumber)
        return number;
    return failure(Error::Code::InvalidInput, QStringLiteral("'%1' is not a whole number").arg(text));
}

/// The same in a range.
auto wholeWithin(std::uint64_t low, std::uint64_t high)
{
    return [low, high](const QString &text) -> Result<std::uint64_t> {
        auto number = parseWhole(text);
        if (number && (*number < low || *number > high))
            return failure(Error::Code::InvalidInput, QStringLiteral("%1 is not between %2 and %3").arg(text).arg(low).arg(high));
        return number;
    };
}

Result<QUrl> parseTarget(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.isValid() && !url.host().isEmpty() && (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https")))
        return url;
    return failure(Error::Code::InvalidInput, QStringLiteral("'%1' is no http or https URL").arg(text));
}

Result<void> readLoad(const QCommandLineParser &parser, LoadChange &change)
{
    constexpr std::uint64_t kMostUsers = 100'000;
    std::optional<std::uint64_t> users;
    const auto duration = [](const QString &text) -> Result<Nanoseconds> {
        auto parsed = parseDuration(text);
        if (parsed && *parsed <= 0ns)
            return failure(Error::Code::InvalidInput, QStringLiteral("a duration of nothing is no load"));
        return parsed;
    };
    Result<void> read = readValue(parser, "rate", change.rate, [](const QString &text) { return parseRate(text); });
    if (read)
        read = readValue(parser, "users", users, wholeWithin(1, kMostUsers));
    if (read)
        read = readValue(parser, "iterations", change.iterations, wholeWithin(1, std::uint64_t(1) << 53));
    if (read)
        read = readValue(parser, "duration", change.duration, duration);
    for (const char *option : {"target", "host"}) {
        if (read)
            read = readValue(parser, option, change.target, parseTarget);
    }
    if (users)
        change.users = int(*users);
    return read;
}

Result<void> readSearch(const QCommandLineParser &parser, LoadChange &change)
{
    LimitChange search;
    const auto judged = [](const QString &text) -> Result<Nanoseconds> {
        auto parsed = parseDuration(text);
        if (parsed && (*parsed < 1s || *parsed > std::chrono::minutes(30)))
            return failure(Error::Code::InvalidInput, QStringLiteral("'%1' is not from 1 s to 30 min").arg(text));
        return parsed;
    };
    Result<void> read = readValue(parser, "up-to", search.upTo, [](const QString &text) { return parseRate(text); });
    if (read)
        read = readValue(parser, "hold", search.hold, judged);
    if (read)
        read = readValue(parser, "confirm", search.confirm, judged);
    if (!read)
        return read;
    if (parser.isSet(QStringLiteral("find-limit"))) {
        if (change.iterations || change.duration)
            return std::unexpected(problem("find-limit", QStringLiteral("the search ends when it has found the limit; leave --iterations and --duration out")));
        change.findLimit = search;
        return {};
    }
    for (const char *option : {"up-to", "hold", "confirm"}) {
        if (parser.isSet(QLatin1String(option)))
            return std::unexpected(problem(option, QStringLiteral("belongs to a search; write --find-limit as well")));
    }
    return {};
}

/// Options that are short for --set of a field.
struct FieldOption
{
    const char *option;
    const char *field;
    const char *words;
};
constexpr FieldOption kFieldOptions[] = {{"transport", "target.transport", "qnam|direct"},
                                         {"http", "target.connection.http", "1.1|2"},
                                         {"samples", "record.samples", "all|errors|sample|off"}};

QString alternatives(const QStringList &words)
{
    return words.first(words.size() - 1).join(QLatin1String(", ")) + QLatin1String(" or ") + words.last();
}

Result<void> readOverrides(const QCommandLineParser &parser, std::vector<ScenarioOverride> &overrides)
{
    for (const QString &change : parser.values(QStringLiteral("set"))) {
        const qsizetype equals = change.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return std::unexpected(problem("set", QStringLiteral("'%1' is no change; write PATH=VALUE").arg(change)));
        overrides.push_back({change.first(equals), change.sliced(equals + 1)});
    }
    for (const auto &[option, field, words] : kFieldOptions) {
        if (!parser.isSet(QLatin1String(option)))
            continue;
        const QString value = parser.value(QLatin1String(option));
        if (const QStringList known = QString::fromLatin1(words).split(u'|'); !known.contains(value))
            return std::unexpected(problem(option, QStringLiteral("%1 is not %2%3").arg(formatQuoted(value), alternatives(known), didYouMean(value, known))));
        overrides.push_back({QLatin1String(field), value});
    }
    return {};
}

Result<void> readRest(const QCommandLineParser &parser, RunOptions &options)
{
    std::optional<std::uint64_t> workers;
    Result<void> read = readValue(parser, "seed", options.seed, parseWhole);
    if (read)
        read = readValue(parser, "workers", workers, wholeWithin(1, 256));
    if (!read)
        return read;
    options.workers = int(workers.value_or(0));
    options.isStrict = parser.isSet(QStringLiteral("strict"));
    options.allowedHosts = parser.values(QStringLiteral("allow-host"));
    options.allowsCommands = parser.isSet(QStringLiteral("allow-commands"));
    options.sessionPath = parser.value(QStringLiteral("out"));
    options.only = parser.values(QStringLiteral("only"));
    options.attached = parser.values(QStringLiteral("attach"));
    if (parser.values(QStringLiteral("sweep")).size() > 1)
        return std::unexpected(problem("sweep", QStringLiteral("there can be only one")));
    if (parser.isSet(QStringLiteral("sweep"))) {
        auto sweep = parseSweep(parser.value(QStringLiteral("sweep")));
        if (!sweep)
            return std::unexpected(sweep.error());
        options.sweep = std::move(*sweep);
    }
    auto reports = parseReportFiles(parser.values(QStringLiteral("report")));
    if (!reports)
        return std::unexpected(reports.error());
    options.reports = std::move(*reports);
    const QString style = parser.isSet(QStringLiteral("progress")) ? parser.value(QStringLiteral("progress")) : QStringLiteral("auto");
    const auto progress = ProgressPrinter::styleNamed(style);
    if (!progress)
        return std::unexpected(problem("progress", QStringLiteral("'%1' is not auto, plain, json or none").arg(style)));
    options.progress = *progress;
    return {};
}

} // namespace

Result<RunOptions> parseRunOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    RunOptions options;
    Result<void> read = parseArguments(parser, QStringLiteral("run"), arguments);
    if (read && parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("run"));
        options.wantsHelp = true;
        return options;
    }
    if (read && parser.positionalArguments().size() != 1)
        read = failure(Error::Code::InvalidInput, QStringLiteral("name one scenario, URL or session: headroom run SCENARIO|URL|SESSION"));
    if (read)
        read = readLoad(parser, options.change);
    if (read)
        read = readSearch(parser, options.change);
    if (read)
        read = readOverrides(parser, options.overrides);
    if (read)
        read = readRest(parser, options);
    if (!read)
        return std::unexpected(read.error());
    options.choice = profileChoice(parser);
    options.source = parser.positionalArguments().first();
    options.isUrl = options.source.contains(QStringLiteral("://"));
    return options;
}

} // namespace Headroom
