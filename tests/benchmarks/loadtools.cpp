// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/loadtools.h"

#include "tests/benchmarks/toolrun.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <optional>

namespace Headroom {

namespace {

/// What the groups of a pattern captured, match by match; the whole match first.
std::vector<QStringList> captures(const QString &text, const QString &pattern)
{
    std::vector<QStringList> all;
    for (const auto &match : QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text))
        all.push_back(match.capturedTexts());
    return all;
}

/// The first group of a pattern's first match.
std::optional<double> number(const QString &text, const QString &pattern)
{
    const auto all = captures(text, pattern);
    return all.empty() ? std::nullopt : std::optional(all.front().at(1).toDouble());
}

std::unexpected<Error> notUnderstood(const char *tool, const QByteArray &output)
{
    const QByteArray last = output.trimmed().split('\n').last().trimmed();
    return failure(
        Error::Code::Unreadable,
        QStringLiteral("%1 printed no result, but: %2").arg(QLatin1String(tool), QString::fromUtf8(last).left(200)));
}

} // namespace

Result<ToolLoad> readWrk(const QByteArray &output)
{
    const QString text = QString::fromUtf8(output);
    const auto done = number(text, QStringLiteral("^ *(\\d+) requests in "));
    const auto rate = number(text, QStringLiteral("^Requests/sec: +([\\d.]+)"));
    if (!done || !rate)
        return notUnderstood("wrk", output);
    const double refused = number(text, QStringLiteral("^ *Non-2xx or 3xx responses: (\\d+)")).value_or(0.0);
    double broken = 0.0;
    for (const char *kind : {"connect", "read", "write", "timeout"}) {
        const QString pattern = QStringLiteral("^ *Socket errors: .*%1 (\\d+)").arg(QLatin1String(kind));
        broken += number(text, pattern).value_or(0.0);
    }
    return ToolLoad{*done - refused, refused + broken, *rate};
}

Result<ToolLoad> readH2load(const QByteArray &output)
{
    const QString text = QString::fromUtf8(output);
    const auto succeeded = number(text, QStringLiteral("^requests: .* (\\d+) succeeded"));
    const auto failed = number(text, QStringLiteral("^requests: .* (\\d+) failed")); // the "errored" among them
    const auto rate = number(text, QStringLiteral("^finished in [^,]*, ([\\d.]+) req/s"));
    if (!succeeded || !failed || !rate)
        return notUnderstood("h2load", output);
    return ToolLoad{*succeeded, *failed, *rate};
}

Result<ToolLoad> readHey(const QByteArray &output)
{
    const QString text = QString::fromUtf8(output);
    const auto rate = number(text, QStringLiteral("^ *Requests/sec:\\s+([\\d.]+)"));
    if (!rate)
        return notUnderstood("hey", output);
    ToolLoad load{0.0, 0.0, *rate};
    for (const QStringList &status : captures(text, QStringLiteral("^ *\\[([1-5])\\d\\d\\]\\s+(\\d+) responses")))
        (status[1] == QLatin1String("2") || status[1] == QLatin1String("3") ? load.answered : load.failed) +=
            status[2].toDouble();
    const qsizetype errors = text.indexOf(QLatin1String("Error distribution:"));
    for (const QStringList &error :
         captures(text.sliced(errors < 0 ? text.size() : errors), QStringLiteral("^ *\\[(\\d+)\\]")))
        load.failed += error[1].toDouble();
    return load;
}

Result<ToolLoad> readHeadroom(const QByteArray &report)
{
    const QJsonObject root = QJsonDocument::fromJson(report).object();
    const QJsonObject totals = root[QLatin1String("totals")].toObject();
    if (!totals.contains(QLatin1String("requests")))
        return failure(Error::Code::Unreadable, QStringLiteral("headroom wrote no report"));
    const double failed = totals[QLatin1String("errors")].toDouble();
    return ToolLoad{totals[QLatin1String("requests")].toDouble() - failed, failed,
                    root[QLatin1String("measured")][QLatin1String("rate_per_s")].toDouble()};
}

std::vector<ToolVersion> toolVersions()
{
    struct Question
    {
        const char *name;
        QStringList words;
    };
    const Question questions[]{
        {"wrk", {QStringLiteral("wrk"), QStringLiteral("-v")}},
        {"h2load", {QStringLiteral("h2load"), QStringLiteral("--version")}},
        // hey does not tell its version; the package does.
        {"hey",
         {QStringLiteral("dpkg-query"), QStringLiteral("-W"), QStringLiteral("-f"), QStringLiteral("${Version}"),
          QStringLiteral("hey")}},
        {"nginx", {QStringLiteral("nginx"), QStringLiteral("-v")}},
        {"openssl", {QStringLiteral("openssl"), QStringLiteral("version")}},
    };
    static const QRegularExpression kVersion(QStringLiteral("\\d+(\\.\\d+)+"));
    std::vector<ToolVersion> versions;
    for (const Question &question : questions) {
        const auto answer = runTool(question.words.first(), question.words.sliced(1), std::chrono::seconds(10));
        const auto match = kVersion.match(answer ? QString::fromUtf8(answer->output) : QString());
        versions.emplace_back(QLatin1String(question.name), match.hasMatch() ? match.captured() : QStringLiteral("?"));
    }
    return versions;
}

} // namespace Headroom
