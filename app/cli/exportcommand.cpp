// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/outputfile.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/base/humanformat.h"
#include "core/sessiontools/exports.h"

#include <vector>

namespace Headroom {

namespace {

const QString kForce = QStringLiteral("force");

/// One file that was asked for.
struct Wanted
{
    QString option;
    QString path;
    std::unique_ptr<OutputFile> file{};
};

void describe(QCommandLineParser &parser)
{
    const auto option = [&](const char *name, const char *help, const char *value = "") {
        addOption(parser, {QLatin1String(name)}, QLatin1String(help), QLatin1String(value));
    };
    parser.setApplicationDescription(
        QStringLiteral("Writes what a session holds in formats of others; - as FILE is standard output."));
    parser.addPositionalArgument(QStringLiteral("SESSION"), QStringLiteral("A .headroom file."));
    option("csv", "A row for each second and step: counts, percentiles, bytes.", "FILE");
    option("samples", "CSV with a row for each raw sample that was kept.", "FILE");
    option("json", "One object with every second and each step's histograms; headroom schema export describes it.",
           "FILE");
    option("hlog", "The interval log of HdrHistogram, each step as a tag.", "FILE");
    option("hlog-kind",
           "Which times that has: response (from the planned start), service (from the sending), rejected or failed.",
           "KIND");
    option("attachments", "The files that lie in the session, into a folder.", "FOLDER");
    option("force", "Replaces files that are there already.");
}

Error problem(const QString &text) { return {Error::Code::InvalidInput, text, {}}; }

Result<LatencyKind> hlogKind(const QCommandLineParser &parser)
{
    const QString word = parser.isSet(QStringLiteral("hlog-kind")) ? parser.value(QStringLiteral("hlog-kind"))
                                                                   : QStringLiteral("response");
    for (const auto &[name, kind] :
         {std::pair("response", LatencyKind::Response), std::pair("service", LatencyKind::Service),
          std::pair("rejected", LatencyKind::Rejected), std::pair("failed", LatencyKind::Failed)}) {
        if (word == QLatin1String(name))
            return kind;
    }
    return std::unexpected(problem(
        QStringLiteral("--hlog-kind: %1 is not response, service, rejected or failed").arg(formatQuoted(word))));
}

/// All of them, opened before any is written: what is in the way is told at once.
Result<std::vector<Wanted>> openWanted(const QCommandLineParser &parser)
{
    std::vector<Wanted> wanted;
    int toStandardOutput = 0;
    for (const char *option : {"csv", "samples", "json", "hlog"}) {
        for (const QString &path : parser.values(QLatin1String(option))) {
            toStandardOutput += path == QLatin1String("-");
            auto file = OutputFile::open(path, parser.isSet(kForce));
            if (!file)
                return std::unexpected(file.error());
            wanted.push_back({QLatin1String(option), path, std::move(*file)});
        }
    }
    if (toStandardOutput > 1)
        return std::unexpected(
            problem(QStringLiteral("only one file can be standard output; name others for the rest")));
    if (wanted.empty() && !parser.isSet(QStringLiteral("attachments")))
        return std::unexpected(
            problem(QStringLiteral("name what to write: --csv, --samples, --json, --hlog or --attachments")));
    return wanted;
}

Result<void> write(const SessionReader &session, const Wanted &wanted, LatencyKind kind)
{
    ExportSink sink(wanted.file->device(), wanted.file->name());
    SharePrinter progress(wanted.path);
    const ExportProgress share = std::ref(progress);
    if (wanted.option == u"csv")
        return exportCsv(session, sink, share);
    if (wanted.option == u"samples")
        return exportSamples(session, sink, share);
    return wanted.option == u"json" ? exportJson(session, sink, share) : exportHistogramLog(session, kind, sink, share);
}

/// Standard output is for what was asked to be there.
void tellWritten(const SessionReader &session, const Wanted &wanted)
{
    QString line = QStringLiteral("Written: %1").arg(wanted.path);
    const SessionReader::SampleTotals samples = session.sampleTotals();
    if (wanted.option == u"samples" && samples.kept < samples.candidates)
        line += QStringLiteral(", %1 of %2 requests").arg(formatCount(samples.kept), formatCount(samples.candidates));
    if (wanted.path != QLatin1String("-"))
        printError(line);
}

Result<void> writeAll(const QCommandLineParser &parser, const std::vector<Wanted> &wanted, LatencyKind kind)
{
    const auto session = SessionReader::open(parser.positionalArguments().first());
    if (!session)
        return std::unexpected(session.error());
    for (const Wanted &one : wanted) {
        const auto written = write(**session, one, kind).and_then([&] { return one.file->commit(); });
        if (!written)
            return written;
        tellWritten(**session, one);
    }
    for (const QString &folder : parser.values(QStringLiteral("attachments"))) {
        const auto paths = exportAttachments(**session, folder, parser.isSet(kForce));
        if (!paths)
            return std::unexpected(paths.error());
        for (const QString &path : *paths)
            printError(QStringLiteral("Written: %1").arg(path));
    }
    return {};
}

} // namespace

int exportCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("export"), arguments); !parsed)
        return failSession(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("export"));
        return kExitMet;
    }
    if (parser.positionalArguments().size() != 1)
        return failSession(problem(QStringLiteral("name one session: headroom export SESSION --csv FILE")));
    const auto kind = hlogKind(parser);
    if (!kind)
        return failSession(kind.error());
    const auto wanted = openWanted(parser);
    if (!wanted)
        return failSession(wanted.error());
    const auto written = writeAll(parser, *wanted, *kind);
    return written ? int(kExitMet) : failSession(written.error());
}

} // namespace Headroom
