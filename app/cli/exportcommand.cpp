// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandfiles.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/sessionoptions.h"
#include "app/cli/shareprinter.h"
#include "core/base/humanformat.h"
#include "core/sessiontools/exports.h"

#include <QDir>

#include <unistd.h>
#include <vector>

namespace Headroom {

namespace {

const QString kAttachments = QStringLiteral("attachments");

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
    option("csv", "A row for each second and step: counts, percentiles, bytes; and what the probes read.", "FILE");
    option("samples", "CSV with a row for each raw sample that was kept.", "FILE");
    option("json", "One object with every second and each step's histograms; headroom schema export describes it.",
           "FILE");
    option("hlog", "The interval log of HdrHistogram, each step as a tag.", "FILE");
    option("hlog-kind",
           "Which times that has: response (from the planned start), service (from the sending), rejected or failed.",
           "KIND");
    option("attachments", "The files that lie in the session, into a folder.", "FOLDER");
    addForceOption(parser);
}

Error problem(const QString &text) { return {Error::Code::InvalidInput, text, {}}; }

Result<LatencyKind> hlogKind(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("hlog-kind")) && !parser.isSet(QStringLiteral("hlog")))
        return std::unexpected(problem(QStringLiteral("--hlog-kind: belongs to a log; write --hlog FILE as well")));
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

/// All of them: what is in the way of one is told before any is written.
Result<std::vector<Wanted>> plannedFiles(const QCommandLineParser &parser, CommandFiles &files)
{
    std::vector<Wanted> wanted;
    for (const char *option : {"csv", "samples", "json", "hlog"}) {
        for (const QString &path : parser.values(QLatin1String(option))) {
            if (const auto allowed = files.writes(path, replacingWith(parser)); !allowed)
                return std::unexpected(allowed.error());
            wanted.push_back({QLatin1String(option), path});
        }
    }
    if (wanted.empty() && !parser.isSet(kAttachments))
        return std::unexpected(
            problem(QStringLiteral("name what to write: --csv, --samples, --json, --hlog or --attachments")));
    return wanted;
}

/// Where each attachment goes, by its number.
Result<QStringList> plannedAttachments(const QCommandLineParser &parser, const SessionReader &session,
                                       CommandFiles &files)
{
    if (!parser.isSet(kAttachments))
        return QStringList();
    const QString folder = parser.value(kAttachments);
    if (descriptorNamed(folder) || folder.isEmpty() || parser.values(kAttachments).size() > 1)
        return std::unexpected(problem(QStringLiteral("--attachments: they go into a folder; name one")));
    const auto names = attachmentFileNames(session);
    if (!names)
        return names;
    QStringList paths;
    for (const QString &name : *names) {
        paths << QDir(folder).filePath(name);
        if (const auto allowed = files.writes(paths.last(), replacingWith(parser)); !allowed)
            return std::unexpected(allowed.error());
    }
    return paths;
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
    if (descriptorNamed(wanted.path) != STDOUT_FILENO)
        printError(line);
}

/// None gets its name before all are whole.
Result<void> writeFiles(const SessionReader &session, std::vector<Wanted> &wanted, LatencyKind kind,
                        Replacing replacing)
{
    for (Wanted &one : wanted) {
        auto file = OutputFile::open(one.path, replacing);
        if (!file)
            return std::unexpected(file.error());
        one.file = std::move(*file);
        const auto written = write(session, one, kind).and_then([&] { return one.file->flush(); });
        if (!written)
            return written;
    }
    for (const Wanted &one : wanted) {
        if (const auto written = one.file->commit(); !written)
            return written;
        tellWritten(session, one);
    }
    return {};
}

Result<void> writeAttachments(const SessionReader &session, const QStringList &paths, Replacing replacing)
{
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const auto attachment = session.attachment(std::size_t(i));
        if (!attachment)
            return std::unexpected(attachment.error());
        if (const auto written = OutputFile::write(paths[i], attachment->bytes, replacing); !written)
            return written;
        printError(QStringLiteral("Written: %1").arg(paths[i]));
    }
    return {};
}

Result<void> makeFolder(const QCommandLineParser &parser)
{
    const QString folder = parser.value(kAttachments);
    if (folder.isEmpty() || QDir().mkpath(folder))
        return {};
    return failure(Error::Code::Unwritable, QStringLiteral("this folder cannot be made; choose another place"), folder);
}

/// Everything that can be looked at comes before the first byte is written.
Result<void> exportAll(const QCommandLineParser &parser, LatencyKind kind)
{
    CommandFiles files;
    const QString path = parser.positionalArguments().first();
    files.reads(path);
    auto wanted = plannedFiles(parser, files);
    if (!wanted)
        return std::unexpected(wanted.error());
    const auto session = SessionReader::open(path);
    if (!session)
        return std::unexpected(session.error());
    const auto attached = plannedAttachments(parser, **session, files);
    if (!attached)
        return std::unexpected(attached.error());
    const auto checked = parser.isSet(QStringLiteral("samples")) ? checkSamples(**session) : Result<void>();
    const Replacing replacing = replacingWith(parser);
    return checked.and_then([&] { return makeFolder(parser); })
        .and_then([&] { return writeFiles(**session, *wanted, kind, replacing); })
        .and_then([&] { return writeAttachments(**session, *attached, replacing); });
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
    const auto written = exportAll(parser, *kind);
    return written ? int(kExitMet) : failSession(written.error());
}

} // namespace Headroom
